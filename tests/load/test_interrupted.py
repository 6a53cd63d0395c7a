"""Ctrl-C ends a load at once, and what was measured so far is told before the run goes on to its end."""

import asyncio
import os
import signal
import threading
import time

import pytest

from support.core.event_loop import Background
from support.load.partition import LoadProgress, play_here
from tests.load.quick import Quick

PATIENCE = 30.0
"""Seconds for the first answer, on a machine that is busy with other things."""


def test_what_is_interrupted_says_its_last_word_first() -> None:
    background, so_far, told = Background(), LoadProgress(), []

    async def load() -> None:
        try:
            await play_here(Quick(seconds=60), so_far)
        except asyncio.CancelledError:
            told.append(so_far.measured.succeeded)
            raise

    def interrupt() -> None:
        deadline = time.monotonic() + PATIENCE
        while not so_far.measured.succeeded and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            background.run(load())
        assert told, "the interruption was over before the load's last word"
        assert 0 < told[0] < 6000
    finally:
        background.close()
