"""The files beside Allure's results that say where, by what and how a run was made."""

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from support.core.clean_text import on_one_line
from support.core.redaction import Redactor
from support.reporting.allure_files import PROPERTIES

#: Allure's categories, first match wins; `allurerc.mjs` reads the same file. Their patterns meet the messages of
#: `support.reporting.allure`.
CATEGORIES = Path(__file__).with_name("categories.json")

#: Between the values of processes or machines that are not alike in something.
_OR = "; "
#: A line of environment.properties. A backslash and what it stands before are one character of the key.
_PROPERTY = re.compile(r"(?P<key>(?:\\.|[^=\\])*)=(?P<value>.*)")


class RunMetadata:
    """Writes environment.properties, categories.json and executor.json, for one process of a run.

    Args:
        folder: Allure's results folder; it is made if need be. Nothing is written if it is None.
        redactor: masks what is written.
        name: how the run is called in the report; on a pipeline its own name and link are added.
    """

    def __init__(self, folder: Path | str | None, redactor: Redactor, name: str = "earshot run") -> None:
        self._folder = Path(folder) if folder is not None else None
        self._redactor, self._name = redactor, name
        self._said: Mapping[str, str] = {}

    def write(self, environment: Mapping[str, str]) -> None:
        """Say what is tested and with what: versions, deployment, profile. Redacted on the way.

        What other processes of the run have said stays; where it differs, all of it is shown. A figure that has grown
        takes the place of what this process said before.
        """
        folder = self._folder
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        known = self._redactor.redact(dict(environment))
        told = {on_one_line(key): on_one_line(str(value)) for key, value in known.items()}
        with _alone(folder):
            _join(folder, told, instead_of=self._said)
            self._said = told
            _write(folder / "categories.json", CATEGORIES.read_text(encoding="utf-8"))
            _write(folder / "executor.json", json.dumps(_executor(self._name), indent=2))


def gather(machine: Path, folder: Path) -> None:
    """Put the results of another machine to those in `folder`, with what it says of its environment."""
    shutil.copytree(machine, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(PROPERTIES))
    with _alone(folder):
        _join(folder, read_properties(machine))


def read_properties(folder: Path) -> dict[str, str]:
    """What the results in a folder say of where and with what they were made; nothing if they say nothing."""
    path = folder / PROPERTIES
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    pairs = filter(None, map(_PROPERTY.fullmatch, lines))
    return {_unescaped(pair["key"]): _unescaped(pair["value"]) for pair in pairs}


def _join(folder: Path, more: Mapping[str, str], instead_of: Mapping[str, str] | None = None) -> None:
    known, former = read_properties(folder), instead_of or {}
    for key, value in more.items():
        outdated = former.get(key, "").split(_OR)
        values = [*(one for one in known.get(key, "").split(_OR) if one not in outdated), *value.split(_OR)]
        known[key] = _OR.join(dict.fromkeys(filter(None, values)))
    _write(folder / PROPERTIES, "".join(f"{_key(key)}={_value(known[key])}\n" for key in known))


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep the run's other processes from writing at the same time."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _executor(name: str) -> dict[str, str]:
    """Who ran it: GitHub Actions, GitLab CI, or a user at a desk."""
    if "GITHUB_RUN_ID" in os.environ:
        url = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}".format_map(os.environ)
        return {"name": "GitHub Actions", "type": "github", "buildName": os.environ["GITHUB_RUN_ID"], "buildUrl": url}
    if "CI_JOB_URL" in os.environ:
        job = os.environ.get("CI_JOB_NAME", name)
        return {"name": "GitLab CI", "type": "gitlab", "buildName": job, "buildUrl": os.environ["CI_JOB_URL"]}
    return {"name": name, "type": "local"}


def _key(text: str) -> str:
    """A key as Allure reads it: spaces, colons and equals signs would end it if nothing stood before them."""
    return re.sub(r"([\s=:\\])", r"\\\1", text)


def _value(value: str) -> str:
    return value.replace("\\", "\\\\")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
