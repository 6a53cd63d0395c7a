"""How a proxy is to run."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from reference.broker.start import add_setting
from reference.broker.tls import Identity
from reference.kit.command import from_environment


@dataclass(frozen=True)
class Settings:
    """All durations in seconds. See `python -m reference.broker proxy --help`."""

    identity: Identity
    as_client: Identity
    crl: Path
    crl_interval: float
    main: str
    main_timeout: float
    redis: str
    redis_timeout: float
    registration_interval: float


def add_settings(options: ArgumentParser) -> None:
    """Add what a command line can set. Redis, which may have a password, comes by the environment: see `settings`."""

    def add(flag: str, variable: str, kind: type, default: str | None, help: str) -> None:
        add_setting(options, flag, variable, kind=kind, default=default, help=help)

    add("--certificate", "SERVER_CERT_PATH", Path, None, "its own as a server")
    add("--key", "SERVER_KEY_PATH", Path, None, "of its certificate as a server")
    add("--client-certificate", "PROXY_CERT_PATH", Path, None, "its own towards the main server")
    add("--client-key", "PROXY_KEY_PATH", Path, None, "of its certificate towards the main server")
    add("--ca", "CA_CERT_PATH", Path, None, "certificate of the authority")
    add("--crl", "CRL_PATH", Path, None, "the CRL")
    add("--crl-interval", "CRL_INTERVAL", float, "1", "seconds between two looks at it")
    add("--main", "MAIN_SERVER_URL", str, "https://localhost:8000", "base URL of the main server")
    add("--main-timeout", "MAIN_SERVER_TIMEOUT", float, "5", "seconds that the main server may take")
    add("--redis-timeout", "REDIS_TIMEOUT", float, "2", "seconds that Redis may take")
    add("--registration-interval", "REGISTRATION_INTERVAL", float, "0.5", "seconds until it is tried again")


def settings(options: ArgumentParser, chosen: Namespace) -> Settings:
    """The settings chosen; ends the program with one line if it is not said where Redis is."""
    return Settings(
        identity=Identity(chosen.ca, chosen.certificate, chosen.key),
        as_client=Identity(chosen.ca, chosen.client_certificate, chosen.client_key),
        crl=chosen.crl,
        crl_interval=chosen.crl_interval,
        main=chosen.main,
        main_timeout=chosen.main_timeout,
        redis=from_environment(options, "REDIS_URL"),
        redis_timeout=chosen.redis_timeout,
        registration_interval=chosen.registration_interval,
    )
