"""How a portal is to run."""

from dataclasses import dataclass
from pathlib import Path

from reference.broker.settings import ProcessSettings
from reference.kit.settings import option, secret, whole


@dataclass(frozen=True, kw_only=True)
class Settings(ProcessSettings):
    """See `python -m reference.broker portal --help`. All portals that share their users have the same secret."""

    session_secret: str = secret("SESSION_SECRET")
    main: str = option(help="base URL of the main server", variable="MAIN_SERVER_URL")
    session_max_age: float = option(3600.0, "without a request until a session is over", variable="SESSION_MAX_AGE")
    ended_sessions: Path | None = option(None, "file of ended sessions; else a restart forgets", kind=Path)
    page_size: int = option(20, "messages on a page", variable="MESSAGES_PER_PAGE", kind=whole(1))
    main_timeout: float = option(5.0, "that the main server may take", variable="MAIN_SERVER_TIMEOUT")
