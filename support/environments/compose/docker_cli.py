"""What there is of a compose project: its containers, as `docker compose` or `docker-compose` and `docker` tell."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from support.core.errors import EnvironmentFailure

#: Seconds that a question may take.
PATIENCE = 60.0
_SERVICE, _ONE_OFF = "com.docker.compose.service", "com.docker.compose.oneoff"


@dataclass(frozen=True)
class ComposeProject:
    """A container as it is now, of what `docker inspect` tells."""

    told: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.told["Id"])

    @property
    def service(self) -> str:
        """The service of the compose file that it belongs to."""
        return str(self.labels.get(_SERVICE, ""))

    @property
    def labels(self) -> dict[str, str]:
        return self.told["Config"]["Labels"] or {}

    @property
    def image(self) -> str:
        return str(self.told["Config"]["Image"])

    @property
    def running(self) -> bool:
        """Whether its process exists; a paused one does."""
        return bool(self.told["State"]["Running"])

    @property
    def paused(self) -> bool:
        return bool(self.told["State"]["Paused"])

    @property
    def networks(self) -> dict[str, list[str]]:
        """The networks that it is connected to now, with its names there."""
        return {name: one["Aliases"] or [] for name, one in self.told["NetworkSettings"]["Networks"].items()}

    @property
    def home(self) -> str:
        """The network that it was made in, connected or not."""
        return str(self.told["HostConfig"]["NetworkMode"])

    @property
    def health_check(self) -> list[str]:
        """The command that says inside it whether it serves; empty if it has none."""
        kind, *command = (self.told["Config"].get("Healthcheck") or {}).get("Test") or ["NONE"]
        return {"CMD": command, "CMD-SHELL": ["sh", "-c", *command]}.get(kind, [])


def compose() -> list[str]:
    """The command of compose, version 2 or 1.

    Raises:
        EnvironmentFailure: there is none, or no `docker`.
    """
    if shutil.which("docker") is None:
        raise EnvironmentFailure("there is no `docker` on PATH, which a compose deployment is handled by")
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and _run([*command, "version"]).returncode == 0:
            return command
    raise EnvironmentFailure("there is neither `docker compose` nor `docker-compose`")


def project() -> list[ComposeProject]:
    """The containers of the project of this folder, or of that which COMPOSE_FILE and COMPOSE_PROJECT_NAME name.

    Raises:
        EnvironmentFailure: it is not up, or cannot be asked.
    """
    command = compose()
    ids = ask(*command, "ps", "--all", "--quiet").split()
    found = inspect(ids) if ids else []
    found = [one for one in found if one.labels.get(_ONE_OFF, "False") == "False"]
    if not any(one.running for one in found):
        raise EnvironmentFailure(
            f"the compose project is not up: `{' '.join(command)} up -d` first (with --wait where it can)"
        )
    return found


def inspect(ids: Sequence[str]) -> list[ComposeProject]:
    """These containers as they are now.

    Raises:
        EnvironmentFailure: one is not there any more, or the engine cannot be asked.
    """
    return [ComposeProject(told) for told in json.loads(ask("docker", "inspect", *ids))]


def ask(*command: str) -> str:
    """What a command prints.

    Raises:
        EnvironmentFailure: it fails or takes too long; says how.
    """
    return fetch(*command).decode(errors="replace")


def fetch(*command: str) -> bytes:
    """The same, where it is no text."""
    line = " ".join(command)
    try:
        done = _run(command)
    except subprocess.TimeoutExpired:
        raise EnvironmentFailure(f"`{line}` took longer than {PATIENCE:g} s") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise EnvironmentFailure(f"`{line}` failed with exit code {done.returncode}: {said}")
    return done.stdout


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    # files, for a pipe would be held open by what is left behind, as by the connection of an engine that ssh leads to
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=complained, timeout=PATIENCE, check=False
        )
        for output in (said, complained):
            output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, said.read(), complained.read())
