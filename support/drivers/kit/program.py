"""A server that others have written and the suite can start as a process of this machine: what there is to know of it.

A driver brings these as plain descriptions; `support.environments.embedded.program` starts what they describe.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from support.config.profile import Limits
from support.core.people import Account
from support.drivers.kit.driver import System


@dataclass(frozen=True)
class ServerPlace:
    """Where a server runs.

    Args:
        folder: its own, for configuration and data; its account may write there.
        port: the TCP port of 127.0.0.1 that it has to listen on, alone.
        limits: what the system is held to, where those are settings of the server too.
        options: what the profile says in `driver`, for the same reason.
    """

    folder: Path
    port: int
    limits: Limits
    options: Any = None

    @property
    def seconds_alive(self) -> int:
        """The keep-alive limit in whole seconds, as most servers count it."""
        return max(1, round(self.limits.keep_alive))


@dataclass(frozen=True)
class ServerProgram:
    """One server.

    Args:
        name: what it is called: "Prosody".
        package: the Debian package that has it.
        executable: a program of that package; without it the server is not there.
        command: program and arguments that run it in the foreground.
        files: the files that it needs in its folder, by their names.
        question: what to send to its port to see whether it serves. It has to close the connection then.
        answer: what is in its answer if it does.
        environment: variables of its process.
        start_limit: seconds that it may take to serve.
    """

    name: str
    package: str
    executable: str
    command: Callable[[ServerPlace], Sequence[str | Path]]
    files: Callable[[ServerPlace], Mapping[str, str]]
    question: bytes
    answer: bytes
    environment: Callable[[ServerPlace], Mapping[str, str]] = field(default=lambda place: {})
    start_limit: float = 30.0


@dataclass(frozen=True)
class Deployed:
    """What a driver is made for.

    Args:
        address: of the server that users talk to.
        options: what the profile says in `driver`: an instance of `Language.options`.
        limits: what the system is held to.
        administrator: who the profile says may end other people's sessions.
        ours: whether the suite has started the server, for its own use alone.
    """

    address: str
    options: Any
    limits: Limits
    administrator: Account | None = None
    ours: bool = False


@dataclass(frozen=True)
class Language:
    """How a spec is played on systems that it was not written for: all that is to be registered of such a driver.

    Args:
        spec: the tag of the spec: "chat".
        name: what a profile says in `speaks`: "xmpp".
        product: what such systems are called.
        server: what the scenarios call the process that users talk to: "chat server".
        scheme: how addresses begin: "xmpp".
        options: what a profile may say in `driver`. If it has `program`, that names one of `programs`.
        drive: makes the driver.
        programs: the servers that the suite can start by itself, by name.
    """

    spec: str
    name: str
    product: str
    server: str
    scheme: str
    options: type[BaseModel]
    drive: Callable[[Deployed], System]
    programs: Mapping[str, ServerProgram]
