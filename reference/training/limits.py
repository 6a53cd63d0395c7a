"""What a user may send: how long, and how often."""

from typing import Any

from reference.kit.limits import Bucket
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


class RateLimit(Bucket):
    """How many messages a user may send."""

    def take(self, user: str) -> None:
        """Count one message of this user.

        Raises:
            NotAllowed: there were too many.
        """
        if not self.count(user):
            raise NotAllowed("RATE_LIMIT_EXCEEDED", "Too many messages, please wait a moment")
