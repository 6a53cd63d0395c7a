"""The verdict names all that happened, and the exit code is as documented."""

import pytest

from support.core.errors import EnvironmentFailure, InvalidMeasurement, NotUnderstood
from support.core.exit_codes import Verdict
from support.core.redaction import Redactor
from support.reporting import judging
from support.reporting.outcome import Kind, Outcome, RunResults


@pytest.mark.parametrize(
    ("kinds", "code", "words"),
    [
        (["product", "product", "invalid"], Verdict.SUITE, "the product failed, and a measurement is invalid"),
        (["invalid"], Verdict.SUITE, "a measurement is invalid"),
        (["interrupted", "flaky"], Verdict.SUITE, "the product failed, and the run was interrupted"),
        (["suite", "product"], Verdict.SUITE, "the product failed, and the suite is broken"),
        (["environment"], Verdict.ENVIRONMENT, "the system could not be reached or started"),
        (["product"], Verdict.PRODUCT, "the product failed"),
        (["product", "unclear"], Verdict.PRODUCT, "the product failed, and some answers were not understood"),
    ],
)
def test_the_headline_names_what_happened(kinds: list[Kind], code: Verdict, words: str) -> None:
    status = {"product": "failed", "unclear": "failed", "flaky": "failed"}
    outcomes = [
        Outcome(f"s {line}", "F", "f", line, [], status.get(kind, "broken"), kind)  # type: ignore[arg-type]
        for line, kind in enumerate(kinds)
    ]
    run = RunResults(len(outcomes), outcomes)
    assert run.verdict is code
    assert str(run).endswith(f": {words}")


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (["passed", "passed"], "green"),
        (["passed", "not run", "not run"], "green, 2 not run"),
        (["passed", "known", "not run"], "green, 1 failed as known, 1 not run"),
        (["not run"], "nothing has failed, for nothing was tried, 1 not run"),
    ],
)
def test_a_green_run_says_what_it_does_not_speak_of(statuses: list[str], words: str) -> None:
    outcomes = [
        Outcome(f"s {line}", "F", "f", line, [], "failed" if status == "known" else status, kind)  # type: ignore[arg-type]
        for line, status in enumerate(statuses)
        for kind in ["known" if status == "known" else None]
    ]
    run = RunResults(len(outcomes), outcomes)
    assert run.verdict is Verdict.GREEN
    assert run.headline == words
    assert str(run).endswith(f": {words}")


def test_a_system_that_is_not_there_is_told_once_and_without_names_of_ours() -> None:
    why = "chat: http://127.0.0.1:9 cannot be reached: nothing listens there"
    lost = Outcome("s", "F", "f", 1, [], "broken", "environment", at="hook",
                   message=f"HOOK-ERROR in before_feature: EnvironmentFailure: {why}")  # fmt: skip
    left = Outcome("t", "F", "g", 1, [], "not run", reason=f"its system is not there: {why}")
    assert str(RunResults(2, [lost, left])) == (
        f"0 passed, 1 broken, 1 not run (its system is not there: {why}): the system could not be reached or started"
    )
    assert str(RunResults(1, [lost])) == (f"0 passed, 1 broken; {why}: the system could not be reached or started")


def test_what_was_not_understood_may_be_the_drivers_fault() -> None:
    assert judging._kind("failed", NotUnderstood("?")) == "unclear"
    assert judging._kind("not reached", NotUnderstood("?")) == "unclear"
    assert judging._kind("failed", AssertionError("?")) == "product"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (InvalidMeasurement("too late"), "invalid"),
        (KeyboardInterrupt(), "interrupted"),
        (EnvironmentFailure("gone"), "environment"),
        (ValueError("?"), "suite"),
    ],
)
def test_each_family_of_errors_is_of_its_kind(error: BaseException, kind: str) -> None:
    assert judging.trouble("somewhere", error, Redactor()).kind == kind
