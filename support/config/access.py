"""How a system that is not ours is reached and handled: parts of a profile."""

import os
import re
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, PositiveFloat, model_validator

from support.core.errors import SuiteError

#: What undoes what: a fault that nothing ends is not made.
ENDS = {"stop": "start", "kill": "start", "pause": "resume", "cut": "heal"}
_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


class Tls(BaseModel):
    """Which certificates count, and which is shown. Verification cannot be switched off."""

    model_config = ConfigDict(extra="forbid")

    authority: Path | None = None
    """PEM file with the authority that signed the server's certificate (or with that certificate itself); the
    machine's own authorities if there is none."""
    certificate: Path | None = None
    """PEM file with the client certificate to show."""
    key: Path | None = None
    """PEM file with its key, without a passphrase; the certificate's file itself if there is none."""


class Commands(BaseModel):
    """What one process is handled with: lines for the shell, run on this machine with the suite's environment."""

    model_config = ConfigDict(extra="forbid")

    start: str | None = None
    stop: str | None = None
    kill: str | None = None
    pause: str | None = None
    resume: str | None = None
    restart: str | None = None
    """Restarts it kindly; `stop` and `start` if there is none."""
    cut: str | None = None
    heal: str | None = None
    running: str | None = None
    """Ends with 0 while the process runs; what starts or ends it is waited for by this."""
    log: str | None = None
    """Prints what the process has logged since the Unix time $SINCE, which has six decimals."""
    pids: str | None = None
    """Prints the ids of its processes on this machine, by which the suite measures what they need."""
    within: PositiveFloat = 30.0
    """Seconds that each command may take."""

    @model_validator(mode="after")
    def _whatever_begins_can_be_ended(self) -> Self:
        for begin, end in ENDS.items():
            if getattr(self, begin) and not getattr(self, end):
                raise ValueError(f"a command for {begin!r} needs one for {end!r}, which undoes it")
        return self


class Setting(BaseModel):
    """How a setting of a system is changed for one scenario: lines for the shell, which wait until it has taken effect.

    The system keeps its addresses meanwhile.
    """

    model_config = ConfigDict(extra="forbid")

    change: str
    back: str
    """Undoes it."""
    within: PositiveFloat = 60.0
    """Seconds that each command may take."""


def filled(value: Any, key: str) -> Any:
    """A value of a profile with each `${NAME}` and `${NAME:-default}` in it filled in from the environment.

    Args:
        value: text, or any nesting of it.
        key: where it stands, for the message.

    Raises:
        SuiteError: a variable is not set and has no default.
    """
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: _variable(found[1], found[2], key), value)
    if isinstance(value, dict):
        return {name: filled(inner, f"{key}.{name}") for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, f"{key}.{number}") for number, inner in enumerate(value)]
    return value


def _variable(name: str, default: str | None, key: str) -> str:
    value = os.environ.get(name) or default
    if value is None:
        raise SuiteError(f"{key}: set the environment variable {name}, which it names")
    return value


def without_secrets(url: str, key: str) -> None:
    """See that no password stands in a URL of a profile file.

    Raises:
        SuiteError: one does; says how to name it instead.
    """
    password = _password(url)
    if password and not _VARIABLE.fullmatch(password):
        raise SuiteError(f"{key}: no password belongs into a file; write //USER:${{NAME_OF_A_VARIABLE}}@ instead")


def secrets_in(kind: Literal["url", "command"], text: str) -> list[str]:
    """What is to be masked wherever it turns up: the password of a URL, or what a command takes from `${NAME}`s."""
    if kind == "url":
        return [unquote(password)] if (password := _password(text)) else []
    return [value for name, _ in _VARIABLE.findall(text) if (value := os.environ.get(name))]


def _password(url: str) -> str | None:
    try:
        return urlsplit(url).password
    except ValueError:
        return None
