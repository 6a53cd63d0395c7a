"""Walks that are drawn: the same for the same seed, in phrases of the catalogue, as far as a system goes."""

import random
from pathlib import Path

import pytest
from behave.model import Step
from hypothesis import HealthCheck, find, settings
from hypothesis.errors import NoSuchExample

from support.verification.exploration.abilities import Abilities
from support.verification.exploration.drawing import possible, walks
from support.verification.exploration.judgements import KINDS
from support.verification.exploration.walk import Walk
from support.vocabulary.lint import vocabulary
from support.vocabulary.lint.vocabulary import Phrase
from tests.exploration.everything import CAPABILITIES, Everything, NoDevices

ROOT = Path(__file__).parents[2]


def drawn(seed: int, abilities: Abilities, count: int = 40) -> list[Walk]:
    """So many walks of twelve moves, none of which fails."""
    found: list[Walk] = []

    def passes(walk: Walk) -> bool:
        found.append(walk)
        return False

    quiet = settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    with pytest.raises(NoSuchExample):
        find(walks(abilities, 12), passes, settings=quiet, random=random.Random(seed))
    return found


def test_no_move_is_drawn_that_is_told_in_words_which_are_left_out() -> None:
    moves = [move for kind in possible(Everything(), without=["Postgres", "signs out"]) for move in kind]
    assert moves
    assert not any("Postgres" in move.phrase or "signs out" in move.phrase for move in moves)
    assert any("Redis" in move.phrase for move in moves)


@pytest.fixture(scope="module")
def phrases() -> list[Phrase]:
    return vocabulary.load(ROOT / "steps")


def test_the_same_seed_draws_the_same_walks() -> None:
    assert [walk.lines for walk in drawn(1, Everything())] == [walk.lines for walk in drawn(1, Everything())]
    assert [walk.lines for walk in drawn(1, Everything())] != [walk.lines for walk in drawn(2, Everything())]


@pytest.mark.parametrize("spec", CAPABILITIES)
def test_each_step_of_a_walk_is_one_phrase_of_the_catalogue(spec: str, phrases: list[Phrase]) -> None:
    lines = {line for walk in drawn(3, Everything(spec), 150) for line in walk.lines}
    for line in lines:
        step = Step("", 0, line.keyword.title(), line.keyword, line.text)
        fitting = {phrase.function for phrase in phrases if phrase.fits(step)}
        assert len(fitting) == 1, line.text


@pytest.mark.parametrize("spec", CAPABILITIES)
def test_each_kind_of_move_that_a_system_allows_is_drawn(spec: str) -> None:
    missing = {type(variants[0]).__name__ for variants in possible(Everything(spec))}
    for seed in range(4, 12):  # what Hypothesis draws for a seed depends on the modules that are loaded, too
        missing -= {kind for walk in drawn(seed, Everything(spec), 400) for kind in walk.kinds}
        if not missing:
            break
    assert not missing


def test_each_kind_of_move_is_there_for_a_spec() -> None:
    there = {type(variants[0]) for spec in CAPABILITIES for variants in possible(Everything(spec))}
    assert there == set(KINDS)


def test_moves_are_there_as_far_as_the_system_can() -> None:
    everything = {type(one[0]).__name__ for one in possible(Everything())}
    less = {type(one[0]).__name__ for one in possible(NoDevices())}
    assert everything - less == {
        "ConnectsAgain", "ClosesOne", "ComesTwice", "AsksBot", "AskTogether", "Restarts", "LosesDatabase",
        "TakesDatabaseAway", "BringsBack",
    }  # fmt: skip


def test_a_walk_ends_with_a_judgement_and_has_no_more_moves_than_it_is_to() -> None:
    for walk in drawn(5, NoDevices()):
        assert len(walk.moves) <= 12
        assert not walk.moves or walk.lines[-1].keyword == "then"


def test_nobody_falls_silent_where_that_does_not_end_the_connection() -> None:
    class Patient(Everything):
        def can(self, capability: type) -> bool:
            return super().can(capability) and capability.__name__ != "EndsSilentConnections"

    kinds = {type(one[0]).__name__ for one in possible(Everything())}
    assert kinds - {type(one[0]).__name__ for one in possible(Patient())} == {"FallsSilent"}


def test_where_nobody_signs_in_no_connection_is_tried_with_a_bad_token() -> None:
    kinds = {spec: {type(one[0]).__name__ for one in possible(Everything(spec))} for spec in ("training", "dashboard")}
    assert {spec for spec, there in kinds.items() if "ConnectsWrongly" in there} == {"dashboard"}


@pytest.mark.parametrize("spec", CAPABILITIES)
def test_what_is_said_in_special_words_can_be_said_in_plain_ones(spec: str) -> None:
    moves = [move for kind in possible(Everything(spec)) for move in kind]
    assert not any(getattr(move.plain, "kind", "") for move in moves)
