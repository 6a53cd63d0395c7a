"""A project of two containers in an engine that is a file."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from support.environments.compose.docker_cli import ComposeProject

ENGINE = Path(__file__).with_name("engine.py")


class Engine:
    """The stand-in for `docker`, see engine.py, and its state."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "engine.json"
        self._state.write_text(json.dumps({"containers": {}, "trouble": {}, "told": [], "ill": 0}))
        self.program = folder / "docker"
        self.program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ENGINE}" "{self._state}" "$@"\n')
        self.program.chmod(0o755)

    @property
    def state(self) -> dict[str, Any]:
        known: dict[str, Any] = json.loads(self._state.read_text())
        return known

    def set(self, **changes: Any) -> None:
        self._state.write_text(json.dumps(self.state | changes))

    def has(self, service: str, labels: dict[str, str] | None = None, **state: bool) -> ComposeProject:
        """Have it run a container of a service; its id is the service's name and "-id"."""
        told = {
            "Id": f"{service}-id",
            "Config": {
                "Labels": {"com.docker.compose.service": service} | (labels or {}),
                "Image": f"{service}:7",
                "Healthcheck": {"Test": ["CMD", "healthy"]},
            },
            "State": {"Running": True, "Paused": False} | state,
            "HostConfig": {"NetworkMode": "play_default"},
            "NetworkSettings": {"Networks": {"play_default": {"Aliases": [service]}}},
        }
        self.set(containers=self.state["containers"] | {told["Id"]: told})
        return ComposeProject(told)

    def one(self, service: str) -> ComposeProject:
        """A container as it is now."""
        return ComposeProject(self.state["containers"][f"{service}-id"])

    def actions(self) -> list[list[str]]:
        """What it was told to do, in order; questions left out."""
        return [words for words in self.state["told"] if words[0] not in ("inspect", "compose", "exec")]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return Engine(folder)
