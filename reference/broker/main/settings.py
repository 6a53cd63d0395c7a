"""How a main server is to run."""

from dataclasses import dataclass
from pathlib import Path

from reference.broker.settings import ServerSettings
from reference.kit.settings import option, secret, whole

#: What PyJWT asks of a secret for HS256.
_SHORTEST_SECRET = 32  # bytes


@dataclass(frozen=True, kw_only=True)
class Settings(ServerSettings):
    """See `python -m reference.broker main --help`."""

    postgres: str = secret("DATABASE_URL")
    jwt_secret: str = secret("JWT_SECRET")
    salt: str = secret("HASH_SALT")
    admin_password: str = secret("ADMIN_PASSWORD")
    admin_email: str = option("admin@example.com", "of the first administrator", variable="ADMIN_EMAIL")
    ca_key: Path = option(help="key of the authority, to issue and revoke with", variable="CA_KEY_PATH")
    encryption_key: Path = option(help="file of the AES-256 key, url-safe base64", variable="ENCRYPTION_KEY_PATH")
    internal_clients: str = option("proxy,worker", "who may use the internal API", variable="INTERNAL_CLIENTS")
    access_lifetime: float = option(86_400.0, "of an access token", variable="JWT_ACCESS_LIFETIME")
    refresh_lifetime: float = option(2_592_000.0, "of a refresh token", variable="JWT_REFRESH_LIFETIME")
    database_patience: float = option(3.0, "that the database may take", variable="DATABASE_PATIENCE")
    bcrypt_rounds: int = option(12, "cost of passwords", variable="BCRYPT_ROUNDS", kind=whole(4))

    def __post_init__(self) -> None:
        if len(self.jwt_secret.encode()) < _SHORTEST_SECRET:
            raise ValueError(f"the environment variable JWT_SECRET must have at least {_SHORTEST_SECRET} characters")
