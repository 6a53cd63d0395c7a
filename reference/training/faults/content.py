"""What can be wrong with scenarios and documents."""

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from aiohttp import web

from reference.training.content import Document, Documents, NoSuchContent, Scenario, Scenarios
from reference.training.faults import FAULTS
from reference.training.rest import Rest


@FAULTS.seed("says-it-is-unwell", "says that it is unwell though it is well", "CT-API-1 CT-PRE-1")
class SaysItIsUnwell(Rest):
    async def health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "unhealthy"})


@FAULTS.seed("lists-no-scenarios", "lists no scenarios", "CT-API-1 CT-FR-1 CT-PRE-2")
class ListsNoScenarios(Scenarios):
    async def all(self) -> list[Scenario]:
        return []


@FAULTS.seed("lists-one-scenario", "lists one scenario only", "CT-PRE-2")
class ListsOneScenario(Scenarios):
    async def all(self) -> list[Scenario]:
        return (await super().all())[:1]


@FAULTS.seed("lists-scenarios-twice", "lists each scenario twice", "CT-API-1 CT-FR-1")
class ListsScenariosTwice(Scenarios):
    async def all(self) -> list[Scenario]:
        return 2 * await super().all()


@FAULTS.seed("takes-unknown-scenarios", "takes sessions in scenarios that do not exist", "CT-API-5")
class TakesUnknownScenarios(Scenarios):
    async def find(self, number: int) -> Scenario | None:
        return await super().find(number) or (await self.all())[0]


@FAULTS.seed("breaks-on-big-numbers", "breaks on the number of a scenario that is too big to be kept", "CT-API-5")
class BreaksOnBigNumbers(Scenarios):
    async def find(self, number: int) -> Scenario | None:
        if number >= 2**63:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return await super().find(number)


@FAULTS.seed("lists-no-documents", "lists no documents", "CT-API-1 CT-FR-3")
class ListsNoDocuments(Documents):
    def listed(self, name: str) -> list[Document]:
        return []


@FAULTS.seed("lists-documents-without-titles", "lists documents without their titles", "CT-FR-3")
class ListsDocumentsWithoutTitles(Documents):
    def listed(self, name: str) -> list[Document]:
        return [replace(document, title="") for document in super().listed(name)]


class CutDocument(Document):
    """A document without its last byte."""

    def content(self) -> bytes:
        return super().content()[:-1]


@FAULTS.seed("cuts-documents-short", "loses the end of every document", "CT-API-1 CT-FR-3")
class CutsDocumentsShort(Documents):
    def find(self, name: str, filename: str) -> Document:
        whole = super().find(name, filename)
        return CutDocument(whole.path, whole.title)


class DocumentInLetters(Document):
    """A document whose size is how many letters it has."""

    def content(self) -> bytes:
        return b"x" * len(super().content().decode("utf-8", "ignore"))


@FAULTS.seed("tells-sizes-in-letters", "tells how many letters a document has instead of bytes", "CT-API-1 CT-FR-3")
class TellsSizesInLetters(Documents):
    def listed(self, name: str) -> list[Document]:
        return [DocumentInLetters(whole.path, whole.title) for whole in super().listed(name)]


class BlurredDocument(Document):
    """A document that does not say what it is."""

    @property
    def mime_type(self) -> str:
        return "application/octet-stream"


@FAULTS.seed("serves-documents-as-bytes", "serves documents so that they cannot be viewed", "CT-FR-3")
class ServesDocumentsAsBytes(Documents):
    def find(self, name: str, filename: str) -> Document:
        whole = super().find(name, filename)
        return BlurredDocument(whole.path, whole.title)


@FAULTS.seed("swaps-documents", "serves another document than the one asked for", "CT-API-1 CT-FR-3")
class SwapsDocuments(Documents):
    def find(self, name: str, filename: str) -> Document:
        super().find(name, filename)
        return max(self.listed(name), key=lambda document: document.path.name != filename)


@FAULTS.seed("invents-documents", "serves something for documents that do not exist", "CT-API-5 CT-FR-3")
class InventsDocuments(Documents):
    def find(self, name: str, filename: str) -> Document:
        try:
            return super().find(name, filename)
        except NoSuchContent:
            name = self.scenarios.names()[0]
            return self.listed(name)[0]


@FAULTS.seed("gives-out-inner-files", "gives out the inner files of a scenario", "CT-API-5")
class GivesOutInnerFiles(Documents):
    def may_be_served(self, filename: str) -> bool:
        return "/" not in filename


@FAULTS.seed("walks-out-of-the-folder", "serves files from outside a scenario's folder", "CT-API-5")
class WalksOutOfTheFolder(Documents):
    def may_be_served(self, filename: str) -> bool:
        return super().may_be_served(filename.rsplit("/")[-1])


class TextInPdfsClothes(Document):
    """A document that bears the name of another kind than it is of."""

    def content(self) -> bytes:
        return b"# Guidelines\n" if self.extension == ".pdf" else super().content()


@FAULTS.seed("serves-text-as-pdf", "serves text under the name and the kind of a PDF", "CT-FR-3")
class ServesTextAsPdf(Documents):
    def find(self, name: str, filename: str) -> Document:
        whole = super().find(name, filename)
        return TextInPdfsClothes(whole.path, whole.title)

    def listed(self, name: str) -> list[Document]:
        return [TextInPdfsClothes(whole.path, whole.title) for whole in super().listed(name)]


