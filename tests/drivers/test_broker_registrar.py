"""The registrar does each thing once: only a session that has ended is a reason to do it again."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.drivers.broker.admin_api import AdminApi, Holding
from support.drivers.broker.clients import Clients
from support.drivers.capabilities import Rejected, Unavailable
from tests.drivers.broker_world import Deployed, broker_world


class Certifying:
    """Generates certificates as the main server does, one for each name, and says what it is told to instead."""

    def __init__(self, *instead: Rejected) -> None:
        self.names: list[str] = []
        self._instead = list(instead)

    async def certify(self, holding: Holding) -> None:
        if holding.name in self.names:
            raise Rejected(f"Active certificate already exists for client: {holding.name}", 400)
        self.names.append(holding.name)
        if self._instead:
            raise self._instead.pop(0)


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[Deployed]:
    async with broker_world(tmp_path) as (broker, world):
        system: Any = world.system
        system._clients, system.registrar.generates = Clients([]), True
        await system.registrar.admit(world.transcript)
        yield broker, world


async def test_a_certificate_that_may_have_been_generated_is_not_asked_for_again(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, world = deployed
    certify = Certifying(Unavailable("Database unavailable", 503))
    monkeypatch.setattr(AdminApi, "certify", lambda _, holding: certify.certify(holding))
    sender = await world.actor("user A")
    first, second = certify.names
    assert first != second == sender.client._own.name  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [400, 409, 422])
async def test_a_refusal_stays_one(deployed: Deployed, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    _, world = deployed
    certify = Certifying(Rejected("no such domain", status))
    monkeypatch.setattr(AdminApi, "certify", lambda _, holding: certify.certify(holding))
    with pytest.raises(AssertionError, match="no account could be had for user A: no such domain"):
        await world.actor("user A")
    assert len(certify.names) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_session_that_has_ended_is_begun_anew(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    _, world = deployed
    asked: list[str | None] = []

    async def certify(api: Any, holding: Holding) -> None:
        asked.append(token := api._main.token)
        if token == "an old one":
            raise Rejected("Invalid or expired token", status)

    monkeypatch.setattr(AdminApi, "certify", certify)
    monkeypatch.setattr(world.system.registrar, "token", "an old one")  # type: ignore[attr-defined]
    await world.actor("user A")
    assert asked == ["an old one", "token of admin@example.com"]
