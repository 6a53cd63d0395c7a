"""The words of a message chart are masked before they are cut into lines, where no secret would be whole."""

from types import SimpleNamespace
from typing import Any

from support.core.redaction import Redactor
from support.core.secret_shapes import MASK
from support.core.transcript import BEGAN, EARSHOT, Transcript
from support.scenario.evidence import message_chart

SECRET = "a secret that is longer than a line of the chart, so that none of its lines has all of it in it"


def world(redactor: Redactor) -> Any:
    return SimpleNamespace(transcript=Transcript(redactor), cast={}, in_words=str)


def test_what_was_learned_after_it_was_said_is_masked_over_the_ends_of_lines() -> None:
    redactor = Redactor()
    scenario = world(redactor)
    scenario.transcript.record(EARSHOT, BEGAN, "step", f"Given {SECRET}")
    redactor.learn(SECRET)
    chart = message_chart(scenario, failed=False)
    assert "longer" not in chart
    assert f"Given {MASK}" in chart


def test_a_name_in_a_column_is_masked() -> None:
    redactor = Redactor()
    scenario = world(redactor)
    scenario.transcript.record("someone-secret", "->", "http", "POST /")
    redactor.learn("someone-secret")
    assert "someone-secret" not in message_chart(scenario, failed=False)
