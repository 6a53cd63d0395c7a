"""How a deployment of ThreadFileSharing wants to be spoken to."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeFloat

from support.drivers.clients.socketio import Transport

#: What can be requested -> how, by the document's names where it has one. An empty text is what a deployment lacks.
REQUESTS = {
    "register": "POST /auth/register",
    "sign in": "POST /auth/login",
    "renew the session": "POST /auth/refresh",
    "sign out": "POST /auth/logout",
    "choose the lifetime of sessions": "PUT /test_support/token_lifetime",
    "let something expire": "PUT /test_support/expiry",
    "read the profile": "GET /users/profile",
    "change the profile": "PUT /users/profile",
    "change the password": "PUT /users/me/password",
    "read a profile": "GET /users/{user}",
    "see who is available": "GET /users/status",
    "say how available one is": "PUT /users/status",
    "send a message": "POST /messages/send",
    "read a room": "GET /messages/list?chatroomId={place}&limit=100",
    "send a message in a thread": "POST /threads/messages/send",
    "read a thread": "GET /messages/list?threadId={place}&limit=100",
    "read no place in particular": "GET /messages/list",
    "see more of a room": "GET /messages/list?chatroomId={place}&limit={limit}&lastIndex={after}",
    "edit a message": "PUT /messages/{message}",
    "delete a message": "DELETE /messages/{message}",
    "begin an upload": "POST /files/upload/initiate",
    "send a piece": "POST /files/upload/chunk",
    "complete an upload": "POST /files/upload/complete",
    "cancel an upload": "DELETE /files/upload/session/{upload}",
    "look at an upload": "GET /files/upload/session/{upload}",
    "open a file": "GET /files/{file}/download",
    "delete a file": "DELETE /files/{file}",
    "find files": "GET /files/search?q={words}&limit=100",
    "see one's files": "GET /files?limit=100",
    "see the files of a room": "GET /files?chatroomId={place}&limit=100",
    "see the files of a thread": "GET /threads/{place}/files",
    "share a file": "POST /threads/{place}/files",
    "take a file out": "DELETE /threads/{place}/files/{file}",
    "get a link to a file": "POST /files/{file}/download-token",
    "open a file by a link": "GET /files/download/token/{link}",
    "see what is stored": "GET /files/storage/quota",
    "open a room": "POST /chatrooms/create",
    "see the rooms": "GET /chatrooms?limit=100",
    "see more of the rooms": "GET /chatrooms?limit={limit}&lastIndex={after}",
    "see more of the threads": "GET /threads?limit={limit}&lastIndex={after}",
    "see more of the files": "GET /files?limit={limit}&lastIndex={after}",
    "say whether it is ready": "GET /health/ready",
    "look at a room": "GET /chatrooms/{place}",
    "rename a room": "PUT /chatrooms/{place}",
    "close a room": "DELETE /chatrooms/{place}",
    "add a user to a room": "POST /chatrooms/{place}/members/{user}",
    "remove a user from a room": "DELETE /chatrooms/{place}/members/{user}",
    "add a user to a thread": "POST /threads/{place}/participants/{user}",
    "remove a user from a thread": "DELETE /threads/{place}/participants/{user}",
    "open a thread": "POST /threads/create",
    "see the threads": "GET /threads?chatroomId={place}",
    "see all threads": "GET /threads?limit=100",
    "look at a thread": "GET /threads/{place}",
    "rename a thread": "PUT /threads/{place}",
    "close a thread": "DELETE /threads/{place}",
    "add a member": "POST /companies/members/add",
    "remove a member": "DELETE /companies/members/{user}",
    "change a position": "PUT /users/{user}/role",
    "see the members": "GET /companies/me/members?limit=100",
    "see more of the members": "GET /companies/me/members?limit={limit}&lastIndex={after}",
    "rename the company": "PUT /companies/me",
    "see the company": "GET /companies/me",
    "invite a user": "POST /invitations",
    "accept an invitation": "POST /invitations/accept",
    "look at an invitation": "GET /invitations/validate/{invitation}",
    "see the invitations": "GET /invitations",
    "withdraw an invitation": "DELETE /invitations/{invitation}",
    "look at what is not there": "GET /nowhere",
    # Further requests: what the deployed system spells otherwise, and what is only ever asked for with bad tokens.
    "see oneself in short": "GET /auth/me",
    "read the profile, as deployed": "GET /users/me",
    "change the profile, as deployed": "PUT /users/me",
    "remove a user": "DELETE /users/{user}",
    "look at the company": "GET /companies/me",
    "see what the company uses": "GET /companies/me/usage",
    "open a room, as deployed": "POST /chatrooms",
    "open a thread, as deployed": "POST /threads",
    "archive a thread": "PUT /threads/{place}/archive",
    "send a message, as deployed": "POST /messages",
    "look at a message": "GET /messages/{message}",
    "read a room, as deployed": "GET /messages/chatroom/{place}",
    "read a thread, as deployed": "GET /messages/thread/{place}",
    "see the pace of an upload": "GET /files/upload/streaming/{upload}/stats",
    "go on with an upload": "POST /files/upload/streaming/{upload}/resume",
}

_NOBODY = "00000000-0000-4000-8000-000000000000"
#: What stands in the places of a request that is about nothing there is.
NOTHING = dict.fromkeys(("place", "user", "message", "upload", "file", "invitation", "link"), _NOBODY)
NOTHING |= {"words": "x", "limit": "1", "after": ""}

#: What people do that lasts: a user who has done so is no user for another scenario.
LASTING = (
    "sign out",
    "change the profile",
    "say how available one is",
    "rename a room",
    "add a member",
    "remove a member",
    "change a position",
    "rename the company",
    "invite a user",
    "accept an invitation",
    "withdraw an invitation",
    "change the password",
)

#: What no document demands, and only tests want.
OUR_OWN_NEEDS = (
    "choose the lifetime of sessions",
    "let something expire",
    "look at what is not there",
    "read a profile",
    "read no place in particular",
)

#: What is requested without a session.
OPEN_TO_ALL = (
    "register",
    "sign in",
    "renew the session",
    "choose the lifetime of sessions",
    "let something expire",
    "say whether it is ready",
    "look at an invitation",
    "accept an invitation",
    "open a file by a link",
    "look at what is not there",
)


class ThreadsOptions(BaseModel):
    """How this deployment of ThreadFileSharing wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    prefix: str = "/api/v1"
    """What every path begins with."""
    requests: dict[str, str] = {}
    """What is requested in another way than in `REQUESTS`; an empty text is what this deployment lacks."""
    events: dict[str, str] = {}
    """Names of its events -> the names that the document has for them."""
    token_in: Literal["header", "query"] = "header"
    """Where the token goes when connecting."""
    transport: Transport = "websocket"
    takes_in: Literal["request", "invitation"] = "request"
    """How a company gets a member: at once, or by an invitation that is accepted."""
    restores_rooms: bool = True
    """Whether a user who comes back is in their rooms again; else the client joins them anew."""
    renews_connections: bool = True
    """Whether an open connection takes the token of a renewed session."""
    patience_with_limits: NonNegativeFloat = 0.0
    """Seconds to wait at most, at a time, to keep below the system's limits of requests; 0 for not at all."""
    reuses_accounts: bool = False
    """Whether people of earlier scenarios are in later ones that can do with them: less to do, fewer sign-ins."""
    opens_threads_with: Literal["everybody", "its opener"] = "everybody"
    """Who is in a thread as it is opened; where it is its opener alone, the others are added afterwards."""
    positions: tuple[str, ...] = ("owner", "admin", "member", "guest")
    """What a user can be in a company; what the document has and is not named here is absent."""
    follows_uploads: bool = False
    """Whether who sends a file, too, has to ask to be told of its progress."""
    full_name: str = "fullName"
    """The field of a profile request that holds the user's name."""
    sessions_last: NonNegativeFloat | None = None
    """Seconds that a session lasts, where scenarios may wait for its end; None where none ends soon."""
    grounds: dict[str, str] = {}
    """Patterns of what a refusal says -> the code that it would have by the document, where it has none."""
    longest_message: int = 2000
    """Characters that a message may have."""
    piece: int = 1024
    """Bytes of a file that are sent at a time."""
    largest_file: int | None = None
    """Bytes that a file may have; None if it is not known."""
    company_storage: int = 8_000_000
    """Bytes that all files of a company may take."""

    def code_of(self, said: str) -> str:
        """The code that a refusal would have by the document, by what it says; empty if no pattern fits."""
        return next((code for pattern, code in self.grounds.items() if re.search(pattern, said)), "")

    def request(self, what: str) -> str:
        """How something is requested here: method and path; empty if this deployment lacks it."""
        return self.requests.get(what, REQUESTS[what])
