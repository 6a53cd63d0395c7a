"""How a ThreadFileSharing server is to run, and its command line."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reference.kit import command

_MB = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """All durations in seconds, all sizes in bytes. See `python -m reference.threads --help`."""

    postgres: str
    jwt_secret: str
    s3_key: str
    s3_secret: str
    files: Path
    storage: Literal["disk", "s3"]
    s3_endpoint: str
    s3_bucket: str
    event_names: Literal["seed", "deployed"]
    access_lifetime: float
    refresh_lifetime: float
    rate_limit: int
    address_limit: int
    rate_window: float
    event_limit: int
    event_window: float
    connections_per_user: int
    connections: int
    message_length: int
    file_size: int
    storage_limit: int
    typing_lifetime: float
    retries: int
    retry_delay: float
    breaker_failures: int
    breaker_cooldown: float
    database_timeout: float
    password_cost: int
    password_memory: int
    ping_interval: float
    ping_timeout: float
    test_support: bool


def options() -> argparse.ArgumentParser:
    """The command line. What holds secrets comes by the environment: see `from_command_line`."""
    known = command.parser("reference.threads", "The reference ThreadFileSharing server.")
    known.add_argument("--files", metavar="DIR", type=Path, required=True, help="where chunks and files are kept")
    known.add_argument("--storage", choices=["disk", "s3"], default="disk", help="what keeps them")
    known.add_argument("--s3-endpoint", metavar="URL", default="", help="of the S3-compatible storage")
    known.add_argument("--s3-bucket", metavar="NAME", default="earshot-threads", help="made if it is not there")
    known.add_argument("--event-names", choices=["seed", "deployed"], default="seed", help="what events are called")
    for name, default, meaning in _DURATIONS:
        known.add_argument(f"--{name}", metavar="S", type=float, default=default, help=meaning)
    for name, number, meaning in _NUMBERS:
        known.add_argument(f"--{name}", metavar="N", type=int, default=number, help=meaning)
    known.add_argument("--test-support", action="store_true", help="let a test choose how long somebody's tokens last")
    return known


def from_command_line(known: argparse.ArgumentParser, chosen: argparse.Namespace) -> Settings:
    """The settings chosen; ends the program with one line if they make no sense."""
    if chosen.storage == "s3" and not chosen.s3_endpoint:
        known.error("--storage s3 needs an --s3-endpoint")
    secret_of_s3 = None if chosen.storage == "s3" else ""
    return Settings(
        postgres=command.from_environment(known, "EARSHOT_POSTGRES"),
        jwt_secret=command.from_environment(known, "EARSHOT_JWT_SECRET"),
        s3_key=_secret(known, "EARSHOT_S3_KEY", secret_of_s3),
        s3_secret=_secret(known, "EARSHOT_S3_SECRET", secret_of_s3),
        **{name: value for name, value in vars(chosen).items() if name in Settings.__dataclass_fields__},
    )


def _secret(known: argparse.ArgumentParser, name: str, unneeded: str | None) -> str:
    return command.from_environment(known, name) if unneeded is None else unneeded


_DURATIONS = [
    ("access-lifetime", 900.0, "of an access token"),
    ("refresh-lifetime", 604_800.0, "of a refresh token"),
    ("rate-window", 60.0, "over which requests are counted"),
    ("event-window", 10.0, "over which the events of a connection are counted"),
    ("typing-lifetime", 5.0, "of a typing indicator that nobody stops"),
    ("retry-delay", 0.1, "before the first retry at a database that is away; doubles each time"),
    ("breaker-cooldown", 1.0, "until an open circuit breaker lets somebody try again"),
    ("database-timeout", 1.0, "that PostgreSQL may take"),
    ("ping-interval", 25.0, "between two heartbeats of Socket.IO"),
    ("ping-timeout", 20.0, "that a client may take to answer one"),
]
_NUMBERS = [
    ("rate-limit", 100, "requests of a user to a route in a window"),
    ("address-limit", 1000, "requests of an address to a route in a window, without a sign-in"),
    ("event-limit", 200, "events of a connection in a window"),
    ("connections-per-user", 5, "open sockets of one user"),
    ("connections", 2000, "open sockets"),
    ("message-length", 2000, "characters of a message"),
    ("file-size", 10 * _MB, "bytes of a file"),
    ("storage-limit", 5120 * _MB, "bytes of all files of a company"),
    ("retries", 3, "tries after the first at a database that is away"),
    ("breaker-failures", 4, "failed tries in a row that open the circuit breaker"),
    ("password-cost", 1, "rounds of argon2"),
    ("password-memory", 19_456, "KiB that argon2 takes for one hash; the default is OWASP's advice"),
]
