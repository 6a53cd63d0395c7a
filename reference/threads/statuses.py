"""How people are: what they say of themselves, as long as they are connected. Needs no database."""

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.person import Person
from reference.threads.plain import now
from reference.threads.sockets import Sockets


@part
class Statuses:
    """The status of everybody who is connected."""

    sockets: Sockets  # who is

    def __post_init__(self) -> None:
        self._said: dict[str, Row] = {}
        self._seen: dict[str, str] = {}

    def say(self, user: str, status: str, message: str | None) -> None:
        """A user says how they are."""
        self._said[user] = {"status": status, "customMessage": message}
        self.seen(user)

    def seen(self, user: str) -> None:
        """A user is there at this moment."""
        self._seen[user] = now()

    def of(self, user: object) -> Row:
        """How a user is."""
        nothing = {"status": "online", "customMessage": None}
        said = self._said.get(str(user), nothing) if self.sockets.of_user(user) else nothing | {"status": "offline"}
        return said | {"lastSeenAt": self._seen.get(str(user))}

    def shown(self, person: Person) -> Row:
        """What others are told of a user."""
        status = self.of(person.id)
        return {
            "userId": person.id,
            "companyId": person.company,
            "username": person.name,
            "companyRole": person.role,
            "userStatus": status["status"],
            "lastSeenAt": status["lastSeenAt"],
        }
