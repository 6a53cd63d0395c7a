"""What the command lines of all processes of the broker have in common."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from reference.broker.logs import Log
from reference.kit import command
from reference.kit.faults import Faults

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
    process = import_module(f"reference.broker.{kind}.command")
    faults = known_faults(arguments)
    options = command.parser(f"reference.broker.{kind}", says)
    command.add_troubles(options, faults)
    add_setting(options, "--log-folder", "LOG_FILE_PATH", kind=Path, default="logs", help="where its log goes")
    process.add_settings(options)
    chosen = options.parse_args(arguments)
    parts, lag = command.troubles(options, chosen, faults)
    try:
        parts.of(Log)().open(chosen.log_folder / log)
    except OSError as error:
        options.error(f"the log cannot be written: {error}")
    process.run(options, chosen, parts, lag)


def known_faults(arguments: Sequence[str]) -> Faults:
    """All faults if the command line speaks of any; else none, so that a process loads only its own parts."""
    if any(word.startswith(("--fault", "--list-faults")) for word in arguments):
        from reference.broker.faults import FAULTS

        return FAULTS
    return Faults()


def add_setting(
    options: ArgumentParser,
    flag: str,
    variable: str,
    *,
    kind: Callable[[str], Any] = str,
    default: str | None = None,
    help: str,
) -> None:
    """Add an option that an environment variable can set too; the command line wins.

    Args:
        options: what to add it to.
        flag: the option.
        variable: the environment variable.
        kind: what makes a value of its text.
        default: its text by default; without one it has to be given.
        help: a few words.
    """
    text = os.environ.get(variable, default)
    options.add_argument(flag, type=kind, default=text, required=text is None, help=f"{help} [{variable}]")


def whole(least: int) -> Callable[[str], int]:
    """What reads a whole number from `least` on."""

    def read(text: str) -> int:
        if (number := int(text)) < least:
            raise ArgumentTypeError(f"must be at least {least}")
        return number

    return read
