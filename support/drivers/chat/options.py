"""The dialects of the chat server, and where one speaks to it."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from support.core.people import Account
from support.drivers.clients.http import Http
from support.drivers.clients.socketio import Transport
from support.drivers.kit.http_session import HttpSession

ADMIN = "Admin"


class ChatOptions(BaseModel):
    """How this deployment of the chat server wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    transport: Transport = "websocket"
    token_in: list[Literal["auth", "headers", "query"]] = ["auth"]
    """Where the token goes when connecting."""
    rooms: Literal["cast", "all"] = "cast"
    """Rooms to join when coming online: those of the scenario's people, or every room of the contact list."""
    join_delay: float = 0.0
    """Seconds the server takes over a join on top of its ordinary response."""
    replay: float = 0.0
    """Seconds that a join may take on top of that while cached messages are delivered."""
    registers: bool = True
    """Whether fresh accounts can be registered through the test-support endpoint."""
    others: bool = False
    """Whether there may be accounts that neither this profile nor this run knows, as those of an earlier run."""
    standing_accounts: list[str] = ["Lisa", "Avi", "Era", "Tsahi", ADMIN, "ChatGPT", "Leonid"]
    """Logins that exist without anybody registering them (contract 1.3)."""
    bots: list[str] = ["ChatGPT", "Leonid"]
    cache: str = "pending_conversations"
    """The Redis hash that messages for absent people are cached in."""

    @property
    def longest_join(self) -> float:
        """Seconds that a join may take on top of an ordinary response."""
        return self.join_delay + self.replay


@dataclass(frozen=True)
class Endpoint:
    """One server as its clients reach it; times in seconds, as for `Chat`."""

    address: str
    http: Http
    options: ChatOptions
    response: float
    keep_alive: float
    registered: set[str] = field(default_factory=set)
    """The logins that this run has registered."""

    async def register(self, session: HttpSession, account: Account, lifetime: float | None = None) -> None:
        """Make an account, whose sessions last so many seconds if given. Raises `Rejected`."""
        body: dict[str, object] = {"username": account.login, "password": account.password}
        body |= {} if lifetime is None else {"token_lifetime": lifetime}
        await session.request("register", "POST", "/test_support/users", body, anonymous=True)
        self.registered.add(account.login)
