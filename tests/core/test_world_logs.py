"""The logs of a deployment are printed together: each may be a command that takes its time."""

import threading
from types import SimpleNamespace
from typing import Any

from support.scenario.evidence import server_logs


class SlowLog:
    """Prints only while another log is being printed too."""

    def __init__(self, together: threading.Barrier) -> None:
        self._together = together

    def since(self, mark: int) -> str:
        """What was logged."""
        self._together.wait(timeout=2.0)
        return f"since {mark}"


def test_logs_are_printed_together() -> None:
    together = threading.Barrier(2)
    deployment = SimpleNamespace(logs={"proxy": SlowLog(together), "worker": SlowLog(together)})
    world: Any = SimpleNamespace(sut=SimpleNamespace(deployment=deployment), log_marks={"proxy": 1, "worker": 2})
    assert server_logs(world) == {"proxy": "since 1", "worker": "since 2"}