@FAULTS.seed("lists-one-document-twice", "lists one document of a scenario twice, and no other", "CT-FR-3")
class ListsOneDocumentTwice(Documents):
    def listed(self, name: str) -> list[Document]:
        return 2 * super().listed(name)[:1]


@FAULTS.seed("shows-texts-shortened", "leaves out the end of a text that it shows", "CT-FR-3")
class ShowsTextsShortened(Rest):
    async def show_document(self, request: web.Request) -> web.Response:
        shown = json.loads((await super().show_document(request)).text or "{}")
        return web.json_response(shown | {"content": shown["content"][:-1]})


@FAULTS.seed("shows-texts-in-another-script", "takes a text that it shows for one of another encoding", "CT-FR-3")
class ShowsTextsInAnotherScript(Rest):
    async def show_document(self, request: web.Request) -> web.Response:
        shown = json.loads((await super().show_document(request)).text or "{}")
        return web.json_response(shown | {"content": shown["content"].encode().decode("latin-1")})


@FAULTS.seed("finds-all-complete", "finds any training complete", "CT-X-9")
class FindsAllComplete(Scenarios):
    def problems(self, name: str) -> list[str]:
        return []


@FAULTS.seed("finds-one-incomplete", "finds a sound training incomplete", "CT-X-9")
class FindsOneIncomplete(Rest):
    async def validate(self, request: web.Request) -> web.Response:
        lacks = request.match_info["name"].startswith("claim")
        return web.json_response({"overall_valid": False}) if lacks else await super().validate(request)


@FAULTS.seed("contradicts-itself-on-completeness", "finds a training complete, and its own description not", "CT-X-9")
class ContradictsItselfOnCompleteness(Rest):
    async def validate(self, request: web.Request) -> web.Response:
        found = json.loads((await super().validate(request)).text or "")
        return web.json_response(found | {"scenario_validation": {"valid": False, "errors": []}})


class _DocumentOfAName(Document):
    """A document whose fingerprint is that of its name."""

    def etag(self) -> str:
        return hashlib.sha256(self.path.name.encode()).hexdigest()[:32]


@FAULTS.seed("keeps-fingerprints", "gives a document that has changed the fingerprint that it had", "CT-X-12")
class KeepsFingerprints(Documents):
    def find(self, name: str, filename: str) -> Document:
        whole = super().find(name, filename)
        return _DocumentOfAName(whole.path, whole.title)


class _DocumentOfToday(Document):
    """A document whose fingerprint is another each time."""

    def etag(self) -> str:
        return secrets.token_hex(16)


@FAULTS.seed("changes-fingerprints", "gives a document that is as it was another fingerprint", "CT-X-12")
class ChangesFingerprints(Documents):
    def find(self, name: str, filename: str) -> Document:
        whole = super().find(name, filename)
        return _DocumentOfToday(whole.path, whole.title)


@FAULTS.seed("keeps-former-trainings", "does not take over a change of a training that it knows", "CT-X-13")
class KeepsFormerTrainings(Scenarios):
    async def _keep(self, config: dict[str, Any]) -> None:
        if all(known.config.get("id") != config["id"] for known in await self.all()):
            await super()._keep(config)


@FAULTS.seed("adds-changed-trainings", "offers a training that has changed beside what it was", "CT-X-13")
class AddsChangedTrainings(Scenarios):
    async def _keep(self, config: dict[str, Any]) -> None:
        for known in await self.all():
            if known.config["id"] == config["id"] and known.title != config["title"]:
                sql = "UPDATE scenarios SET file_path = file_path || id WHERE id = ?"
                await self.database.write(sql, known.id)
        await super()._keep(config)


@FAULTS.seed("shows-sizes-in-letters", "says with a text how many letters it has instead of bytes", "CT-FR-3")
class ShowsSizesInLetters(Rest):
    async def show_document(self, request: web.Request) -> web.Response:
        shown = json.loads((await super().show_document(request)).text or "{}")
        return web.json_response(shown | {"size": len(shown["content"])})


@FAULTS.seed("stops-at-what-is-wrong", "takes no training over while something is wrong with one", "CT-X-16")
class StopsAtWhatIsWrong(Scenarios):
    async def load(self) -> list[str]:
        wrong = [problem for name in self.names() for problem in self.problems(name)]
        return wrong or await super().load()


@FAULTS.seed("misses-missing-documents", "says that a training is complete whose document is missing", "CT-X-16")
class MissesMissingDocuments(Rest):
    async def validate(self, request: web.Request) -> web.Response:
        found = json.loads((await super().validate(request)).text or "")
        return web.json_response(found | {"overall_valid": found["scenario_validation"]["valid"]})


@FAULTS.seed("keeps-documents-in-mind", "gives a document out as it was when it was first asked for", "CT-X-12")
class KeepsDocumentsInMind(Documents):
    _known: ClassVar[dict[tuple[str, str], Document]] = {}

    def find(self, name: str, filename: str) -> Document:
        document = super().find(name, filename)
        return self._known.setdefault((name, filename), _Remembered(document.path, document.title, document.content()))


@dataclass(frozen=True)
class _Remembered(Document):
    """A document whose content is not looked up any more."""

    once: bytes

    def content(self) -> bytes:
        return self.once
