"""Where a system shows a user a password: in an answer to a request, or in an event of the live connection."""

import json
import re
from typing import Any

#: How a password looks where it is shown: a field of that name with a value, or the form of a hash.
_PASSWORD = re.compile(
    r'"(?:hashed_?|encrypted_?)?(?:password|passwd|pwd)(?:_?(?:hash|digest))?"\s*:\s*"[^"]|\$(?:argon2\w*|2[abxy])\$',
    re.IGNORECASE,
)
#: A shorter password could stand anywhere by chance.
_TELLING = 8


class PasswordLeaks:
    """Looks at all that one person is shown, requests and live connections alike.

    Attributes:
        found: where a password was shown, hashed or not, in plain words.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self._passwords: set[str] = set()

    def learn(self, password: str) -> None:
        """Look for this password too, under whatever name it may be shown."""
        if len(password) >= _TELLING:
            self._passwords.add(json.dumps(password)[1:-1])

    def look_at_answer(self, what: str, text: str) -> None:
        """Look at the answer to a request; `what` is what was requested."""
        if self._shows_password(text):
            self.found.append(f"when asking to: {what}")

    def look_at_event(self, name: str, payload: Any) -> None:
        """Look at an event of the live connection."""
        if self._shows_password(json.dumps(payload, default=str)):
            self.found.append(f"live, with the event {name}")

    def _shows_password(self, text: str) -> bool:
        return bool(_PASSWORD.search(text)) or any(password in text for password in self._passwords)
