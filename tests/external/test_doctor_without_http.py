"""The doctor looks at systems that speak another protocol than HTTP."""

import asyncio
from pathlib import Path

from support.config.profile import load
from support.environments.systems import SPEAKING
from support.verification.doctor.examination import Examination
from support.verification.doctor.findings import CheckResult


async def _examined(folder: Path, address: str) -> CheckResult:
    profile = folder / "own.toml"
    profile.write_text(f'[systems.chat]\nspeaks = "xmpp"\ndeployment = "external"\naddress = "{address}"\n')
    examination = Examination(SPEAKING["chat", "xmpp"](load(str(profile)), {}))
    await examination.run()
    return next(one for one in examination.findings if one.part == "address")


async def test_a_server_that_listens_is_not_asked_for_a_page(tmp_path: Path) -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(4))
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        address = f"xmpp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        found = await _examined(tmp_path, address)
    assert found.state == "ok"
    assert found.seen.startswith(f"{address} takes connections, in ")
    assert b"GET " not in heard


async def test_where_nothing_listens_that_is_told(tmp_path: Path) -> None:
    found = await _examined(tmp_path, "xmpp://127.0.0.1:9")
    assert found.state == "WRONG"
    assert found.seen.startswith("xmpp://127.0.0.1:9 cannot be reached: [Errno 111]")


async def test_without_a_port_the_doctor_leaves_it_to_the_driver(tmp_path: Path) -> None:
    found = await _examined(tmp_path, "xmpp://127.0.0.1")
    assert (found.state, found.seen) == ("note", "xmpp://127.0.0.1 has no port: which one it is, the driver knows")
