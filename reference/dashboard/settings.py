"""How a dashboard server is to run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reference.kit.settings import option, secret


@dataclass(frozen=True, kw_only=True)
class Settings:
    """See `python -m reference.dashboard --help`."""

    postgres: str = secret("EARSHOT_POSTGRES")
    redis: str = secret("EARSHOT_REDIS")
    mail_folder: Path = option(help="where mail goes, a file each")
    code_lifetime: float = option(300.0, "of a login code")
    token_lifetime: float = option(3600.0, "of a session")
    health_interval: float = option(0.5, "between looks at Redis")
    health_timeout: float = option(2.0, "how long a database may take")
    refusal: Literal["http", "close"] = option("http", "how a handshake is refused")
    origins: tuple[str, ...] = option(("localhost", "127.0.0.1"), "hosts that pages may come from")
    test_support: bool = option(False, "let a test choose how long a user's tokens last")
