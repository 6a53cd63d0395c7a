"""What the parts of a client of ThreadFileSharing share."""

from support.drivers.threads.session import ThreadsSession


class ClientPart:
    """Something that one person does, in their session.

    Args:
        session: theirs.
    """

    def __init__(self, session: ThreadsSession) -> None:
        self._session = session
        self._role = session.role
        self._people = session.people
        self._backend = session.backend
        self._state = session.state
        self._request, self._exchange = session.request, session.exchange

    def _user(self, whom: str) -> str:
        """How the system calls a user of the scenario."""
        return self._state.ids[self._people.login(whom)]
