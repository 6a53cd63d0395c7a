"""The verdict names all that happened, and the exit code is as documented."""

import pytest

from support.errors import InvalidMeasurement, StageError
from support.report import outcome
from support.report.outcome import Kind, Outcome, Run
from support.report.redact import Redactor
from support.verdict import Verdict


@pytest.mark.parametrize(
    ("kinds", "code", "words"),
    [
        (["product", "product", "invalid"], Verdict.SUITE, "the product failed, and a measurement is invalid"),
        (["invalid"], Verdict.SUITE, "a measurement is invalid"),
        (["interrupted", "flaky"], Verdict.SUITE, "the product failed, and the run was interrupted"),
        (["suite", "product"], Verdict.SUITE, "the product failed, and the suite is broken"),
        (["environment"], Verdict.STAGE, "the system could not be reached or started"),
        (["product"], Verdict.PRODUCT, "the product failed"),
    ],
)
def test_the_headline_names_what_happened(kinds: list[Kind], code: Verdict, words: str) -> None:
    status = {"product": "failed", "flaky": "failed"}
    outcomes = [
        Outcome(f"s {line}", "F", "f", line, [], status.get(kind, "broken"), kind)  # type: ignore[arg-type]
        for line, kind in enumerate(kinds)
    ]
    run = Run(len(outcomes), outcomes)
    assert run.verdict is code
    assert str(run).endswith(f": {words}")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (InvalidMeasurement("too late"), "invalid"),
        (KeyboardInterrupt(), "interrupted"),
        (StageError("gone"), "environment"),
        (ValueError("?"), "suite"),
    ],
)
def test_each_family_of_errors_is_of_its_kind(error: BaseException, kind: str) -> None:
    assert outcome.trouble("somewhere", error, Redactor()).kind == kind
