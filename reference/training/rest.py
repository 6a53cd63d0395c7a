"""What is asked by HTTP: health, scenarios, sessions and documents."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from reference.kit.errors import answering
from reference.kit.forms import NotJson, problems, sent
from reference.kit.parts import part
from reference.training.content import READABLE, AccessDenied, Document, Documents, NoSuchContent, Scenarios
from reference.training.database import DatabaseLost, now
from reference.training.sessions import Feedbacks, Messages, Session, Sessions


class SessionWanted(BaseModel):
    """A session to open."""

    scenario_id: int
    user_id: Annotated[str, Field(min_length=1, max_length=100)]


@part
class Rest:
    """The HTTP handlers; what they answer is JSON."""

    scenarios: Scenarios
    documents: Documents
    sessions: Sessions
    messages: Messages
    feedbacks: Feedbacks

    def routes(self) -> list[web.RouteDef]:
        """Where each handler answers (contract 2)."""
        return [
            web.get("/api/health", self.health, allow_head=False),
            web.get("/api/scenarios", self.list_scenarios, allow_head=False),
            web.get("/api/scenarios/{name}/documents", self.list_documents, allow_head=False),
            web.get("/api/scenarios/{name}/validate", self.validate, allow_head=False),
            web.post("/api/sessions", self.create_session),
            web.get(r"/api/sessions/{id:-?\d+}", self.show_session, allow_head=False),
            web.get(r"/api/sessions/{id:-?\d+}/messages", self.list_messages, allow_head=False),
            web.get(r"/api/sessions/{id:-?\d+}/feedback", self.list_feedback, allow_head=False),
            web.get("/api/documents/{name}/{filename}", self.serve_document, allow_head=False),
            web.get("/api/documents/{name}/{filename}/content", self.show_document, allow_head=False),
            web.get("/api/content/stats", self.stats, allow_head=False),
            web.post("/api/content/reload", self.reload),
        ]

    async def health(self, request: web.Request) -> web.Response:
        """Whether the server is there. Says nothing of what is behind it."""
        return web.json_response({"status": "healthy", "timestamp": now(), "version": "1.0.0"})

    # -- scenarios and their documents ----------------------------------------------------------------------------

    async def list_scenarios(self, request: web.Request) -> web.Response:
        """All scenarios, as a bare list."""
        found = [vars(scenario) for scenario in await self.scenarios.all()]
        return web.json_response(found)

    async def list_documents(self, request: web.Request) -> web.Response:
        """The documents of a scenario; none for an unknown one."""
        name = request.match_info["name"]
        return web.json_response([_described(name, document) for document in self.documents.listed(name)])

    async def validate(self, request: web.Request) -> web.Response:
        """Whether a scenario and its documents are complete."""
        name = request.match_info["name"]
        problems = self.scenarios.problems(name)
        missing = [document.path.name for document in self.documents.listed(name) if not document.path.is_file()]
        return web.json_response(
            {
                "scenario_validation": {"valid": not problems, "errors": problems},
                "document_validation": {"valid": not missing, "missing": missing},
                "overall_valid": not problems and not missing,
            }
        )

    async def serve_document(self, request: web.Request) -> web.Response:
        """A document, byte by byte."""
        document = self._document(request)
        place = "inline" if document.extension == ".pdf" else "attachment"
        headers = {
            "Content-Disposition": f'{place}; filename="{document.path.name}"',
            "Cache-Control": "public, max-age=3600",
            "ETag": f'"{document.etag()}"',
        }
        charset = "utf-8" if document.extension in READABLE else None
        response = web.Response(
            body=document.content(), content_type=document.mime_type, charset=charset, headers=headers
        )
        response.last_modified = document.modified()
        return response

    async def show_document(self, request: web.Request) -> web.Response:
        """The text of a document, with what is known of it."""
        document = self._document(request)
        if document.extension not in READABLE:
            raise Rejected(HTTPStatus.BAD_REQUEST, "File type not supported for content reading")
        known = _described(request.match_info["name"], document)
        shown = {name: known[name] for name in ("filename", "size", "extension", "mime_type", "etag")}
        return web.json_response({"content": document.content().decode("utf-8")} | shown)

    async def stats(self, request: web.Request) -> web.Response:
        """How much content there is."""
        names = self.scenarios.names()
        files = [file for file in self.scenarios.folder.glob("*/*") if self.documents.may_be_served(file.name)]
        loader = {"content_dir_exists": self.scenarios.folder.is_dir(), "available_scenarios": len(names)}
        sizes = sum(file.stat().st_size for file in files)
        served = {"total_files": len(files), "total_size_bytes": sizes}
        return web.json_response({"loader": loader, "file_server": served, "available_scenarios": names})

    async def reload(self, request: web.Request) -> web.Response:
        """Read the content folder again."""
        errors = await self.scenarios.load()
        names = self.scenarios.names()
        loaded = {"success": not errors, "scenarios_loaded": len(names), "errors": errors}
        return web.json_response(loaded | {"available_scenarios": names})

    # -- sessions -------------------------------------------------------------------------------------------------

    async def create_session(self, request: web.Request) -> web.Response:
        """Open a session of a user in a scenario."""
        wanted = self.session_wanted(await sent(request))
        if await self.scenarios.find(wanted.scenario_id) is None:
            raise Rejected(HTTPStatus.NOT_FOUND, "Scenario not found")
        session = await self.sessions.create(wanted.scenario_id, wanted.user_id)
        return web.json_response(session.public())

    async def show_session(self, request: web.Request) -> web.Response:
        """A session as it stands."""
        return web.json_response((await self._session(request)).public())

    async def list_messages(self, request: web.Request) -> web.Response:
        """All messages of a session, oldest first."""
        return web.json_response(await self.messages.of(await self._session(request)))

    async def list_feedback(self, request: web.Request) -> web.Response:
        """All feedback of a session, oldest first."""
        return web.json_response(await self.feedbacks.of(await self._session(request)))

    def session_wanted(self, body: Any) -> SessionWanted:
        """Scenario and user of a new session. Raises `ValidationError` over a body that does not name both."""
        return SessionWanted.model_validate(body)

    # -- beneath --------------------------------------------------------------------------------------------------

    async def _session(self, request: web.Request) -> Session:
        session = await self.sessions.find(int(request.match_info["id"]))
        if session is None:
            raise Rejected(HTTPStatus.NOT_FOUND, "Session not found")
        return session

    def _document(self, request: web.Request) -> Document:
        try:
            return self.documents.find(request.match_info["name"], request.match_info["filename"])
        except AccessDenied as denial:
            raise Rejected(HTTPStatus.FORBIDDEN, str(denial)) from denial
        except NoSuchContent as lack:
            raise Rejected(HTTPStatus.NOT_FOUND, str(lack)) from lack


class Rejected(Exception):  # noqa: N818 - an answer
    """An answer that says no."""

    def __init__(self, status: HTTPStatus, detail: object) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail


def _told(_request: web.Request, refusal: Rejected) -> web.Response:
    return web.json_response({"detail": refusal.detail}, status=refusal.status)


def _invalid(request: web.Request, error: NotJson | ValidationError) -> web.Response:
    return _told(request, Rejected(HTTPStatus.UNPROCESSABLE_ENTITY, problems(error)))


def _of_aiohttp(_request: web.Request, error: web.HTTPException) -> web.Response:
    error.text = json.dumps({"detail": error.reason})
    error.content_type = "application/json"
    raise error


#: Every error is JSON with a `detail`, also those of aiohttp; a lost database is told as such.
errors = answering(
    {
        Rejected: _told,
        NotJson: _invalid,
        ValidationError: _invalid,
        DatabaseLost: lambda request, loss: _told(request, Rejected(HTTPStatus.SERVICE_UNAVAILABLE, str(loss))),
        web.HTTPException: _of_aiohttp,
    }
)


def _described(name: str, document: Document) -> dict[str, Any]:
    exists = document.path.is_file()
    return {
        "filename": document.path.name,
        "title": document.title,
        "exists": exists,
        "size": len(document.content()) if exists else 0,
        "extension": document.extension,
        "mime_type": document.mime_type,
        "etag": document.etag() if exists else None,
        "can_serve": exists,
        "url": f"/api/documents/{name}/{document.path.name}",
    }
