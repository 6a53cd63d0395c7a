"""The dialects of the chat server, and where one speaks to it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from support.drivers.clients.http import Http
from support.drivers.clients.socketio import Transport

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
