"""How pages look: templates, and one style sheet of our own, for narrow screens and wide ones."""

import secrets
from typing import Any

from aiohttp import web
from aiohttp_session import Session
from jinja2 import Environment, PackageLoader, StrictUndefined

from reference.broker.portal.listing import STATUSES
from reference.broker.portal.sessions import told


class Looks:
    """Makes pages."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader(__package__ or ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.filters["moment"] = _moment
        self._templates.globals["statuses"] = STATUSES

    def page(self, template: str, session: Session, *, code: int = 200, **shown: Any) -> web.Response:
        """A page with what it shows, in the frame of a user's session.

        Args:
            template: its file, without the ending.
            session: theirs, whose notices it tells and whose forms it holds.
            code: of the answer.
            shown: what the template speaks of.
        """
        session.setdefault("csrf_token", secrets.token_hex(16))
        frame = {"user": session.get("user"), "csrf_token": session["csrf_token"], "notices": self.notices(session)}
        html = self.html(template, **frame, **shown)
        return web.Response(text=html, content_type="text/html", status=code, headers={"Cache-Control": "no-store"})

    def html(self, template: str, **shown: Any) -> str:
        """A template filled in."""
        return self._templates.get_template(f"{template}.html").render(**shown)

    def notices(self, session: Session) -> list[list[str]]:
        """What the page has to tell, once."""
        return told(session)

    def style(self) -> str:
        """The style sheet."""
        source, _, _ = PackageLoader(__package__ or "", "static").get_source(self._templates, "portal.css")
        return source


def _moment(text: str | None) -> str:
    """A moment as people read it, to the second."""
    return text.replace("T", " ").split(".")[0].removesuffix("Z") if text else "–"
