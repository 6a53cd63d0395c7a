"""Who of the others is online, as one client hears of it: systems tell states again, and news is what has changed."""

from collections.abc import Awaitable, Callable, Collection, Iterable

from support.core import clock
from support.core.events import Presence
from support.drivers.kit.scenario_user import ScenarioUser


class OthersPresence:
    """What one client has heard of who is online. Each change of that goes into its user's inbox, once.

    For systems that tell states, and tell who is online at the beginning. That a user goes of whom it has not heard is
    no change: where a system tells changes alone, put each word of it into the inbox as it comes, without this.

    Args:
        user: whose client it is.
    """

    def __init__(self, user: ScenarioUser) -> None:
        self._user = user
        self._before: frozenset[str] = frozenset()
        self.online: frozenset[str] = frozenset()
        """The logins of those who are online, as far as was heard; the user's own among them where the system says."""

    def begin(self, online: Iterable[str] = ()) -> None:
        """The connection is a new one. That these users are online is known with it, and is no news."""
        self._before, self.online = frozenset(), frozenset(online)

    def were_there(self, logins: Iterable[str]) -> None:
        """These were online before the user was: that they are is no news, until they have gone."""
        self._before = frozenset(logins)

    def hear(self, login: str, *, online: bool) -> None:
        """Take up what the system says of a user. Only of others whom the scenario speaks of is a change news."""
        if online == (login in self.online):
            return
        self.online ^= {login}
        known, self._before = login in self._before, self._before - {login}
        others = self._user.people.knows(login) and login != self._user.login
        if others and not known:
            self._user.inbox.put(Presence(self._user.people.role(login), online=online))

    async def is_settled(
        self, look: Callable[[], Awaitable[Collection[str]]], among: Collection[str], *, within: float
    ) -> bool:
        """Wait until what was heard is what is so, and say whether it came to that.

        Under load nothing is waited for: others may be users of another process.

        Args:
            look: finds the logins of those who are online.
            among: the logins of those of whom the user is told.
            within: seconds to wait.
        """

        async def agrees() -> bool:
            return self.online.intersection(among) == frozenset(await look()).intersection(among)

        return self._user.transcript.ended is not None or await clock.seen(agrees, bool, within=within)
