"""What one person can read at ChatTrain: the trainings, and their documents."""

from typing import Any

from support.drivers.capabilities.training import Document, ShownText
from support.drivers.clients.http import Answer
from support.drivers.kit.person import HttpPerson
from support.drivers.training.options import TrainingOptions


class TrainingContent(HttpPerson):
    """Reads, and changes nothing."""

    _options: TrainingOptions

    async def well(self) -> bool:
        """Whether the server says that it is well (contract 2.1)."""
        return bool((await self._get("know whether all is well", "/api/health")).field("status") == "healthy")

    async def trainings(self) -> list[str]:
        """The own ids of the trainings there are (contract 2.2); one without an id has its number for one."""
        return [_own_id(item) for item in await self._trainings()]

    async def titles(self) -> dict[int, str]:
        """The trainings' numbers -> their titles (contract 2.2)."""
        return {item["id"]: str(item["title"]) for item in await self._trainings()}

    async def _numbers(self) -> dict[str, int]:
        """The trainings' own ids -> their numbers, in the order in which they are listed."""
        return {_own_id(item): item["id"] for item in await self._trainings()}

    async def _trainings(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = (await self._get("see the trainings", "/api/scenarios")).body
        return listed

    async def documents(self, training: str) -> list[Document]:
        """All documents of a training, as they are announced and as they come (contract 2.4, 2.5)."""
        name = self._options.trainings[training]
        announced = (await self._get("see the documents", f"/api/scenarios/{name}/documents")).body
        return [await self._document(name, item) for item in announced]

    async def _document(self, name: str, announced: dict[str, Any]) -> Document:
        answer = await self._get("read a document", f"/api/documents/{name}/{announced['filename']}")
        kind = "application/pdf" if announced["filename"].endswith(".pdf") else "text/plain"
        title = str(announced.get("title") or "")
        size, etag = announced["size"], answer.headers.get("ETag", "")
        return Document(announced["filename"], answer.content, answer.kind, size, kind, title, fingerprint=etag)

    async def texts(self, training: str) -> list[ShownText]:
        """Each document that is a text, as it is shown, and as it stands there (contract 2.5)."""
        shown = []
        for document in await self.documents(training):
            if document.announced_kind == "text/plain":
                path = f"/api/documents/{self._options.trainings[training]}/{document.name}/content"
                told = await self._get("read a text", path)
                text, size = str(told.field("content")), told.field("size")
                shown.append(ShownText(document.name, text, size, document.content))
        return shown

    async def is_complete(self, training: str) -> bool:
        """Whether a training, by its own id, is found complete (contract 2.5)."""
        answer = await self._get("see whether a training is complete", f"/api/scenarios/{training}/validate")
        parts = (answer.field("scenario_validation"), answer.field("document_validation"))
        return bool(answer.field("overall_valid")) and all(isinstance(one, dict) and one.get("valid") for one in parts)

    async def is_said_complete(self, training: str) -> bool:
        """What is said of a training as a whole, whatever is said of its parts."""
        answer = await self._get("see whether a training is complete", f"/api/scenarios/{training}/validate")
        return bool(answer.field("overall_valid"))

    async def _get(self, aim: str, path: str) -> Answer:
        return await self._http.request(aim, "GET", path)


def _own_id(training: dict[str, Any]) -> str:
    """What a training calls itself; its number where it has no name of its own (contract 2.2)."""
    return str(training["config"].get("id", training["id"]))
