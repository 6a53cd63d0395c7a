"""Who is signed in at the portal: a sealed cookie, its idle limit, and a memory of the sessions that have ended."""

import hashlib
import secrets
import time
from pathlib import Path

from aiohttp import web
from aiohttp_session import AbstractStorage, Session, get_session, new_session
from aiohttp_session.cookie_storage import EncryptedCookieStorage

from reference.broker.portal.main_server import Row
from reference.kit.parts import part

COOKIE = "session"


@part
class Sessions:
    """Sessions of the portal."""

    secret: str  # what the cookies are encrypted and signed with
    max_age: float  # seconds without a request after which a session is over
    memory: Path | None = None  # the file that keeps which sessions have ended, over a restart; None for none

    def __post_init__(self) -> None:
        self._ended = self.remembered()

    def storage(self) -> AbstractStorage:
        """Where sessions are kept: with their owners, encrypted and signed."""
        key = hashlib.sha256(self.secret.encode()).digest()
        return EncryptedCookieStorage(key, cookie_name=COOKIE, httponly=True, samesite="Lax")

    async def of(self, request: web.Request) -> Session:
        """The session of a request; an empty one if there is none, or it is over."""
        session = await get_session(request)
        if "user" not in session:
            return session
        if self.is_over(session):
            session = await new_session(request)
            tell(session, "warning", "Your session has ended. Please sign in again.")
            return session
        session["seen"] = time.time()  # each request renews the idle time
        return session

    def is_over(self, session: Session) -> bool:
        """Whether it was idle for too long, or its owner has signed out."""
        return time.time() - session["seen"] > session["max_age"] or session["id"] in self._ended

    async def open(self, request: web.Request, answer: Row) -> Session:
        """A new session for the user of a login that the main server has accepted.

        It is not the one that the login page had: who knew that one does not know this one.
        """
        session = await new_session(request)
        session["id"] = secrets.token_hex(16)
        session["seen"] = time.time()
        session["max_age"] = self.max_age
        session["user"] = {name: answer["user"].get(name) for name in ("id", "email", "role")}
        session["access_token"] = answer["access_token"]
        session["refresh_token"] = answer["refresh_token"]
        return session

    def close(self, session: Session) -> None:
        """End a session, copies of its cookie included."""
        now = time.time()
        self._ended = {key: over for key, over in self._ended.items() if over > now}
        if "id" in session:
            self.remember(session["id"], now + session["max_age"])
        session.invalidate()

    def remember(self, session: str, over: float) -> None:
        """Keep in mind that a session has ended, until it would be over anyway."""
        self._ended[session] = over
        if self.memory:
            with self.memory.open("a") as file:
                file.write(f"{session} {over}\n")

    def remembered(self) -> dict[str, float]:
        """The sessions that had ended before the portal was started, and when each would be over anyway."""
        if not self.memory or not self.memory.exists():
            return {}
        lines = (line.split() for line in self.memory.read_text().splitlines())
        return {session: float(over) for session, over in lines if float(over) > time.time()}


def tell(session: Session, kind: str, text: str) -> None:
    """Have the next page that this person sees say something, once.

    Args:
        session: theirs.
        kind: "success", "warning" or "danger".
        text: what to say.
    """
    session["notices"] = [*session.get("notices", []), [kind, text]]


def told(session: Session) -> list[list[str]]:
    """What the page that is being made has to say, each a kind and a text."""
    notices: list[list[str]] = session.pop("notices", [])
    return notices
