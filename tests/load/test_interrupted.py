"""Ctrl-C ends a load at once, and what was measured so far is told before the run goes on to its end."""

import asyncio
import os
import signal
import threading

import pytest

from support.load.part import Tally, play_here
from support.loop import Background
from tests.load.quick import Quick


def test_what_is_interrupted_says_its_last_word_first() -> None:
    background, tally, told = Background(), Tally(), []

    async def load() -> None:
        try:
            await play_here(Quick(seconds=60), tally)
        except asyncio.CancelledError:
            told.append(tally.measured.succeeded)
            raise

    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            background.run(load())
        assert told, "the interruption was over before the load's last word"
        assert 0 < told[0] < 6000
    finally:
        background.close()
