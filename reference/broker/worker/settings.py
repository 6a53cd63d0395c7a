"""How a worker is to run."""

import os
from dataclasses import dataclass
from pathlib import Path

from reference.broker.settings import ProcessSettings
from reference.broker.tls import Identity
from reference.kit.settings import option, secret, whole


@dataclass(frozen=True, kw_only=True)
class Settings(ProcessSettings):
    """See `python -m reference.broker worker --help`."""

    id: str = option(f"worker-{os.getpid()}", "its name; best one that survives a restart", variable="WORKER_ID")
    certificate: Path = option(help="its own towards the main server", variable="WORKER_CERT_PATH")
    key: Path = option(help="of its certificate", variable="WORKER_KEY_PATH")
    redis: str = secret("REDIS_URL")
    main: str = option("https://localhost:8000", "base URL of the main server", variable="MAIN_SERVER_URL")
    main_timeout: float = option(30.0, "that the main server may take", variable="MAIN_SERVER_TIMEOUT")
    redis_timeout: float = option(2.0, "that Redis may take", variable="REDIS_TIMEOUT")
    retry_interval: float = option(30.0, "between two attempts", variable="WORKER_RETRY_INTERVAL")
    lease: float = option(10.0, "silence after which others take over its messages", variable="WORKER_LEASE")
    farewell: float = option(3.0, "for messages in work when it is told to end", variable="WORKER_FAREWELL")
    max_attempts: int = option(5, "of a delivery", variable="WORKER_MAX_ATTEMPTS", kind=whole(1))
    concurrency: int = option(4, "messages at once", variable="WORKER_CONCURRENCY", kind=whole(1))
    metrics: bool = option(True, "whether it offers them", variable="WORKER_METRICS_ENABLED")

    @property
    def identity(self) -> Identity:
        """Who it is towards the main server."""
        return Identity(self.ca, self.certificate, self.key)
