"""What each witness says of a run: console, results file, JUnit and Allure, in the same words."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from support.core.clean_text import visible
from support.reporting import results_file

_JUNIT = {"failure": "failed", "error": "broken", "skipped": "not run"}
#: What JUnit and Allure have no word of their own for.
_RESULTS = {"absent": "failed", "not reached": "failed"}
_ALLURE = {"failed": "failed", "broken": "broken", "passed": "passed", "skipped": "not run"}
_RED = re.compile(
    r"^  features/\S+:\d+  (?P<name>.+?)\s*$|^features/\S+:\d+: (?P<late>.+?): failed after its end", re.MULTILINE
)


@dataclass
class Evidence:
    """One run: its exit code, what it printed, and the folder of its reports."""

    code: int
    console: str
    reports: Path

    def results(self) -> dict[str, str]:
        """Statuses by scenario and trouble, as the results file has them."""
        run = results_file.read(self.reports / "results.jsonl")
        said = {visible(o.scenario): "not run" if o.kind == "known" else _plain(o.status) for o in run.outcomes}
        return said | {_anonymous(trouble.where): "broken" for trouble in run.troubles}

    def junit(self) -> dict[str, str]:
        """Statuses by test case, as the JUnit files have them; their sums are checked on the way."""
        said = {}
        for file in (self.reports / "junit").glob("*.xml"):
            suite = Xml.parse(file).getroot()
            for case in suite:
                said[_anonymous(case.attrib["name"])] = _JUNIT[case[0].tag] if len(case) else "passed"
            for tag, count in {"failure": "failures", "error": "errors", "skipped": "skipped"}.items():
                assert int(suite.attrib[count]) == len(suite.findall(f"testcase/{tag}")), file
            assert int(suite.attrib["tests"]) == len(suite), file
        return said

    def allure(self) -> dict[str, str]:
        """Statuses by result, as Allure has them."""
        files = (self.reports / "allure-results").glob("*-result.json")
        results = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        assert len({result["testCaseId"] for result in results}) == len(results), "two results pass for retries of one"
        said = [(_anonymous(result["name"]), _ALLURE[result["status"]]) for result in results]
        return dict(
            sorted(said, key=lambda one: one[1] == "broken")
        )  # beside what a process said: its verdict was lost

    def console_red(self) -> set[str]:
        """The scenarios that the console names as failing or errored."""
        return {found["name"] or found["late"] for found in _RED.finditer(self.console)}

    def verdict_line(self) -> str:
        """The last line of the console that counts."""
        lines = [line for line in self.console.splitlines() if re.match(r"\d+ passed", line)]
        assert lines, self.console
        return lines[-1]


def _plain(status: str) -> str:
    return _RESULTS.get(status, status)


def _anonymous(name: str) -> str:
    return re.sub(r"^process \d+$", "process", name)
