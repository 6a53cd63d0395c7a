"""The words of the broker's spec: what they stand for, and how long a stated load lasts here."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.config.profile import LoadSettings
from support.core import clock
from support.load.measurement import Measurement
from support.scenario.tasks import message_load
from support.scenario.world import World
from support.vocabulary.terms.broker import content, seconds


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("an empty message", ""),
        ("a blank message", " \t "),
        ("a message without words", None),
        ("a message of 1 character", "x"),
        ("a message of 1001 characters", "x" * 1001),
        ("a message of 1000 accented characters", "é" * 1000),
    ],
)
def test_contents_are_what_they_are_called(words: str, text: str | None) -> None:
    assert content(words) == text


@pytest.mark.parametrize(("words", "expected"), [("1 minute", 60), ("10 minutes", 600), ("24 hours", 86_400)])
def test_durations_are_seconds(words: str, expected: float) -> None:
    assert seconds(words) == expected


@pytest.mark.parametrize(
    ("duration", "in_real_time", "expected"),
    [(3600, False, 3.6), (60, False, 1.5), (86_400, False, 4.0), (1.0, False, 1.0), (3600, True, 3600)],
)
def test_a_load_lasts_as_the_profile_scales_it(duration: float, in_real_time: bool, expected: float) -> None:
    load = LoadSettings(time_scale=0.001, least=1.5, most=4.0)
    world = cast(World, SimpleNamespace(sut=SimpleNamespace(load=load), in_real_time=in_real_time))
    assert message_load.lasting(world, duration) == expected


async def test_what_changes_is_looked_at_until_it_holds() -> None:
    seen: list[int] = []

    async def look() -> int:
        seen.append(len(seen))
        return seen[-1]

    assert await clock.seen(look, lambda found: found == 3, within=5.0, every=0.001) == 3
    assert seen == [0, 1, 2, 3]


async def test_what_never_holds_is_told_as_seen_last() -> None:
    async def look() -> Any:
        return "nothing"

    assert await clock.seen(look, lambda found: found != "nothing", within=0.02, every=0.001) == "nothing"


def test_load_of_which_nothing_was_planned_shows_nothing() -> None:
    world = cast(World, SimpleNamespace(dispatch=SimpleNamespace(measured=Measurement())))
    with pytest.raises(AssertionError, match="nothing to be sent under load"):
        message_load.measured(world)
