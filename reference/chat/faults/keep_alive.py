"""Faults in the keep-alive limit (STP 5)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reference.chat.events import Events
from reference.chat.faults import seed
from reference.chat.keep_alive import KeepAlive
from reference.chat.refusals import Rejected
from reference.chat.sessions import Sessions


@seed("never-misses-signals", "lets a silent client stay for ever", "STP-5.1")
class NeverMissesSignals(KeepAlive):
    def silent(self) -> list[str]:
        return []


@seed("expires-too-early", "ends a session at half the keep-alive limit", "STP-5.1 STP-5.2")
class ExpiresTooEarly(KeepAlive):
    def silent(self) -> list[str]:
        self.limit, limit = self.limit / 2, self.limit
        try:
            return super().silent()
        finally:
            self.limit = limit


@seed("expires-too-late", "ends a session only at three times the keep-alive limit", "STP-5.1")
class ExpiresTooLate(KeepAlive):
    def silent(self) -> list[str]:
        self.limit, limit = self.limit * 3 + 3.0, self.limit
        try:
            return super().silent()
        finally:
            self.limit = limit


@seed("ignores-signals", "ends a session at the keep-alive limit in spite of its signals", "STP-5.2")
class IgnoresSignals(KeepAlive):
    def signal(self, user: str) -> None:
        pass


@seed("takes-anyones-signals", "lets one user's signals keep another's session alive", "STP-5.1")
class TakesAnyonesSignals(Events):
    async def connection_alive(self, socket: str, payload: Any) -> dict[str, str] | None:
        self.keep_alive.signal(str(payload.get("client")))
        return None


@seed("expires-without-disconnecting", "ends a silent client's session and leaves its connection open", "STP-5.1")
class ExpiresWithoutDisconnecting(Sessions):
    async def log_out_silent(self, user: str) -> None:
        await self.sign_out(user)


@seed("expires-without-telling", "does not tell that a silent client was disconnected", "STP-5.1")
class ExpiresWithoutTelling(Sessions):
    async def log_out_silent(self, user: str) -> None:
        self.presence.online.discard(user)
        await super().log_out_silent(user)


@seed("expires-and-keeps-token", "disconnects a silent client and leaves its token good", "STP-5.1")
class ExpiresAndKeepsToken(Sessions):
    async def log_out_silent(self, user: str) -> None:
        self.keep_alive.stop(user)
        await self.dismiss(user, "No sign of life for too long")


@seed("refusals-keep-alive", "lets a user stay for ever who was refused something", "STP-5.1")
class RefusalsKeepAlive(KeepAlive):
    @contextmanager
    def reading(self, user: str) -> Iterator[None]:
        with super().reading(user):
            try:
                yield
            except Rejected:
                self._busy[user] += 1
                raise


@seed("watches-before-online", "ends a session for silence before its user has come online", "STP-X15")
class WatchesBeforeOnline(KeepAlive):
    def signal(self, user: str) -> None:
        self.start(user)


@seed("clock-goes-on", "lets the keep-alive clock of a session run on when it has been ended", "STP-X15")
class ClockGoesOn(KeepAlive):
    def stop(self, user: str) -> None:
        pass


@seed("keeps-who-has-gone", "ends no session for silence whose client has gone away", "STP-5.1")
class KeepsWhoHasGone(Sessions):
    async def log_out_silent(self, user: str) -> None:
        if self.sockets.of(user):
            await super().log_out_silent(user)


@seed("counts-no-early-signals", "takes no notice of a sign of life that comes soon after another", "STP-5.2")
class CountsNoEarlySignals(KeepAlive):
    def signal(self, user: str) -> None:
        if time.monotonic() - self._last.get(user, 0.0) > self.limit / 2:
            super().signal(user)


@seed("new-sessions-inherit-the-clock", "ends a session when the one before would have ended for silence", "STP-X15")
class NewSessionsInheritTheClock(Sessions):
    async def log_in(self, user: Any, password: Any) -> str | None:
        before = self.keep_alive._last.get(user)
        token = await super().log_in(user, password)
        if before is not None:
            self.keep_alive._last[user] = before
        return token
