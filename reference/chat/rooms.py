"""Rooms: each pair of users shares one, named after both."""

from reference.chat.refusals import Rejected

SEPARATOR = "&"


def room_of(one: str, other: str) -> str:
    """The room of two users: their names in sorted order."""
    return SEPARATOR.join(sorted((one, other)))


def partner(room: object, user: str) -> str:
    """The other user of a room.

    Raises:
        Rejected: it is no room of `user`.
    """
    names = room.split(SEPARATOR) if isinstance(room, str) else []
    if len(names) == 2 and user in names and names[0] != names[1] and names == sorted(names):
        return names[names[0] == user]
    raise Rejected(f"{room!r} is no room of the user {user!r}")
