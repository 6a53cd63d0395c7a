"""What a user may send: how long, and how often."""

import time
from typing import Any

from reference.kit.parts import part


class NotAllowed(Exception):  # noqa: N818 - an answer to the user, not an error of the server
    """A message is not taken; `code` is the wire's name for why (contract 3.4)."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@part
class Validation:
    """The form of a message."""

    longest: int  # characters a message may have

    def text(self, content: Any) -> str:
        """The text of a message, as it was sent.

        Raises:
            NotAllowed: it is no text, blank, or too long.
        """
        if not isinstance(content, str):
            raise NotAllowed("VALIDATION_ERROR", "A message needs content, and content is text")
        if not content.strip():
            raise NotAllowed("VALIDATION_ERROR", "A message cannot be blank")
        if len(content) > self.longest:
            raise NotAllowed("VALIDATION_ERROR", f"A message cannot be longer than {self.longest} characters")
        if _has_lone_surrogate(content):
            raise NotAllowed("VALIDATION_ERROR", "The message has characters that cannot be kept")
        return content


def _has_lone_surrogate(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


@part
class RateLimit:
    """A bucket of tokens for each user: a message takes one, and time puts them back."""

    per_minute: float  # messages a user may send in the long run
    burst: int  # messages a user may send at once

    def __post_init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, user: str) -> None:
        """Count one message of this user.

        Raises:
            NotAllowed: there were too many.
        """
        now = time.monotonic()
        tokens, since = self._buckets.get(user, (float(self.burst), now))
        tokens = min(self.burst, tokens + (now - since) * self.per_minute / 60)
        self._buckets[user] = (max(tokens - 1, 0), now) if tokens >= 1 else (tokens, now)
        if tokens < 1:
            raise NotAllowed("RATE_LIMIT_EXCEEDED", "Too many messages, please wait a moment")
