"""JUnit XML from our own outcomes: behave's has no place for what goes wrong outside steps."""

import shutil
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as Xml

from support.report.outcome import Outcome, Run, Trouble
from support.verdict import Verdict

_ELEMENTS = {"failed": "failure", "broken": "error", "not run": "skipped"}
_COUNTS = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def write(run: Run, folder: Path | str) -> None:
    """Write `TESTS-<feature>.xml` for each feature file, and `TESTS-run.xml` for troubles outside every scenario,
    or if nothing was selected.

    The folder is emptied of earlier `TESTS-*.xml`, so that no old green stays beside a new red. Only `<failure>`,
    `<error>` and `<skipped>` are used, as every reader of JUnit files knows them; a known failure is `<skipped>`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("TESTS-*.xml"):
        old.unlink()
    outcomes = sorted(run.outcomes, key=lambda outcome: (outcome.file, outcome.line))
    for file, scenarios in groupby(outcomes, key=lambda outcome: outcome.file):
        name = ".".join(Path(file).with_suffix("").parts[-2:])
        _save(folder / f"TESTS-{name}.xml", name, map(_scenario, scenarios))
    nothing = run.verdict is Verdict.EMPTY and all(outcome.status == "not run" for outcome in outcomes)
    if troubles := run.troubles or ([_empty(run)] if nothing else []):
        _save(folder / "TESTS-run.xml", "run", map(_trouble, troubles))


def _save(path: Path, name: str, cases: Iterable[Xml.Element]) -> None:
    suite = Xml.Element("testsuite", name=name)
    suite.extend(cases)
    _tell_apart(suite)
    counts = Counter(_COUNTS[child.tag] for case in suite for child in case)
    suite.set("tests", str(len(suite)))
    for count in _COUNTS.values():
        suite.set(count, str(counts[count]))
    suite.set("time", f"{sum(float(case.get('time', 0)) for case in suite):.3f}")
    unfinished = path.with_suffix(".tmp")
    Xml.ElementTree(suite).write(unfinished, encoding="utf-8", xml_declaration=True)
    shutil.move(unfinished, path)


def _tell_apart(suite: Xml.Element) -> None:
    """Number cases of one name: of those GitLab shows the first alone, and a red one might hide behind a green one."""
    seen: Counter[str] = Counter()
    for case in suite:
        name = case.attrib["name"]
        seen[name] += 1
        if seen[name] > 1:
            case.set("name", f"{name} ({seen[name]})")


def _scenario(outcome: Outcome) -> Xml.Element:
    case = Xml.Element("testcase", classname=_class(outcome), name=_legal(outcome.scenario), file=outcome.file)
    case.set("line", str(outcome.line))
    case.set("time", f"{outcome.duration:.3f}")
    tag = "skipped" if outcome.kind == "known" else _ELEMENTS.get(outcome.status)
    if tag:
        said = outcome.message or ""
        known = f"known failure: {outcome.reason} ({outcome.issue}): {said}"
        message = known if outcome.kind == "known" else outcome.reason or said
        _explain(Xml.SubElement(case, tag), outcome.at or outcome.status, message, outcome.details, outcome.trace)
    return case


def _class(outcome: Outcome) -> str:
    """Book and feature. Jenkins takes all before the last point for a package, so a title's own points go."""
    return f"{Path(outcome.file).parent.name}.{outcome.feature.replace('. ', ' ').replace('.', '-')}"


def _trouble(trouble: Trouble) -> Xml.Element:
    case = Xml.Element("testcase", classname="run", name=_legal(trouble.where), time="0")
    _explain(Xml.SubElement(case, "error"), trouble.kind, trouble.message, trouble.details, trouble.trace)
    return case


def _empty(run: Run) -> Trouble:
    message = f"{run.verdict.meaning}: {run.empty}".rstrip(": ")
    return Trouble("the run", "suite", message, message, "")


def _explain(element: Xml.Element, kind: str, message: str, details: str | None, trace: str | None) -> None:
    element.set("type", kind)
    element.set("message", _legal(message))
    element.text = _legal(f"{details or ''}\n{trace or ''}".strip())


def _legal(text: str) -> str:
    """Without the control characters that XML 1.0 forbids."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")
