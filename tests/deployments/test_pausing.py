"""A process that is made to hang is watched over from before it hangs: the suite may be killed at any moment."""

import os
from unittest.mock import Mock

import psutil
import pytest

from support.environments.embedded import process_supervision
from support.environments.embedded.server_process import ManagedProcess

STEPS: list[str] = []


class Hanging(ManagedProcess):
    running = True  # type: ignore[assignment]
    pid = os.getpid()  # type: ignore[assignment]

    def __init__(self) -> None:
        self._paused, self._guard = [], None

    async def _freeze(self) -> list[psutil.Process]:
        STEPS.append("hang")
        return [psutil.Process()]


async def test_a_guard_is_there_before_a_process_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    STEPS.clear()
    monkeypatch.setattr(process_supervision, "guard", lambda pids: STEPS.append(f"guard {[*pids]}") or Mock())
    monkeypatch.setattr(process_supervision, "dismiss", lambda watcher: STEPS.append("dismiss"))
    await Hanging().pause()
    own = f"guard {[os.getpid()]}"
    assert [own, "hang", own, "dismiss"] == STEPS
