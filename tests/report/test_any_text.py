"""Whatever others have written, all of Unicode and halves of characters too: every output is whole, and says it."""

import csv
import io
import json
import os
import re
from dataclasses import asdict
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as Xml

from allure_commons import model2
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from support.config.requirements import registry
from support.core.clean_text import json_line, on_one_line, visible
from support.core.redaction import everywhere
from support.core.secret_names import is_secret
from support.load import charts
from support.reporting import annotations, junit, results_file, verdict_table
from support.reporting.allure_files import PLACE, ResultFolder
from support.reporting.console import CleanStream
from support.reporting.first_page import page as overview_page
from support.reporting.first_page.history import PastRun
from support.reporting.first_page.overview import Overview
from support.reporting.gate import command as gate
from support.reporting.gate import rules
from support.reporting.gate.judgement import Case, Judgement, Ruling
from support.reporting.outcome import Outcome, RunResults, Trouble
from support.reporting.run_metadata import RunMetadata, read_properties
from support.reporting.sequence_diagram import draw
from support.reporting.timeline import Moment
from support.reporting.traceability import output as trace
from support.reporting.traceability.matrix import Chapter, Proof, Row, TraceMatrix
from support.verification.kill_matrix import output as killing
from support.verification.kill_matrix.faults import SeededFault
from support.verification.kill_matrix.matrix import KillMatrix
from support.verification.kill_matrix.trial import FaultTrial

#: Every code point, halves of pairs too; those that have a meaning somewhere come more often.
SIGNS = st.one_of(
    st.characters(exclude_categories=()),
    st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\u2028\u2029\u202e\ufffe\uffff\ud800\udfff\r\n\t|<>&\"'`\\%:,={}[]#*_-~$"),
)
TEXT = st.text(SIGNS, max_size=30)
WORST = (
    "\x1b]0;x\x07\x9b8m\x00\ufffe\ud83d\u2028\u202e\r\n::error::x\n##[group]x]]>--><script>&amp;|`a`\\|{{ 1 }}{% x %}"
)

#: In a pipeline the same texts each time: what is found by chance is found on somebody's own machine.
anything = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
    derandomize="CI" in os.environ,
)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def outcomes_of(text: str) -> list[Outcome]:
    """A scenario of each kind in which everything that others fill says this."""
    where: dict[str, Any] = {"scenario": text, "feature": text, "file": f"features/chat/{text}.feature", "tags": [text]}
    said: dict[str, Any] = {"message": text, "details": f"{text}\n{text}", "trace": text, "steps": [text, text],
                            "step": text, "step_keyword": "then", "at": "assertion"}  # fmt: skip
    return [
        Outcome(**where, line=1, status="passed"),
        Outcome(**where, line=2, status="failed", kind="product", **said),
        Outcome(**where, line=3, status="broken", kind="environment", **said),
        Outcome(**where, line=4, status="failed", kind="known", reason=text, issue=text, expires=text, **said),
        Outcome(**where, line=5, status="not run", reason=text),
        Outcome(**where, line=6, status="absent", kind="product", **said),
        Outcome(**where, line=7, status="not reached", kind="product", phrase=text, **said),
    ]


def run_of(text: str) -> RunResults:
    troubles = [Trouble(text, "suite", text, text, text)]
    return RunResults(7, outcomes_of(text), troubles, duration=1.0, empty=text, began="2026-11-29T04:00:00", host=text)


@given(TEXT)
@example(WORST)
@anything
def test_the_ledger_gives_back_what_was_said(text: str) -> None:
    run = run_of(text)
    stubs = [{key: asdict(one)[key] for key in ("scenario", "feature", "file", "line", "tags")} for one in run.outcomes]
    lines = [{"run": run.outcomes[0].worker, "selected": stubs}, *map(asdict, run.outcomes), *map(asdict, run.troubles)]
    end = {"ended": run.outcomes[0].worker, "verdict": 3, "duration": 1.0, "empty": text}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.jsonl"
        path.write_text("".join(map(json_line, [*lines, end])), encoding="utf-8")
        assert not FORBIDDEN.search(path.read_text(encoding="utf-8"))
        read = results_file.read(path)
    whole = json.loads(json.dumps(asdict(run)))  # two halves that meet are one character for JSON
    assert [asdict(one) for one in read.outcomes] == whole["outcomes"]
    assert [asdict(one) for one in read.troubles] == whole["troubles"]


