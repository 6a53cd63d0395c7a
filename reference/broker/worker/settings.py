"""How a worker is to run."""

import os
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from dataclasses import dataclass
from pathlib import Path

from reference.broker.start import add_setting, whole
from reference.broker.tls import Identity
from reference.kit.command import from_environment


@dataclass(frozen=True)
class Settings:
    """All durations in seconds. See `python -m reference.broker worker --help`."""

    name: str
    identity: Identity
    main: str
    main_timeout: float
    redis: str
    redis_timeout: float
    retry_interval: float
    max_attempts: int
    concurrency: int
    lease: float
    farewell: float
    metrics: bool


def add_settings(options: ArgumentParser) -> None:
    """Add what a command line can set. Redis, which may have a password, comes by the environment: see `settings`."""

    def add(flag: str, variable: str, kind: type, default: str | None, help: str) -> None:
        add_setting(options, flag, variable, kind=kind, default=default, help=help)

    add("--id", "WORKER_ID", str, f"worker-{os.getpid()}", "its name; best one that survives a restart")
    add("--certificate", "WORKER_CERT_PATH", Path, None, "its own towards the main server")
    add("--key", "WORKER_KEY_PATH", Path, None, "of its certificate")
    add("--ca", "CA_CERT_PATH", Path, None, "certificate of the authority")
    add("--main", "MAIN_SERVER_URL", str, "https://localhost:8000", "base URL of the main server")
    add("--main-timeout", "MAIN_SERVER_TIMEOUT", float, "30", "seconds that the main server may take")
    add("--redis-timeout", "REDIS_TIMEOUT", float, "2", "seconds that Redis may take")
    add("--retry-interval", "WORKER_RETRY_INTERVAL", float, "30", "seconds between two attempts")
    add("--lease", "WORKER_LEASE", float, "10", "seconds of silence after which others take over its messages")
    add("--farewell", "WORKER_FAREWELL", float, "3", "seconds that messages in work get when it is told to end")
    add_setting(options, "--max-attempts", "WORKER_MAX_ATTEMPTS", kind=whole(1), default="5", help="of a delivery")
    add_setting(options, "--concurrency", "WORKER_CONCURRENCY", kind=whole(1), default="4", help="messages at once")
    measured = os.environ.get("WORKER_METRICS_ENABLED", "true").lower() != "false"
    options.add_argument("--metrics", action=BooleanOptionalAction, default=measured, help="[WORKER_METRICS_ENABLED]")


def settings(options: ArgumentParser, chosen: Namespace) -> Settings:
    """The settings chosen; ends the program with one line if it is not said where Redis is."""
    return Settings(
        name=chosen.id,
        identity=Identity(chosen.ca, chosen.certificate, chosen.key),
        main=chosen.main,
        main_timeout=chosen.main_timeout,
        redis=from_environment(options, "REDIS_URL"),
        redis_timeout=chosen.redis_timeout,
        retry_interval=chosen.retry_interval,
        max_attempts=chosen.max_attempts,
        concurrency=chosen.concurrency,
        lease=chosen.lease,
        farewell=chosen.farewell,
        metrics=chosen.metrics,
    )
