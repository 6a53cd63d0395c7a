"""Allure's results folder: every file appears whole or not at all, from as many processes as like."""

import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from allure_commons.model2 import ATTACHMENT_PATTERN, Attachment, Label, StatusDetails, TestResult
from allure_commons.types import AttachmentType
from attr import asdict

from support.core.clean_text import json_line, visible
from support.core.wording import plain
from support.reporting.outcome import Outcome, Trouble
from support.reporting.plain_words import ENVIRONMENT

#: The label that says where a scenario stands, as file:line.
PLACE = "place"

#: What the results were made with and where, as Allure reads it.
PROPERTIES = "environment.properties"

#: By what name the folder says that its run has not ended.
_UNFINISHED = "unfinished"

_STATUSES = {
    "passed": "passed",
    "failed": "failed",
    "absent": "failed",
    "not reached": "failed",
    "broken": "broken",
    "not run": "skipped",
}
_OURS = ("*-result.json", "*-container.json", "*-attachment.*", PROPERTIES, "*.tmp")


class ResultFolder:
    """Writes test results and attachments into `path`, which is made if need be."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)

    def clear(self) -> None:
        """Remove the results of earlier runs, so that the report shows this one only."""
        for pattern in _OURS:
            for old in self.path.glob(pattern):
                old.unlink(missing_ok=True)

    def write(self, result: TestResult) -> None:
        """Write a result under its uuid; one written before under the same uuid is replaced."""
        self._write(result.file_pattern.format(prefix=result.uuid), _data(result))

    def attach(self, name: str, body: bytes, kind: str) -> Attachment:
        """Keep an attachment; `kind` names one of Allure's `AttachmentType`s."""
        known = AttachmentType[kind.upper()]
        file = ATTACHMENT_PATTERN.format(prefix=new_id(), ext=known.extension)
        self._replace(file, body)
        return Attachment(name=name, source=file, type=known.mime_type)

    def begin(self, unfinished: Trouble) -> None:
        """Remove the results of earlier runs, and show that this one has not ended, until it does (`finish`)."""
        self.clear()
        self.write_trouble(unfinished, _UNFINISHED)

    def finish(self) -> None:
        """The run has ended."""
        (self.path / f"{_UNFINISHED}-result.json").unlink(missing_ok=True)

    def write_trouble(self, trouble: Trouble, uuid: str = "") -> None:
        """Show what went wrong outside every scenario as a broken result of its own."""
        result = _result(trouble.where, "The run itself", trouble.kind)
        result.uuid = uuid or result.uuid
        result.status = "broken"
        message = plain(trouble.details or trouble.message)
        environment = ENVIRONMENT if trouble.kind == "environment" else ""
        result.statusDetails = StatusDetails(message=f"{environment}{message}", trace=trouble.trace or None)
        self.write(result)

    def write_lost(self, outcome: Outcome) -> None:
        """Show a scenario whose process died before it could write it."""
        result = _result(outcome.scenario, outcome.file, outcome.feature)
        result.status, result.statusDetails = verdict(outcome)
        self.write(result)

    def remark(self, outcomes: Iterable[Outcome]) -> None:
        """Show scenarios that turned out flaky as such; they stay as red as they were."""
        remarks = {visible(f"{outcome.file}:{outcome.line}"): outcome for outcome in outcomes}
        for name, result in self._written() if remarks else ():
            found = remarks.get(_place(result))
            if found and result.get("status") == "failed":
                _, details = verdict(found)
                self._write(name, result | {"statusDetails": _data(details)})

    def take_over(self, again: "ResultFolder") -> None:
        """Show what is in another folder in place of the results of the same scenarios."""
        played = {_place(result) for _, result in again._written()}
        for name, result in self._written():
            if _place(result) in played:
                (self.path / name).unlink()
        for file in again.path.glob("*-*.*"):
            shutil.move(file, self.path / file.name)

    def tell_apart(self) -> None:
        """See to it that none passes for a retry of another: of results with one id Allure shows the latest alone.

        Two scenarios of a file can have the same title, and rows the same values; a command line can name a scenario
        twice, and two machines can have run it. All are shown, each with an id of its own.
        """
        taken: set[str] = set()
        for name, result in sorted(self._written(), key=lambda found: (_place(found[1]), found[1].get("start", 0))):
            id, number = result.get("testCaseId", name), 1
            own = id
            while own in taken:
                number += 1
                own = digest(id, str(number))
            taken.add(own)
            if number > 1:
                result |= {"testCaseId": own, "historyId": own, "name": f"{result.get('name', '')} ({number})"}
                self._write(name, result)

    def _written(self) -> list[tuple[str, dict[str, Any]]]:
        paths = sorted(self.path.glob("*-result.json"))
        return [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in paths]

    def _write(self, name: str, result: dict[str, Any]) -> None:
        self._replace(name, json_line(_visible(result)).encode())

    def _replace(self, name: str, body: bytes) -> None:
        unfinished = self.path / f"{name}.{os.getpid()}.tmp"
        unfinished.write_bytes(body)
        unfinished.replace(self.path / name)


def verdict(outcome: Outcome) -> tuple[str, StatusDetails]:
    """How Allure says an outcome: its word for the status, and what is told of it."""
    message = outcome.details or outcome.reason
    if outcome.kind == "environment" and message:
        message = f"{ENVIRONMENT}{plain(message)}"
    if outcome.kind == "known":  # not green, yet no reason to stop: the category "Known failure" collects these
        message = f"Known failure: {outcome.reason}\n{outcome.issue}\n{outcome.details}"
        return "skipped", StatusDetails(message=message, trace=outcome.trace, known=True)
    flaky = outcome.kind == "flaky" or None
    return _STATUSES[outcome.status], StatusDetails(message=message, trace=outcome.trace, flaky=flaky)


def _data(found: TestResult | StatusDetails) -> dict[str, Any]:
    data: dict[str, Any] = asdict(
        found, filter=lambda field, value: bool(value) or value is False or field.name == "value"
    )
    return data


def _place(result: dict[str, Any]) -> str:
    """Where a scenario stands, as file:line; nothing of what is no scenario."""
    return next((str(label["value"]) for label in result.get("labels", ()) if label["name"] == PLACE), "")


def _visible(data: Any) -> Any:
    """The same with all text in it made visible."""
    if isinstance(data, str):
        return visible(data)
    if isinstance(data, dict):
        return {key: _visible(value) for key, value in data.items()}
    return [_visible(one) for one in data] if isinstance(data, list | tuple) else data


def _result(name: str, epic: str, feature: str) -> TestResult:
    result = TestResult(uuid=new_id(), name=name, fullName=f"{epic}: {name}", start=now(), stop=now())
    result.historyId = result.testCaseId = digest(epic, name)
    result.labels = [Label("epic", epic), Label("feature", feature), Label("severity", "blocker")]
    return result


def new_id() -> str:
    """A name for a result or attachment that no other process can choose as well."""
    return str(uuid.uuid4())


def now() -> int:
    """Allure's time: milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def digest(*parts: str) -> str:
    """One short id for several texts, the same in every run."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
