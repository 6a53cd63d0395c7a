"""Ports that are chosen before a server listens on them."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from support.environments.embedded import ports
from support.environments.embedded.redis import Redis
from support.environments.embedded.workspace import Workspace

_ANOTHER_RUN = "from support.environments.embedded import ports; print(ports._claim({port}))"


def test_a_port_is_chosen_once_until_it_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ports.free_port(), ports.free_port()
    drawn = iter([first, first, second, first])
    monkeypatch.setattr(ports, "free_port", lambda: next(drawn))
    port, claim = ports.claimed_port()
    assert port == first
    another, its_claim = ports.claimed_port()
    assert another == second, "the first was claimed, though no server listened there"
    claim.close()
    assert ports.claimed_port()[0] == first
    its_claim.close()


async def test_another_run_cannot_claim_the_port_of_a_server_that_is_down(workspace: Workspace) -> None:
    server = Redis(workspace)
    await server.start()
    await server.kill()
    command = [sys.executable, "-c", _ANOTHER_RUN.format(port=server.port)]
    assert await asyncio.to_thread(subprocess.check_output, command) == b"None\n"
    await server.close()
    assert b"socket" in await asyncio.to_thread(subprocess.check_output, command)


def test_no_program_that_asks_for_any_port_gets_that_of_a_server() -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert all(10_000 <= ports.free_port() < lowest for _ in range(50))


def test_where_the_kernel_gives_away_all_ports_it_chooses_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for given in ("1024 65535", None):
        place = tmp_path / f"range of {given}"
        monkeypatch.setattr(ports, "_RANGE", place)
        if given:
            place.write_text(given)
        assert ports.is_free(ports.free_port())
