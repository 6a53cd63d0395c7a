"""Who of a scenario has to do with whom, in systems that tell people only of those whom they know."""

from support.core.people import STAGEHAND, UNNAMED, People


def are_contacts(one: str, other: str) -> bool:
    """Whether two users are told of each other: not the stagehand, nor two of a crowd, which would be many pairs.

    Args:
        one: what the scenario calls the one.
        other: what it calls the other.
    """
    crowd = one.startswith(UNNAMED) and other.startswith(UNNAMED)
    return one != other and STAGEHAND not in (one, other) and not crowd


def contacts_of(role: str, people: People) -> list[str]:
    """The logins of a user's contacts in the scenario."""
    return [login for login in people.logins if are_contacts(role, people.role(login))]
