"""What a request without a body does not say."""

from typing import Any


def bodiless(*bodies: Any) -> tuple[str, ...]:
    """The headers that aiohttp must not add: the kind of a body, where there is none."""
    return ("Content-Type",) if all(body is None for body in bodies) else ()
