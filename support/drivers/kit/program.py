"""A server that others have written and the suite can start as a process of this machine: what there is to know of it.

A driver brings these as plain descriptions; `support.environments.embedded.program` starts what they describe.
"""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from support.config.profile import Limits
from support.core.people import Account
from support.drivers.clients.trust import context_for
from support.drivers.kit.driver import System


@dataclass(frozen=True)
class ServerProgram:
    """One server. Command, files, environment and question are templates (`string.Template`), in which these stand for

    - `$folder`: a folder of the server's own, for configuration and data; its account may write there;
    - `$port`: the TCP port of 127.0.0.1 that it has to listen on, alone;
    - `$half_alive`: half of the keep-alive limit in whole seconds, one at least;
    - and each key that a profile may have in `driver`: what it says there, a list line by line.

    Args:
        name: what it is called: "Prosody".
        package: the Debian package that has it; "" for a server that is in none, such as your own.
        command: program and arguments that run it in the foreground. Without the program the server is not there.
        files: the files that it needs in its folder, by their names.
        question: what to send to its port to see whether it serves, a character for each byte.
        answer: what is in its answer if it does.
        environment: variables of its process.
        start_limit: seconds that it may take to serve.
    """

    name: str
    package: str
    command: Sequence[str]
    files: Mapping[str, str]
    question: str
    answer: bytes
    environment: Mapping[str, str] = field(default_factory=dict)
    start_limit: float = 30.0


def files_beside(module: str, *names: str) -> dict[str, str]:
    """Files for a server's folder that lie in the driver's, under the names that the server's own manual has for them.

    Args:
        module: the driver's `__file__`.
        names: of the files.
    """
    return {name: Path(module).with_name(name).read_text(encoding="utf-8") for name in names}


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

    @property
    def secure(self) -> bool:
        """Whether the address says that there is TLS from the start: `xmpps://`, `mqtts://`."""
        return urlsplit(self.address).scheme.endswith("s")

    @property
    def tls(self) -> ssl.SSLContext:
        """Whom to trust and what to show: as the profile says, else the authorities of this machine."""
        return context_for(self.address) or _of_this_machine()

    def place(self, plain: int, secure: int) -> tuple[str, int]:
        """Host and port; where the address has none, one of these, without and with TLS."""
        parts = urlsplit(self.address)
        return parts.hostname or "", parts.port or (secure if self.secure else plain)


@cache
def _of_this_machine() -> ssl.SSLContext:
    return ssl.create_default_context()  # made once: it takes a tenth of a second, in which no other client is heard


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
        driver: the class that drives them, made of a `Deployed`: "support.drivers.xmpp.driver:XmppServer". By name, for
            its library may be an extra, and slow to import: only runs that play on such a system have need of it.
        programs: the servers that the suite can start by itself, by name.
    """

    spec: str
    name: str
    product: str
    server: str
    scheme: str
    options: type[BaseModel]
    driver: str
    programs: Mapping[str, ServerProgram] = field(default_factory=dict)

    def drive(self, deployed: Deployed) -> System:
        """The driver of one deployment. Raises `ImportError` if its library is not installed."""
        driver: System = resolve_name(self.driver)(deployed)
        return driver
