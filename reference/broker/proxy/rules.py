"""What a message must be like to be taken in."""

import re

_E164 = re.compile(r"\+[1-9][0-9]{1,14}")
_LONGEST = 1000  # characters


class Rules:
    """The rules of what clients submit."""

    def number_fits(self, number: str) -> bool:
        """Whether a phone number is written as E.164 has it."""
        return _E164.fullmatch(number) is not None

    def body_fits(self, body: str) -> bool:
        """Whether a body has a fit length and says anything."""
        return 1 <= len(body) <= _LONGEST and not body.isspace()
