"""Values as they stand in JSON."""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

_BIG = {"totalSizeBytes", "uploadedBytes", "sizeBytes"}
_SECRET = {"password", "failedLoginAttempts", "lockedUntil", "tokenLifetime", "storageKey", "number", "locked"}


def plain(value: Any) -> Any:
    """A value with ids and times as text, without what no user is to see; big numbers of rows are text too."""
    if isinstance(value, dict):
        return {
            name: str(item) if name in _BIG and isinstance(item, int) else plain(item)
            for name, item in value.items()
            if name not in _SECRET
        }
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return iso(value)
    return str(value) if isinstance(value, UUID) else value


def iso(moment: datetime) -> str:
    """A moment as the deployed system writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> str:
    """This moment."""
    return iso(datetime.now(UTC))


def at(seconds: float) -> str:
    """A moment, from seconds since 1970."""
    return iso(datetime.fromtimestamp(seconds, UTC))


def clock() -> float:
    """Seconds since 1970."""
    return time.time()
