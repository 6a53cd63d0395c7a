"""How far a load is: in words, in lines where there is no terminal, and not at all when it is over soon."""

import asyncio
import io

import pytest

from support.core import clock
from support.load import progress
from support.load.partition import LoadProgress


def so_far() -> LoadProgress:
    made = LoadProgress(began=clock.now() - 10)
    made.parts = {0: (60, 0.1), 1: (40, 0.25)}
    return made


def test_rate_percentile_and_time_left_are_told() -> None:
    told = progress.told(so_far(), 30)
    assert told == "100 sent, 10.0 a second, 99 of 100 answered within 250 ms, 20 s left"
    assert progress.told(LoadProgress(), 30) == "getting ready"
    assert "the last answers are awaited" in progress.told(so_far(), 5)


async def test_without_a_terminal_there_are_lines_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE", 0.1)
    out = io.StringIO()
    async with progress.shown(so_far(), 30, out):
        await asyncio.sleep(0.35)
    lines = out.getvalue().splitlines()
    assert 1 <= len(lines) <= 3
    assert all(line.startswith("load: 100 sent") for line in lines)


async def test_a_short_load_passes_in_silence() -> None:
    out = io.StringIO()
    async with progress.shown(so_far(), 1, out):
        await asyncio.sleep(0.3)
    assert out.getvalue() == ""


async def test_a_terminal_has_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(progress, "QUIET", 0.05)
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    async with progress.shown(so_far(), 30, out):
        await asyncio.sleep(0.3)
    assert "a second" in out.getvalue()
