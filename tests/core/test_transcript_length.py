"""A transcript keeps the beginning of a long text: to mask all of it would stop the connections that go through us."""

import json
import time
from typing import Any

import pytest

from support.core.redaction import Redactor
from support.core.transcript import LONGEST_TEXT, SENT, Transcript

SECRET = "correct-horse-battery-7"
MEGABYTE = "x" * 1_000_000


def kept(payload: Any) -> str:
    redactor = Redactor()
    redactor.learn(SECRET)
    line = Transcript(redactor).record("user A", SENT, "websocket", "frame", payload)
    assert line
    return json.dumps(line.payload, ensure_ascii=False)


@pytest.mark.parametrize(
    "payload", [MEGABYTE, MEGABYTE.encode(), {"data": {"message": MEGABYTE}}, [MEGABYTE]], ids=type
)
def test_the_beginning_is_kept_and_how_long_it_was(payload: Any) -> None:
    began = time.process_time()
    text = kept(payload)
    assert time.process_time() - began < 0.1, "seconds of processor time"
    assert len(text) < LONGEST_TEXT + 100
    assert "x… (1,000,000 in all)" in text


def test_what_is_not_long_is_kept_whole() -> None:
    assert json.loads(kept(["x" * LONGEST_TEXT])) == ["x" * LONGEST_TEXT]


def test_a_secret_on_the_cut_is_masked() -> None:
    text = kept("x " * (LONGEST_TEXT // 2 - 5) + SECRET + " " + MEGABYTE)
    assert "correct" not in text
    assert "***" in text
