"""The command line that all reference back ends share, and how it starts them."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web

from reference.kit import settings
from reference.kit.faults import Faults
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import serve

S = TypeVar("S")


def run(
    module: str,
    says: str,
    kind: type[S],
    build: Callable[[S, Parts, Lag | None], web.Application],
    faults: Faults,
    arguments: Sequence[str] | None = None,
) -> None:
    """Serve until told to end; what makes no sense ends the program with one line.

    Args:
        module: which `python -m` starts.
        says: what it is.
        kind: its settings; see `reference.kit.settings`.
        build: puts it together from its settings, the classes of its parts and, if it is to be slow, the lag of its
            answers. Raises `OSError` or `ValueError` over a file that cannot be used.
        faults: those that can be seeded.
        arguments: the command line; the one of this process by default.
    """
    options = parser(module, says)
    add_troubles(options, faults)
    settings.add(kind, options)
    given = options.parse_args(arguments)
    parts, lag = troubles(options, given, faults)
    chosen = settings.chosen(kind, options, given)
    try:
        app = build(chosen, parts, lag)
    except (OSError, ValueError) as error:
        sys.exit(f"{module}: {error}")
    serve(app, given.host, given.port)


def parser(module: str, says: str) -> argparse.ArgumentParser:
    """A command line with where to listen."""
    options = argparse.ArgumentParser(
        prog=f"python -m {module}", description=f"{says} All durations are in seconds.", allow_abbrev=False
    )
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, required=True)
    return options


def add_troubles(options: argparse.ArgumentParser, faults: Faults) -> None:
    """Add what makes a server wrong (`--fault`, `--list-faults`) or slow (`--lag`, `--seed`)."""
    options.add_argument("--fault", metavar="NAME", help="be wrong in this way; NAME=2500ms where it takes a duration")
    options.add_argument("--list-faults", action=_List, faults=faults, help="print all faults as JSON lines and end")
    options.add_argument("--lag", metavar="0-300ms", help="delay every answer and event at random, in order")
    options.add_argument("--seed", type=int, default=0, help="of the random delays")


def troubles(options: argparse.ArgumentParser, chosen: argparse.Namespace, faults: Faults) -> tuple[Parts, Lag | None]:
    """The parts and the lag that were asked for; ends the program with one line if they make no sense."""
    try:
        parts = faults.choose(chosen.fault).parts() if chosen.fault else Parts()
        return parts, Lag.parse(chosen.lag, chosen.seed) if chosen.lag else None
    except ValueError as error:
        options.error(str(error))


class _List(argparse.Action):
    def __init__(self, option_strings: list[str], dest: str, faults: Faults, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)
        self._faults = faults

    def __call__(self, *_: Any) -> None:
        sys.stdout.write(self._faults.listing() + "\n")
        sys.exit(0)
