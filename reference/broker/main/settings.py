"""How a main server is to run."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from reference.broker.start import add_setting, whole
from reference.broker.tls import Identity
from reference.kit.command import from_environment

#: What PyJWT asks of a secret for HS256.
_SHORTEST_SECRET = 32  # bytes


@dataclass(frozen=True)
class Settings:
    """All durations in seconds. See `python -m reference.broker main --help`."""

    identity: Identity
    ca_key: Path
    crl: Path
    crl_interval: float
    encryption_key: Path
    internal_clients: frozenset[str]
    access_lifetime: float
    refresh_lifetime: float
    bcrypt_rounds: int
    patience: float
    admin_email: str
    admin_password: str
    postgres: str
    redis: str
    jwt_secret: str
    salt: str


def add_settings(options: ArgumentParser) -> None:
    """Add what a command line can set. What is secret comes by the environment: see `settings`."""

    def add(flag: str, variable: str, kind: type, default: str | None, help: str) -> None:
        add_setting(options, flag, variable, kind=kind, default=default, help=help)

    add("--certificate", "SERVER_CERT_PATH", Path, None, "its own")
    add("--key", "SERVER_KEY_PATH", Path, None, "of its certificate")
    add("--ca", "CA_CERT_PATH", Path, None, "certificate of the authority")
    add("--ca-key", "CA_KEY_PATH", Path, None, "key of the authority, to issue and revoke with")
    add("--crl", "CRL_PATH", Path, None, "the CRL; an empty one is written if it is missing")
    add("--crl-interval", "CRL_INTERVAL", float, "1", "seconds between two looks at it")
    add("--encryption-key", "ENCRYPTION_KEY_PATH", Path, None, "file of the AES-256 key, url-safe base64")
    add("--internal-clients", "INTERNAL_CLIENTS", str, "proxy,worker", "names that may use the internal API")
    add("--access-lifetime", "JWT_ACCESS_LIFETIME", float, "86400", "seconds")
    add("--refresh-lifetime", "JWT_REFRESH_LIFETIME", float, "2592000", "seconds")
    add("--database-patience", "DATABASE_PATIENCE", float, "3", "seconds that the database may take")
    add("--admin-email", "ADMIN_EMAIL", str, "admin@example.com", "of the first administrator")
    add_setting(options, "--bcrypt-rounds", "BCRYPT_ROUNDS", kind=whole(4), default="12", help="cost of passwords")


def settings(options: ArgumentParser, chosen: Namespace) -> Settings:
    """The settings chosen; ends the program with one line if a secret is missing or too short."""
    secret = from_environment(options, "JWT_SECRET")
    if len(secret.encode()) < _SHORTEST_SECRET:
        options.error(f"the environment variable JWT_SECRET must have at least {_SHORTEST_SECRET} characters")
    return Settings(
        identity=Identity(chosen.ca, chosen.certificate, chosen.key),
        ca_key=chosen.ca_key,
        crl=chosen.crl,
        crl_interval=chosen.crl_interval,
        encryption_key=chosen.encryption_key,
        internal_clients=frozenset(chosen.internal_clients.split(",")),
        access_lifetime=chosen.access_lifetime,
        refresh_lifetime=chosen.refresh_lifetime,
        bcrypt_rounds=chosen.bcrypt_rounds,
        patience=chosen.database_patience,
        admin_email=chosen.admin_email,
        admin_password=from_environment(options, "ADMIN_PASSWORD"),
        postgres=from_environment(options, "DATABASE_URL"),
        redis=from_environment(options, "REDIS_URL"),
        jwt_secret=secret,
        salt=from_environment(options, "HASH_SALT"),
    )
