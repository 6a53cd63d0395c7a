"""Settings that several processes of the broker have."""

from dataclasses import dataclass
from pathlib import Path

from reference.broker.tls import Identity
from reference.kit.settings import option, secret


@dataclass(frozen=True, kw_only=True)
class ProcessSettings:
    """Of every process."""

    log_folder: Path = option(Path("logs"), "where its log goes", variable="LOG_FILE_PATH")
    ca: Path = option(help="certificate of the authority", variable="CA_CERT_PATH")


@dataclass(frozen=True, kw_only=True)
class ServerSettings(ProcessSettings):
    """Of a process that asks its clients for certificates."""

    certificate: Path = option(help="its own as a server", variable="SERVER_CERT_PATH")
    key: Path = option(help="of its certificate as a server", variable="SERVER_KEY_PATH")
    crl: Path = option(help="the CRL", variable="CRL_PATH")
    crl_interval: float = option(1.0, "between two looks at it", variable="CRL_INTERVAL")
    redis: str = secret("REDIS_URL")

    @property
    def identity(self) -> Identity:
        """Who it is as a server."""
        return Identity(self.ca, self.certificate, self.key)
