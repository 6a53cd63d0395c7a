"""How a ThreadFileSharing server is to run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reference.kit.settings import option, secret

_MB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Settings:
    """See `python -m reference.threads --help`."""

    postgres: str = secret("EARSHOT_POSTGRES")
    jwt_secret: str = secret("EARSHOT_JWT_SECRET")
    s3_key: str = secret("EARSHOT_S3_KEY", default="")
    s3_secret: str = secret("EARSHOT_S3_SECRET", default="")
    files: Path = option(help="folder where chunks and files are kept")
    storage: Literal["disk", "s3"] = option("disk", "what keeps them")
    s3_endpoint: str = option("", "URL of the S3-compatible storage")
    s3_bucket: str = option("earshot-threads", "made if it is not there")
    event_names: Literal["seed", "deployed"] = option("seed", "what events are called")
    access_lifetime: float = option(900.0, "of an access token")
    refresh_lifetime: float = option(604_800.0, "of a refresh token")
    rate_limit: int = option(100, "requests of a user to a route in a window")
    address_limit: int = option(1000, "requests of an address to a route in a window, without a sign-in")
    rate_window: float = option(60.0, "over which requests are counted")
    event_limit: int = option(200, "events of a connection in a window")
    event_window: float = option(10.0, "over which the events of a connection are counted")
    connections_per_user: int = option(5, "open sockets of one user")
    connections: int = option(2000, "open sockets")
    message_length: int = option(2000, "characters of a message")
    file_size: int = option(10 * _MB, "bytes of a file")
    storage_limit: int = option(5120 * _MB, "bytes of all files of a company")
    typing_lifetime: float = option(5.0, "of a typing indicator that its user does not stop")
    retries: int = option(3, "tries after the first at a database that is away")
    retry_delay: float = option(0.1, "before the first retry at a database that is away; doubles each time")
    breaker_failures: int = option(4, "failed tries in a row that open the circuit breaker")
    breaker_cooldown: float = option(1.0, "until an open circuit breaker lets a request try again")
    database_timeout: float = option(1.0, "that PostgreSQL may take")
    password_cost: int = option(1, "rounds of argon2")
    password_memory: int = option(19_456, "KiB that argon2 takes for one hash; the default is OWASP's advice")
    ping_interval: float = option(25.0, "between two heartbeats of Socket.IO")
    ping_timeout: float = option(20.0, "that a client may take to answer one")
    test_support: bool = option(False, "let a test choose how long a user's tokens last")

    def __post_init__(self) -> None:
        if self.storage == "s3" and not (self.s3_endpoint and self.s3_key and self.s3_secret):
            raise ValueError("--storage s3 needs an --s3-endpoint, EARSHOT_S3_KEY and EARSHOT_S3_SECRET")
