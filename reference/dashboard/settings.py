"""How a dashboard server is to run, and its command line."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reference.kit import command

_ORIGINS = ["localhost", "127.0.0.1"]


@dataclass(frozen=True)
class Settings:
    """All durations in seconds. See `python -m reference.dashboard --help`."""

    postgres: str
    redis: str
    mail_folder: Path
    code_lifetime: float
    token_lifetime: float
    health_interval: float
    health_timeout: float
    refusal: Literal["http", "close"]
    origins: list[str]
    test_support: bool


def options() -> argparse.ArgumentParser:
    """The command line. What holds secrets comes by the environment: see `from_command_line`."""
    known = command.parser("reference.dashboard", "One process of the reference school dashboard.")
    known.add_argument("--mail-folder", metavar="DIR", type=Path, required=True, help="where mail goes, a file each")
    known.add_argument("--code-lifetime", metavar="S", type=float, default=300.0, help="of a login code")
    known.add_argument("--token-lifetime", metavar="S", type=float, default=3600.0, help="of a session")
    known.add_argument("--health-interval", metavar="S", type=float, default=0.5, help="between looks at Redis")
    known.add_argument("--health-timeout", metavar="S", type=float, default=2.0, help="how long a database may take")
    known.add_argument("--refusal", choices=["http", "close"], default="http", help="how a handshake is refused")
    known.add_argument("--origins", metavar="HOST", nargs="+", default=_ORIGINS, help="where pages may come from")
    known.add_argument("--test-support", action="store_true", help="let a test choose how long somebody's tokens last")
    return known


def from_command_line(known: argparse.ArgumentParser, chosen: argparse.Namespace) -> Settings:
    """The settings chosen; ends the program with one line if they make no sense."""
    return Settings(
        postgres=command.from_environment(known, "EARSHOT_POSTGRES"),
        redis=command.from_environment(known, "EARSHOT_REDIS"),
        **{name: value for name, value in vars(chosen).items() if name in Settings.__dataclass_fields__},
    )
