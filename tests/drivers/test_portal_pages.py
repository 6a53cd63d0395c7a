"""What the portal's pages say, read without a browser."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.drivers.broker import selectors
from support.drivers.broker.notices import told
from support.drivers.capabilities.portal import Listed
from support.scenario.tasks import portal as at_portal


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("TOTAL MESSAGES\n1,001", {"total messages": 1001}),
        ("Total messages: 12 345 678", {"total messages": 12345678}),
        ("Queued\t1.001\t33.3%", {"queued": 1001}),
        ("Last 24h: 7", {"last 24h": 7}),
    ],
)
def test_large_numbers_are_read_whole(text: str, figures: dict[str, int]) -> None:
    assert selectors.figures(text) | figures == selectors.figures(text)


@pytest.mark.parametrize(
    ("look", "words", "is_praise", "is_complaint"),
    [
        ("alert alert-success", "User created", True, False),
        ("alert alert-danger", "Failed", False, True),
        ("alert alert-warning", "1 certificate is expiring soon", False, False),
        ("alert alert-warning", "Could not revoke it", False, True),
        ("", "Certificate issued", True, False),
        ("", "There is an account of this name already", False, True),
        ("notice notice-success", "The account that could not be found was created", True, False),
        ("", "Welcome", False, False),
    ],
)
def test_praise_and_complaint_are_told_apart_as_people_do(
    look: str, words: str, is_praise: bool, is_complaint: bool
) -> None:
    assert told([(look, words)]) == (words if is_praise else "", words if is_complaint else "")


def test_the_login_form_is_told_by_its_password_and_sends_what_is_hidden() -> None:
    search = '<form action="/search"><input name="q"></form>'
    login = (
        '<form action="/enter"><input type="hidden" name="once" value="1&amp;2"><input name="who">'
        "<input type=password name=secret></form>"
    )
    assert selectors.login_form(search + login, "a@example.com", "right") == (
        "/enter",
        {"once": "1&2", "who": "a@example.com", "secret": "right"},
    )
    assert selectors.login_form(search, "a", "b") == ("/login", {"email": "a", "password": "b"})


@pytest.mark.parametrize("shown", ["487ae848...", "487AE848", "487ae848…", "487ae848-1111-2222-3333-444455556666"])
def test_an_id_is_the_same_however_it_is_shortened(shown: str) -> None:
    assert selectors.mark(shown) == "487ae848"


def test_what_a_lent_client_had_before_is_nobodys_in_this_scenario() -> None:
    world: Any = SimpleNamespace(dispatch=SimpleNamespace(before=frozenset({"487ae848-1111-2222-3333-444455556666"})))
    visitor: Any = SimpleNamespace(mark=selectors.mark)
    old, new = Listed("487ae848", "queued"), Listed("00000000", "queued")
    assert at_portal.newer(world, visitor, [old, new]) == [new]


def test_lists_that_differ_say_where() -> None:
    with pytest.raises(AssertionError, match="user A sees 2 messages in place of 2: missing 1, as b; too many 1, as c"):
        at_portal.same("user A", ["a", "c"], ["b", "a"])
    at_portal.same("user A", ["a", "b"], ["b", "a"])
