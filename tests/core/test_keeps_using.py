"""A user who keeps using the portal is never idle for as long as a session lasts; if they were, nothing is judged."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.core import clock
from support.core.errors import InvalidMeasurement
from support.scenario.tasks import portal

LASTS = 0.3


class Portal:
    """Takes some time to show a page."""

    def __init__(self, slowness: float) -> None:
        self.slowness, self.opened = slowness, 0

    async def open(self, _page: str) -> None:
        self.opened += 1
        await clock.pause(self.slowness)


async def kept_using(shown: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    async def attempt(what: Any) -> None:
        await what

    limits = SimpleNamespace(short_session=LASTS)
    actor = SimpleNamespace(signed_in_at=clock.now(), limits=limits, attempt=attempt)

    async def at(*_: object) -> tuple[Any, Portal]:
        return actor, shown

    monkeypatch.setattr(portal, "at", at)
    await portal.keep_using(SimpleNamespace(), "user A")  # type: ignore[arg-type]


async def test_the_pauses_are_uneven_and_end_after_a_session_would_have(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Portal(slowness=0.0)
    await kept_using(shown, monkeypatch)
    assert shown.opened >= 3


async def test_a_browser_that_is_slower_than_a_session_lasts_judges_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidMeasurement, match=r"user A was idle for \d\.\d s"):
        await kept_using(Portal(slowness=LASTS), monkeypatch)
