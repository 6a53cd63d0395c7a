"""The options that the command lines of all reference back ends share."""

import argparse
import os
import sys

from reference.kit.faults import Faults, Parts
from reference.kit.lag import Lag


def parser(module: str, says: str) -> argparse.ArgumentParser:
    """A command line with where to listen."""
    options = argparse.ArgumentParser(prog=f"python -m {module}", description=says, allow_abbrev=False)
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


def from_environment(options: argparse.ArgumentParser, name: str, default: str | None = None) -> str:
    """A setting with secrets in it, which has no place in a list of processes; ends the program if it is missing."""
    value = os.environ.get(name) or default
    if value is None:
        options.error(f"the environment variable {name} is not set")
    return value


class _List(argparse.Action):
    def __init__(self, option_strings: list[str], dest: str, faults: Faults, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)
        self._faults = faults

    def __call__(self, *_: object) -> None:
        sys.stdout.write(self._faults.listing() + "\n")
        sys.exit(0)
