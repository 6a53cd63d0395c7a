"""How a chat server is to run, and its command line."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reference.kit import command

_USERS = Path(__file__).with_name("users.json")


@dataclass(frozen=True)
class Settings:
    """All durations in seconds. See `python -m reference.chat --help`."""

    postgres: str
    redis: str
    bot_api: str
    bot_endpoint: Literal["completions", "chat"]
    bot_timeout: float
    bot_key: str
    keep_alive_limit: float
    sweep_interval: float
    health_interval: float
    health_timeout: float
    password_cost: int
    password_memory: int
    token_lifetime: float
    users: Path
    test_support: bool


def options() -> argparse.ArgumentParser:
    """The command line. What holds secrets comes by the environment: see `from_command_line`."""
    known = command.parser("reference.chat", "The reference chat server.")
    known.add_argument("--bot-api", metavar="URL", default="http://127.0.0.1:5001", help="base URL of both bots")
    known.add_argument("--bot-endpoint", choices=["completions", "chat"], default="completions", help="of OpenAI's")
    known.add_argument("--bot-timeout", metavar="S", type=float, default=30.0, help="how long a bot may take")
    known.add_argument("--keep-alive-limit", metavar="S", type=float, default=8.0, help="silence that ends a session")
    known.add_argument("--sweep-interval", metavar="S", type=float, default=1.0, help="between looks for the silent")
    known.add_argument("--health-interval", metavar="S", type=float, default=1.0, help="between looks at the databases")
    known.add_argument("--health-timeout", metavar="S", type=float, default=2.0, help="how long a database may take")
    known.add_argument("--password-cost", metavar="N", type=int, default=2, help="rounds of argon2")
    known.add_argument("--password-memory", metavar="KIB", type=int, default=19_456, help="argon2 takes for one hash")
    known.add_argument("--token-lifetime", metavar="S", type=float, default=43_200.0, help="of a session")
    known.add_argument("--users", metavar="FILE", type=Path, default=_USERS, help="accounts that exist from the start")
    known.add_argument("--test-support", action="store_true", help="let anybody register accounts")
    return known


def from_command_line(known: argparse.ArgumentParser, chosen: argparse.Namespace) -> Settings:
    """The settings chosen; ends the program with one line if they make no sense."""
    if not chosen.users.is_file():
        known.error(f"there is no users file {chosen.users}")
    return Settings(
        postgres=command.from_environment(known, "EARSHOT_POSTGRES"),
        redis=command.from_environment(known, "EARSHOT_REDIS"),
        bot_key=command.from_environment(known, "OPENAI_API_KEY", default="none"),
        **{name: value for name, value in vars(chosen).items() if name in Settings.__dataclass_fields__},
    )
