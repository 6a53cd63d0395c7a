"""JUnit XML from our own outcomes: behave's has no place for what goes wrong outside steps."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as Xml

from support.core.clean_text import on_one_line, shortened, visible
from support.core.exit_codes import Verdict
from support.reporting.outcome import LONGEST_MESSAGE, Outcome, RunResults, Trouble

_ELEMENTS = {
    "failed": "failure",
    "absent": "failure",
    "not reached": "failure",
    "broken": "error",
    "not run": "skipped",
}
_COUNTS = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def write(run: RunResults, folder: Path | str) -> None:
    """Write `TESTS-<feature>.xml` for each feature file, and `TESTS-run.xml` for troubles outside every scenario,
    or if nothing was selected.

    The folder is emptied of earlier `TESTS-*.xml`, so that no old green stays beside a new red. Only `<failure>`,
    `<error>` and `<skipped>` are used, as every reader of JUnit files knows them; a known failure is `<skipped>`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("TESTS-*.xml"):
        old.unlink()
    suites = list(_suites(run))
    _tell_apart(case for suite in suites for case in suite)
    for suite, name in zip(suites, _distinct(suite.attrib["name"] for suite in suites), strict=True):
        _save(folder / f"TESTS-{name}.xml", suite)


def _suites(run: RunResults) -> Iterator[Xml.Element]:
    """The troubles' comes first: it is the one of which everybody knows the file's name."""
    about = {"timestamp": run.began, "hostname": on_one_line(run.host)}
    about = {name: value for name, value in about.items() if value}
    nothing = run.verdict is Verdict.EMPTY and all(outcome.status == "not run" for outcome in run.outcomes)
    if troubles := run.troubles or ([_empty(run)] if nothing else []):
        yield _suite("run", map(_trouble, troubles), about)
    outcomes = sorted(run.outcomes, key=lambda outcome: (outcome.file, outcome.line, outcome.turn))
    for file, scenarios in groupby(outcomes, key=lambda outcome: outcome.file):
        name = visible(".".join(Path(file).with_suffix("").parts[-2:]))
        yield _suite(name, map(_scenario, scenarios), about)


def _suite(name: str, cases: Iterable[Xml.Element], about: dict[str, str]) -> Xml.Element:
    suite = Xml.Element("testsuite", name=name)
    suite.extend(cases)
    counts = Counter(_COUNTS[child.tag] for case in suite for child in case)
    suite.set("tests", str(len(suite)))
    for count in _COUNTS.values():
        suite.set(count, str(counts[count]))
    suite.set("time", f"{sum(float(case.get('time', 0)) for case in suite):.3f}")
    suite.attrib.update(about)
    return suite


def _save(path: Path, suite: Xml.Element) -> None:
    unfinished = path.with_suffix(".tmp")
    Xml.ElementTree(suite).write(unfinished, encoding="utf-8", xml_declaration=True)
    shutil.move(unfinished, path)


def _tell_apart(cases: Iterable[Xml.Element]) -> None:
    """Number cases of one name, in whichever files.

    Of those GitLab shows the first alone, and a red one might hide behind a green one.
    """
    taken = set()
    for case in cases:
        name, number = case.attrib["name"], 1
        while (case.attrib["classname"], case.attrib["name"]) in taken:
            number += 1
            case.set("name", f"{name} ({number})")
        taken.add((case.attrib["classname"], case.attrib["name"]))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """File names of which none is another's, on file systems that tell no capitals as well."""
    taken: set[str] = set()
    for name in names:
        own, number = name, 1
        while own.casefold() in taken:
            number += 1
            own = f"{name}-{number}"
        taken.add(own.casefold())
        yield own


def _scenario(outcome: Outcome) -> Xml.Element:
    case = Xml.Element("testcase", classname=_class(outcome), name=on_one_line(outcome.scenario))
    case.set("file", visible(outcome.file))
    case.set("line", str(outcome.line))
    case.set("time", f"{outcome.duration:.3f}")
    tag = "skipped" if outcome.kind == "known" else _ELEMENTS.get(outcome.status)
    if tag:
        said = outcome.message or ""
        known = f"known failure: {outcome.reason} ({outcome.issue}): {said}"
        message = known if outcome.kind == "known" else outcome.reason or said
        parts = (outcome.details, _steps(outcome), outcome.trace)
        _explain(Xml.SubElement(case, tag), outcome.at or outcome.status, message, parts)
    return case


def _steps(outcome: Outcome) -> str:
    """Where it went wrong: the scenario's steps up to there."""
    if not outcome.steps:
        return ""
    *before, last = map(on_one_line, outcome.steps)
    return "\n".join([f"{outcome.file}:{outcome.line}", *(f"    {step}" for step in before), f"  > {last}"])


def _class(outcome: Outcome) -> str:
    """Spec, feature and rule. Jenkins takes all before the last point for a package, so a title's own points go."""
    title = ": ".join(filter(None, (outcome.feature, outcome.rule)))
    return f"{visible(Path(outcome.file).parent.name)}.{on_one_line(title).replace('. ', ' ').replace('.', '-')}"


def _trouble(trouble: Trouble) -> Xml.Element:
    case = Xml.Element("testcase", classname="run", name=on_one_line(trouble.where), time="0")
    _explain(Xml.SubElement(case, "error"), trouble.kind, trouble.message, (trouble.details, trouble.trace))
    return case


def _empty(run: RunResults) -> Trouble:
    message = f"{run.verdict.meaning}: {run.empty}".rstrip(": ")
    return Trouble("the run", "suite", message, message, "")


def _explain(element: Xml.Element, kind: str, message: str, parts: Iterable[str | None]) -> None:
    """All of it once, in the text; the message is a line of it."""
    element.set("type", kind)
    element.set("message", visible(shortened(message, LONGEST_MESSAGE)))
    element.text = visible("\n\n".join(filter(None, (part and part.strip() for part in parts))))
