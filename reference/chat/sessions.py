"""Sessions: how they begin, and all the ways in which they end."""

import logging
from typing import Any

from reference.chat.accounts import Accounts
from reference.chat.bots import Bots
from reference.chat.delivery import Delivery
from reference.chat.keep_alive import KeepAlive
from reference.chat.presence import Presence
from reference.chat.refusals import Unavailable
from reference.chat.sockets import Sockets
from reference.chat.tokens import Tokens
from reference.kit.parts import part

log = logging.getLogger(__name__)


@part
class Sessions:
    """Brings users in and out."""

    accounts: Accounts
    tokens: Tokens
    sockets: Sockets
    presence: Presence
    delivery: Delivery
    keep_alive: KeepAlive
    bots: Bots

    async def prepare(self) -> None:
        """Make the databases ready, with no user logged in. Raises `Unavailable`."""
        await self.accounts.prepare()
        await self.tokens.prepare()

    async def log_in(self, user: Any, password: Any) -> str | None:
        """A token for the right password, None for any other. Raises `Unavailable`."""
        if not await self.accounts.admits(user, password):
            return None
        token = await self.tokens.issue(user, await self.accounts.token_lifetime(user))
        self.keep_alive.signal(user)  # else the clock of the former session would end the new one
        log.info("%s logged in", user)
        return token

    async def join(self, socket: str, user: str, room: str) -> None:
        """Bring a connection into a room; with the first one the user comes online. Raises `Unavailable`."""
        await self.sockets.admit(socket)
        await self.sockets.enter(user, room)
        if user not in self.presence.online:
            self.keep_alive.start(user)
            await self.delivery.welcome(user)

    async def sign_out(self, user: str) -> None:
        """End a session as its user wishes; the connection stays open. Raises `Unavailable`."""
        await self.tokens.revoke(user)
        self.keep_alive.stop(user)
        await self.presence.vanish(user)
        await self.sockets.mute(user)
        self.bots.user_left(user)
        log.info("%s signed out", user)

    async def log_out(self, user: str, reason: str) -> None:
        """End a session without being asked by its user. Raises `Unavailable`."""
        await self.tokens.revoke(user)
        self.keep_alive.stop(user)
        await self.dismiss(user, reason)
        await self.presence.vanish(user)
        self.bots.user_left(user)
        log.info("%s is logged out: %s", user, reason)

    async def log_out_silent(self, user: str) -> None:
        """End the session of a user who gave no sign of life."""
        try:
            await self.log_out(user, "No sign of life for too long")
        except Unavailable as missing:
            log.warning("%s is not logged out yet: %s", user, missing)

    async def log_out_all(self, reason: str) -> None:
        """End all sessions for good; needs no database."""
        self.tokens.revoke_all()
        self.keep_alive.stop_all()
        self.presence.online.clear()
        for user in self.sockets.users():
            await self.dismiss(user, reason)
        log.info("everybody is logged out: %s", reason)

    async def dismiss(self, user: str, reason: str) -> None:
        """Tell a user why the session has ended, and close the connections."""
        payload = {"username": user, "reason": reason}
        await self.sockets.tell_user(user, "user_has_been_logged_out", payload)
        await self.sockets.mute(user)
        await self.sockets.close(user)

    async def connection_closed(self, socket: str) -> None:
        """A connection has gone; with the last one its user goes offline, the session stays."""
        user = self.sockets.owner(socket)
        self.sockets.release(socket)
        if user is not None and not self.sockets.of(user):
            await self.presence.vanish(user)
