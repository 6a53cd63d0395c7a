"""Why the server does not do what it was asked."""


class Rejected(Exception):  # noqa: N818 - an answer, not a breakdown
    """The request cannot be granted; the message is the answer."""


class InvalidToken(Rejected):
    """The token is not a live one of the user who shows it."""

    def __init__(self) -> None:
        super().__init__("Invalid JWT")


class Unavailable(Exception):  # noqa: N818 - a state, told to the user
    """A database does not answer.

    Args:
        database: its name, for the user.
    """

    def __init__(self, database: str) -> None:
        super().__init__(f"{database} is unavailable, please try again later")
        self.database = database
