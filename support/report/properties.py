"""The files beside Allure's results that say where, by what and how a run was made."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from support.report.session import session

#: Allure's categories, first match wins; `allurerc.mjs` reads the same file. Their patterns meet the messages of
#: `support.report.allure`.
CATEGORIES = Path(__file__).with_name("categories.json")


def write_properties(folder: Path | str, environment: Mapping[str, str], name: str = "earshot run") -> None:
    """Write environment.properties, categories.json and executor.json.

    Args:
        folder: Allure's results folder; it is made if need be.
        environment: what was tested and with what: versions, deployment, profile. Redacted on the way.
        name: how the run is called in the report; on a pipeline its own name and link are added.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    known = session.redactor.redact(dict(environment))
    _write(folder / "environment.properties", "".join(f"{_key(key)}={_value(known[key])}\n" for key in known))
    _write(folder / "categories.json", CATEGORIES.read_text(encoding="utf-8"))
    _write(folder / "executor.json", json.dumps(_executor(name), indent=2))


def _executor(name: str) -> dict[str, str]:
    """Who ran it: GitHub Actions, GitLab CI, or somebody at a desk."""
    if "GITHUB_RUN_ID" in os.environ:
        url = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}".format_map(os.environ)
        return {"name": "GitHub Actions", "type": "github", "buildName": os.environ["GITHUB_RUN_ID"], "buildUrl": url}
    if "CI_JOB_URL" in os.environ:
        job = os.environ.get("CI_JOB_NAME", name)
        return {"name": "GitLab CI", "type": "gitlab", "buildName": job, "buildUrl": os.environ["CI_JOB_URL"]}
    return {"name": name, "type": "local"}


def _key(text: str) -> str:
    """A key as Allure reads it: it ends at the first space, colon or equals sign."""
    return re.sub(r"[\s=:]+", "_", text)


def _value(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("\n", " ")


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
