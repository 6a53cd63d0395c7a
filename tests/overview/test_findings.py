"""A finding is one thing that is wrong, however many scenarios met it and in whatever words they say so."""

from support.reporting.first_page.findings import Finding, findings
from support.reporting.outcome import UNTRIED, Outcome


def failed(
    scenario: str, *tags: str, details: str, phrase: str = "{user} is refused", status: str = "failed"
) -> Outcome:
    """A scenario that failed at a phrase."""
    return Outcome(
        scenario=scenario,
        feature="F",
        file="features/chat/1_authorization.feature",
        line=sum(map(ord, scenario)),
        tags=list(tags),
        status=status,  # type: ignore[arg-type]
        kind="product",
        details=details,
        phrase=phrase if status == "failed" else None,
    )


def titles(found: list[Finding]) -> list[list[str]]:
    return [sorted(one.scenario for one in finding.outcomes) for finding in found]


def test_rows_of_one_requirement_are_one_finding_whatever_came_by_chance() -> None:
    one = failed("a garbled token", "STP-1.6", details="user A was to be refused; it was let in")
    other = failed("a blank token", "STP-1.6", details="user A was to be refused; arrived: user B is offline")
    assert titles(findings([one, other])) == [["a blank token", "a garbled token"]]


def test_other_requirements_are_other_findings_though_the_words_are_the_same() -> None:
    one = failed("connects", "STP-1.6", details="user A did not get a refusal")
    other = failed("reads another's list", "STP-1.7", details="user A did not get a refusal")
    assert titles(findings([one, other])) == [["connects"], ["reads another's list"]]


def test_what_could_not_be_tried_hangs_on_what_caused_it() -> None:
    cause = failed("opens a room", "TFS-API-04", details="user A did not succeed: 415", phrase="{user} opens {place}")
    waits = failed("sends", "TFS-API-05", details=f"{UNTRIED}user B did not succeed: 415", status="not reached")
    (found,) = findings([waits, cause])
    assert found.outcomes == [cause]
    assert found.waiting == [waits]
    assert found.requirements == ["TFS-API-04"]


def test_what_could_not_be_tried_for_one_reason_of_its_own_is_one_finding() -> None:
    waits = [
        failed(name, "TFS-API-05", details=f"{UNTRIED}{who} did not succeed: 415", status="not reached")
        for name, who in (("one", "user A"), ("two", "the company owner"))
    ]
    assert titles(findings(waits)) == [["one", "two"]]


def test_what_the_product_lacks_is_one_finding_for_all_that_need_it() -> None:
    lacks = [
        failed(name, id, details="the product has no completion of sessions", status="absent")
        for name, id in (("one", "CT-UX-1"), ("two", "CT-INT-5"))
    ]
    (found,) = findings(lacks)
    assert found.requirements == ["CT-UX-1", "CT-INT-5"]


def test_a_finding_is_as_grave_as_the_gravest_that_hangs_on_it() -> None:
    cause = failed("opens a room", "TFS-API-04", "minor", details="user A did not succeed: 415")
    waits = failed(
        "sends", "TFS-API-05", "blocker", details=f"{UNTRIED}user B did not succeed: 415", status="not reached"
    )
    (found,) = findings([cause, waits])
    assert found.severity == "blocker"
