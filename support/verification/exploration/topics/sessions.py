"""Sessions that can be refreshed, where that is the user's own doing."""

from dataclasses import dataclass

from support.drivers.capabilities.messaging import ListsContacts
from support.drivers.capabilities.sessions import RefreshesSessions
from support.verification.exploration.model import Model
from support.verification.exploration.moves import ChangeOfOne
from support.verification.exploration.topic import Topic


@dataclass(frozen=True)
class RefreshesSession(ChangeOfOne):
    """All goes on in the new session."""

    says = "{who} refreshes the session"
    needs = (RefreshesSessions, ListsContacts)
    weight = 3

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who)

    def happen(self, model: Model) -> None:
        """It changes nothing for any user."""


TOPIC = Topic((RefreshesSession,))
