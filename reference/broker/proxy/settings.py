"""How a proxy is to run."""

from dataclasses import dataclass
from pathlib import Path

from reference.broker.settings import ServerSettings
from reference.broker.tls import Identity
from reference.kit.settings import option


@dataclass(frozen=True, kw_only=True)
class Settings(ServerSettings):
    """See `python -m reference.broker proxy --help`."""

    client_certificate: Path = option(help="its own towards the main server", variable="PROXY_CERT_PATH")
    client_key: Path = option(help="of its certificate towards the main server", variable="PROXY_KEY_PATH")
    main: str = option("https://localhost:8000", "base URL of the main server", variable="MAIN_SERVER_URL")
    main_timeout: float = option(5.0, "that the main server may take", variable="MAIN_SERVER_TIMEOUT")
    redis_timeout: float = option(2.0, "that Redis may take", variable="REDIS_TIMEOUT")
    registration_interval: float = option(0.5, "until it is tried again", variable="REGISTRATION_INTERVAL")

    @property
    def as_client(self) -> Identity:
        """Who it is towards the main server."""
        return Identity(self.ca, self.client_certificate, self.client_key)
