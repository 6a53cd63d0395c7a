"""No name of our own making on a page: accounts, hooks and errors are spoken of in plain words."""

import pytest

from support.core.people import STAGEHAND, Account, People
from support.core.wording import plain
from support.reporting.outcome import Outcome
from support.reporting.plain_words import worded


@pytest.fixture
def people() -> People:
    known = People()
    known.add("user A", Account("A.0123abcd", "secret"))
    known.add("the company owner", Account("owner.1123abcd@example.com", "secret"))
    known.add("user Z", Account("@z.2123abcd:localhost:8008", "secret"))
    known.add(STAGEHAND, Account("the-stagehand.3123abcd", "secret"))
    return known


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("User 'A.0123abcd' must log in", "User 'user A' must log in"),
        ("from A.0123abcd: hello", "from user A: hello"),
        ("owner.1123abcd@example.com and owner.1123abcd.", "the company owner and the company owner."),
        ("@z.2123abcd:localhost:8008 is away", "user Z is away"),
        ('"marker 4123abcd" from the-stagehand.3123abcd', '"marker 4123abcd" from Earshot'),
        ("message from the-stagehand.9123abcd", "message from a user of another scenario"),
        ("message from @B.9123abcd:localhost", "message from a user of another scenario"),
        ("plan-9123abcd.pdf, 3.14159265 and bob@example.com", "plan-9123abcd.pdf, 3.14159265 and bob@example.com"),
    ],
)
def test_people_are_called_by_their_names(people: People, said: str, read: str) -> None:
    assert people.in_words(said) == read


def test_a_failure_is_worded_whole(people: People) -> None:
    failed = Outcome(
        "s", "F", "f.feature", 1, [], "failed", "product", message="no A.0123abcd", details="no A.0123abcd\nB"
    )
    told = worded(failed, people.in_words)
    assert (told.message, told.details) == ("no user A", "no user A\nB")
    assert worded(Outcome("s", "F", "f.feature", 1, [], "passed"), people.in_words).message is None


@pytest.mark.parametrize(
    "said",
    [
        "HOOK-ERROR in before_feature: EnvironmentFailure: it is gone",
        "CLEANUP-ERROR: it is gone",
        "SuiteError: it is gone",
        "it is gone",
    ],
)
def test_our_hooks_and_errors_are_not_named(said: str) -> None:
    assert plain(said) == "it is gone"
