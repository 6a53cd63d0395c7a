"""Times as the wire writes them."""

from datetime import UTC, datetime


def wire(moment: datetime | None) -> str | None:
    """In UTC, to the microsecond, with a `Z`; None stays None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def now() -> str:
    """The time now."""
    return str(wire(datetime.now(UTC)))