@given(TEXT)
@example(WORST)
@anything
def test_junit_is_xml_and_says_it(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        run = run_of(text)
        junit.write(
            RunResults(outcomes=[plain_file(one) for one in run.outcomes], troubles=run.troubles, host=text), path
        )
        suites = {file.name: Xml.parse(file).getroot() for file in path.iterdir()}
    cases = list(suites["TESTS-chat.1.xml"])
    assert [len(case) for case in cases] == [0, 1, 1, 1, 1, 1, 1]
    failure = cases[1][0]
    assert visible(text.strip()) in (failure.text or "")
    assert failure.attrib["message"] == visible(text)
    assert cases[0].attrib["name"] == on_one_line(text)
    assert suites["TESTS-run.xml"][0][0].attrib["message"] == visible(text)


def plain_file(outcome: Outcome) -> Outcome:
    """A file that any file system takes."""
    return Outcome(**asdict(outcome) | {"file": "features/chat/1.feature"})


@given(TEXT)
@example(WORST)
@anything
def test_the_console_is_not_steered(text: str) -> None:
    said = io.StringIO()
    CleanStream(said, coloured=False).write(f"{text}\n")
    CleanStream(said, coloured=True).write(f"\x1b[31m{text}\x1b[0m\n")
    assert not FORBIDDEN.search(said.getvalue().replace("\x1b[31m", "").replace("\x1b[0m", ""))
    assert not re.search(r"^\s*::|##\[|##vso\[|##teamcity\[", said.getvalue(), re.MULTILINE)
    verdict = str(run_of(text))
    assert "\n" not in verdict
    assert not FORBIDDEN.search(verdict)


@given(TEXT)
@example(WORST)
@anything
def test_a_mark_is_one_command_and_says_it(text: str) -> None:
    lines = list(annotations.github(run_of(text)))
    assert len(lines) == 5
    for line in lines:
        assert len(line.splitlines()) == 1
        found = re.fullmatch(r"::error (?:file=([^,:]*),line=\d,)?title=([^,:]*)::(.*)", line)
        assert found
        assert undone(found[2]) == visible(text)
    assert undone(lines[-1].rpartition("title=")[2].partition("::")[2]) == visible(text)


def undone(text: str) -> str:
    """As the runner of GitHub reads it."""
    for code, sign in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


class _Page(HTMLParser):
    """The tags of a page with their attributes' names, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[str]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [name for name, _ in attributes]))

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(text: str) -> dict[str, str]:
    """All our pages, with this wherever somebody else fills them."""
    now = datetime(2026, 11, 29)
    spec = registry.load()["chat"]
    proof = Proof(text, text, 1, frozenset({text}), "failed", (text,))
    matrix = TraceMatrix((Chapter(spec, (Row(spec.requirement[0], (proof,)),)),), (), now)
    seen = Overview([], [PastRun(now, run_of("before")), PastRun(now, run_of(text))])
    rule = rules.load()["chat"]
    ruling = Ruling(rule.rule[0], 1, (Case(text, frozenset(), "failed", text),))
    fault = SeededFault("swaps-senders", text, ("STP-3.1",))
    kills = KillMatrix("chat", FaultTrial(None, RunResults()), [FaultTrial(fault, run_of(text))], 1.0, ())
    with TemporaryDirectory() as folder:
        judged = gate.write({"chat": Judgement(spec, rule, (ruling,), (text,))}, Path(folder)).read_text("utf-8")
    return {
        "overview": overview_page.page(seen, Path("nowhere")),
        "gate": judged,
        "trace": trace.page(matrix),
        "kill matrix": killing.page(kills),
    }


@given(TEXT.filter(lambda text: bool(visible(text).strip())))
@example(WORST)
@settings(anything, max_examples=25)
def test_pages_show_it_and_nothing_in_it_is_a_tag(text: str) -> None:
    innocent = pages("innocent")
    for name, page in pages(text).items():
        assert not FORBIDDEN.search(page), name
        page.encode()
        found = _Page(page)
        assert found.tags == _Page(innocent[name]).tags, name
        assert on_one_line(text) in " ".join(found.text.split()), name


@given(TEXT)
@example(WORST)
@anything
def test_charts_are_well_formed_and_say_it(text: str) -> None:
    moments = [Moment(0.0, "step", "", text), Moment(0.1, "call", text, text), Moment(0.2, "arrival", "B", text, True)]
    drawn = draw(moments)
    shown = "".join("".join(element.itertext()) for element in Xml.fromstring(drawn.encode()).iter())
    assert "".join(visible(text).split()) in "".join(shown.split()).replace(" ", "")
    assert not FORBIDDEN.search(drawn)
    Xml.fromstring(charts.timeline(text, text, {text: [(0.0, 1.0)]}, {text: 0.5}).encode())


@given(TEXT)
@example(WORST)
@anything
def test_tables_in_markdown_keep_their_cells(text: str) -> None:
    spec = registry.load()["chat"]
    row = Row(spec.requirement[0], (Proof(text, text, 1, frozenset({spec.requirement[0].id}), "failed", (text,)),))
    matrix = TraceMatrix((Chapter(spec, (row,)),), (), None)
    found = Outcome(text, "F", "f", 1, [], "failed", "product", details=text)
    tables = [trace.markdown(matrix), "\n".join(verdict_table._table([found], [None]))]
    for table, place in zip(tables, (2, 1), strict=True):
        assert not FORBIDDEN.search(table)
        tokens = MarkdownIt().enable("table").parse(table)
        assert [token.type for token in tokens].count("tr_open") == 2
        cells = [tokens[index + 1].content for index, token in enumerate(tokens) if token.type == "td_open"]
        assert cells[place].startswith("failed")


@given(TEXT, TEXT)
@example(WORST, WORST)
@anything
def test_allure_reads_it(text: str, other: str) -> None:
    result = model2.TestResult(
        uuid="1", name=text, fullName=text, testCaseId="1", historyId="1", description=text, start=1
    )
    result.parameters, result.labels = (
        [model2.Parameter(text, other)],
        [model2.Label("feature", text), model2.Label(PLACE, text)],
    )
    result.statusDetails, result.status = model2.StatusDetails(message=text, trace=other), "failed"
    result.steps = [model2.TestStepResult(name=text)]
    with TemporaryDirectory() as name:
        folder = ResultFolder(name)
        folder.write(result)
        folder.write_trouble(Trouble(text, "suite", other, other, other))
        folder.write_lost(outcomes_of(text)[4])
        folder.tell_apart()
        files = [path.read_text(encoding="utf-8") for path in Path(name).glob("*-result.json")]
    read = [json.loads(file) for file in files]
    assert not any(FORBIDDEN.search(file) for file in files)
    assert len({one["testCaseId"] for one in read}) == 3
    (own,) = (one for one in read if one["uuid"] == "1")
    assert own.get("name", "") == own["statusDetails"].get("message", "") == visible(text)


@given(TEXT.filter(lambda text: not is_secret(f"k{text}")), TEXT.filter(lambda text: ";" not in text))
@example(WORST, WORST.replace(";", ""))
@example("\\", "\\")
@anything
def test_properties_keep_their_lines(key: str, value: str) -> None:
    with TemporaryDirectory() as folder:
        RunMetadata(folder, everywhere).write({f"k{key}": f"v{value}", "python": "3.11"})
        read = read_properties(Path(folder))
    assert read == {on_one_line(f"k{key}"): on_one_line(f"v{value}"), "python": "3.11"}


def test_rows_of_a_table_are_rows_of_its_attachment() -> None:
    from behave.model import Table

    from support.reporting.allure import _csv

    table = Table(["what"], rows=[["a\u2028b"], ['"c"\r\n,d']])
    assert [row for row in csv.reader(io.StringIO(_csv(table), newline=""))] == [["what"], ["a\u2028b"], ['"c"\r\n,d']]
