"""What a portal's profile and overview have to show, judged exactly."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.drivers.capabilities.portal import Listed
from support.scenario.tasks import portal_pages

ACCOUNT = "a@example.com"
OTHER = "b@example.com"
BEFORE = {"queued": 4, "delivered": 5, "failed": 6, "total messages": 15, "total clients": 2}
AFTER = {"queued": 5, "delivered": 6, "failed": 6, "total messages": 17, "total clients": 3}
OWN = [Listed("1", "queued", "a"), Listed("2", "delivered", "a")]


class Portal:
    """A window that shows one page."""

    def __init__(self, text: str = "", figures: dict[str, int] | None = None) -> None:
        self._text, self._figures = text, figures or {}
        self.own = OWN

    async def text(self) -> str:
        return self._text

    async def figures(self) -> dict[str, int]:
        return self._figures


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Any:
    def person(role: str, login: str) -> Any:
        return SimpleNamespace(role=role, account=SimpleNamespace(login=login))

    cast = {"user A": person("user A", ACCOUNT), "the administrator": person("the administrator", OTHER)}
    dispatch = SimpleNamespace(overview=BEFORE, known=[], clients=frozenset({"the administrator"}))
    sut = SimpleNamespace(leftovers="")
    world = SimpleNamespace(cast=cast, dispatch=dispatch, lends=False, sut=sut, portal=Portal())

    async def seen(world: Any, role: str) -> Any:
        return world.cast[role], world.portal

    async def own_of(world: Any, roles: list[str]) -> list[Listed]:
        return OWN

    monkeypatch.setattr(portal_pages.at_portal, "seen", seen)
    monkeypatch.setattr(portal_pages.at_portal, "own_of", own_of)
    return world


@pytest.mark.parametrize("role", ["Role User", "Role: user", "role\n\nUSER\nStatus Active"])
async def test_a_profile_with_ones_own_role_is_ones_own(world: Any, role: str) -> None:
    world.portal = Portal(f"{ACCOUNT}\n{role}")
    await portal_pages.shows_own_profile(world, "user A")


@pytest.mark.parametrize("role", ["Role Admin", "Role: user_manager", "User ID 7", "", "Role"])
async def test_a_profile_with_another_role_or_none_is_not(world: Any, role: str) -> None:
    world.portal = Portal(f"{ACCOUNT}\n{role}")
    with pytest.raises(AssertionError, match="does not say that the role of user A is user"):
        await portal_pages.shows_own_profile(world, "user A")


async def test_an_administrators_profile_says_so(world: Any) -> None:
    world.portal = Portal(f"{OTHER}\nRole Administrator")
    await portal_pages.shows_own_profile(world, "the administrator")
    world.portal = Portal(f"{OTHER}\nRole User")
    with pytest.raises(AssertionError, match="does not say that the role of the administrator is admin"):
        await portal_pages.shows_own_profile(world, "the administrator")


async def test_an_overview_that_has_grown_by_what_was_made_is_right(world: Any) -> None:
    world.portal = Portal(figures=AFTER)
    await portal_pages.overview_has_grown(world, "the administrator")


@pytest.mark.parametrize(
    "wrong",
    [
        {"queued": 6},
        {"delivered": 5},
        {"failed": 7},
        {"total messages": 18},
        {"total clients": 4},
        {"total clients": 2},
    ],
)
async def test_an_overview_that_counts_more_or_less_is_wrong(world: Any, wrong: dict[str, int]) -> None:
    world.portal = Portal(figures=AFTER | wrong)
    with pytest.raises(AssertionError, match="the overview has grown by"):
        await portal_pages.overview_has_grown(world, "the administrator")


async def test_an_overview_has_to_show_each_figure(world: Any) -> None:
    world.dispatch.overview = BEFORE | {"failed": 0}
    world.portal = Portal(figures={words: count for words, count in AFTER.items() if words != "failed"})
    with pytest.raises(AssertionError, match="the overview has grown by"):
        await portal_pages.overview_has_grown(world, "the administrator")


async def test_clients_that_are_lent_are_no_new_ones(world: Any) -> None:
    world.lends = True
    world.portal = Portal(figures=AFTER | {"total clients": 2})
    await portal_pages.overview_has_grown(world, "the administrator")


async def test_nothing_can_be_said_where_nobody_has_looked_before(world: Any) -> None:
    world.dispatch.overview = None
    with pytest.raises(AssertionError, match="has not looked at the overview before"):
        await portal_pages.overview_has_grown(world, "the administrator")
