"""How each process of the broker is started."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from aiohttp import web

from reference.broker.logs import Log
from reference.kit.command import run
from reference.kit.faults import Faults
from reference.kit.lag import Lag
from reference.kit.parts import Parts

#: Each process: what it is, and the name of its log.
PROCESSES = {
    "main": ("The main server: keeps messages, users and certificates.", "main_server.log"),
    "proxy": ("A proxy: takes messages in from clients with a certificate.", "proxy.log"),
    "worker": ("A worker: delivers what is queued.", "worker.log"),
    "portal": ("The web portal.", "portal.log"),
}


def start(kind: str, arguments: Sequence[str]) -> None:
    """Run one process until it is told to end.

    Args:
        kind: one of `PROCESSES`.
        arguments: its command line.
    """
    says, log = PROCESSES[kind]
    process = import_module(f"reference.broker.{kind}.server")

    def build(settings: Any, parts: Parts, lag: Lag | None) -> web.Application:
        parts.of(Log)().open(settings.log_folder / log)
        app: web.Application = process.build(settings, parts, lag)
        return app

    run(f"reference.broker.{kind}", says, process.Settings, build, known_faults(arguments), arguments)


def known_faults(arguments: Sequence[str]) -> Faults:
    """All faults if the command line speaks of any; else none, so that a process loads only its own parts."""
    if any(word.startswith(("--fault", "--list-faults")) for word in arguments):
        from reference.broker.faults import FAULTS

        return FAULTS
    return Faults()
