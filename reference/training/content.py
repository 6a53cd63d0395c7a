"""The training scenarios and their documents: one folder each, with a `scenario.toml`, kept in the database too."""

import hashlib
import json
import mimetypes
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reference.kit.parts import part
from reference.training.database import Database, now

EXTENSIONS = (".pdf", ".md", ".txt", ".jpg", ".jpeg", ".png", ".gif")
READABLE = (".md", ".txt")
REQUIRED = {"id": str, "title": str, "duration_minutes": int, "bot_messages": list, "completion": dict}


class NoSuchContent(Exception):  # noqa: N818 - an answer: nothing there
    """There is no such scenario or document; the message names it."""


class AccessDenied(Exception):  # noqa: N818 - an answer: not for you
    """The kind of file is not given out, or its name leads elsewhere."""


@dataclass(frozen=True)
class Scenario:
    """A scenario as it is kept: `config` is the content of its file."""

    id: int
    title: str
    config: dict[str, Any]
    updated_at: str

    @property
    def least_exchanges(self) -> int:
        """How many exchanges complete it."""
        return int(self.config.get("completion", {}).get("min_exchanges", 1))


@part
class Scenarios:
    """What there is to train."""

    folder: Path  # one sub-folder for each scenario
    database: Database  # where they get their numbers

    def names(self) -> list[str]:
        """The scenarios' own ids, in alphabetical order."""
        return sorted(file.parent.name for file in self.folder.glob("*/scenario.toml"))

    def config(self, name: str) -> dict[str, Any]:
        """The content of a scenario's file.

        Raises:
            NoSuchContent: there is no such scenario.
            ValueError: the file is not TOML.
        """
        if name not in self.names():
            raise NoSuchContent(f"Scenario '{name}' not found")
        return tomllib.loads((self.folder / name / "scenario.toml").read_text(encoding="utf-8"))

    def problems(self, name: str) -> list[str]:
        """What is wrong with a scenario's file; nothing, if it can be trained."""
        try:
            config = self.config(name)
        except (NoSuchContent, ValueError) as error:
            return [str(error)]
        return [
            f"{key}: missing, or not a {kind.__name__}" for key, kind in REQUIRED.items() if _lacks(config, key, kind)
        ]

    async def load(self) -> list[str]:
        """Take all sound scenarios over into the database; those known keep their numbers.

        Returns:
            What is wrong with the others, one line each.
        """
        errors = []
        for name in self.names():
            problems = self.problems(name)
            errors += [f"{name}: {problem}" for problem in problems]
            if not problems:
                await self._keep(self.config(name))
        return errors

    async def _keep(self, config: dict[str, Any]) -> None:
        await self.database.write(
            "INSERT INTO scenarios (title, config_json, file_path, updated_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (file_path) DO UPDATE SET title = excluded.title, config_json = excluded.config_json,"
            " updated_at = excluded.updated_at",
            config["title"],
            json.dumps(config),
            str(self.folder / config["id"] / "scenario.toml"),
            now(),
        )

    async def all(self) -> list[Scenario]:
        """Every scenario, the one changed last first."""
        rows = await self.database.fetch("SELECT * FROM scenarios ORDER BY updated_at DESC")
        return [Scenario(row["id"], row["title"], json.loads(row["config_json"]), row["updated_at"]) for row in rows]

    async def find(self, number: int) -> Scenario | None:
        """The scenario with this number."""
        return next((scenario for scenario in await self.all() if scenario.id == number), None)


@dataclass(frozen=True)
class Document:
    """A file that goes with a scenario."""

    path: Path
    title: str

    @property
    def extension(self) -> str:
        return self.path.suffix

    @property
    def mime_type(self) -> str:
        return "text/plain" if self.extension in READABLE else mimetypes.guess_type(self.path.name)[0] or ""

    def content(self) -> bytes:
        return self.path.read_bytes()

    def etag(self) -> str:
        """A fingerprint of the content: as long as it stays the same, so does the content."""
        return hashlib.sha256(self.content()).hexdigest()[:32]

    def modified(self) -> datetime:
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)


@part
class Documents:
    """The files that go with the scenarios."""

    scenarios: Scenarios

    def listed(self, name: str) -> list[Document]:
        """The documents that a scenario names; none for an unknown scenario."""
        if name not in self.scenarios.names():
            return []
        folder = self.scenarios.folder / name
        named = self.scenarios.config(name).get("documents", [])
        return [Document(folder / document["filename"], document["title"]) for document in named]

    def find(self, name: str, filename: str) -> Document:
        """One document.

        Raises:
            AccessDenied: not a kind of file that is given out, or not a plain name.
            NoSuchContent: there is no such scenario or document.
        """
        if name not in self.scenarios.names():
            raise NoSuchContent(f"Scenario '{name}' not found")
        if not self.may_be_served(filename):
            raise AccessDenied("Access denied")
        path = self.scenarios.folder / name / filename
        if not path.is_file():
            raise NoSuchContent(f"Document '{filename}' not found")
        return Document(path, filename)

    def may_be_served(self, filename: str) -> bool:
        """Whether a file of this name may leave the scenario's folder."""
        return Path(filename).suffix in EXTENSIONS and not any(sign in filename for sign in ("/", "\\", "..", "\0"))


def _lacks(config: dict[str, Any], key: str, kind: type) -> bool:
    return not isinstance(config.get(key), kind)
