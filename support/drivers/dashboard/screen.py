"""One open dashboard: a connection, and the inbox that what it shows is put into."""

from collections.abc import Callable

from support.core.events import Figure, LoggedOut, Message, News
from support.core.inbox import Inbox
from support.core.transcript import Lifeline
from support.drivers.clients.websocket import Dial, Frame, ended
from support.drivers.dashboard.messages import DashboardParser


class Screen:
    """A dashboard on a screen.

    Args:
        lifeline: whose it is, and where it is recorded.
        inbox: where what it shows goes.
        reader: who reads the messages.
        marker: the message that a barrier's marker is for a user who looks at this screen: None if it is for another
            user; raises KeyError for what is no marker.
        dial: makes the connection.
    """

    def __init__(
        self,
        lifeline: Lifeline,
        inbox: Inbox,
        reader: DashboardParser,
        marker: Callable[[str], Message | None],
        dial: Dial,
    ) -> None:
        self.socket = dial(lifeline, self._heard, self._lost)
        self._inbox = inbox
        self._reader = reader
        self._marker = marker
        self._echoes = 0

    def _heard(self, frame: Frame) -> None:
        for what in self._reader.read(frame):
            if isinstance(what, News) and self._is_marker(what.whom):
                continue
            if self._echoes and isinstance(what, Figure) and (what.of, what.change) == ("student", 1):
                self._echoes -= 1
                continue
            self._inbox.put(what)

    def _is_marker(self, text: str) -> bool:
        """Show a marker to whom it is for. What it does to the figures does not matter."""
        try:
            message = self._marker(text)
        except KeyError:
            return False
        self._echoes += 1
        if message is not None:
            self._inbox.put(message)
        return True

    def _lost(self, code: int, reason: str) -> None:
        if reason:
            self._inbox.put(LoggedOut(reason))
        self._inbox.put(ended(code))
