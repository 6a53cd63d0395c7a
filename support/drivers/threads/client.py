"""One person's client of ThreadFileSharing."""

from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.threads.backend import ThreadsBackend
from support.drivers.threads.changes import Changes
from support.drivers.threads.files import SharedFiles
from support.drivers.threads.members import Members
from support.drivers.threads.mistakes import Mistakes
from support.drivers.threads.protected_requests import ProtectedRequests
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession


class ThreadsClient(ThreadsSession):
    """A session that has rooms, files, members and changes; each verb of these parts is one of its own.

    Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent.
    """

    def __init__(self, backend: ThreadsBackend, user: ScenarioUser) -> None:
        super().__init__(backend, user)
        rooms = Rooms(self)
        with_rooms = [kind(self, rooms) for kind in (SharedFiles, Members, Changes, Mistakes)]
        for part in (rooms, *with_rooms, ProtectedRequests(self)):
            for verb in (name for name in dir(type(part)) if not name.startswith("_")):
                setattr(self, verb, getattr(part, verb))

    async def take_leave_of_one(self) -> None:
        """Go away in good order on the connection that was opened last, and stay on the others."""
        line, _ = self._more_lines.pop()
        await line.take_leave()
