"""Scenarios make every request of the contract with bad tokens, so that none can be forgotten."""

import re
from pathlib import Path

from support.drivers.threads.options import OPEN_TO_ALL, REQUESTS

CONTRACT = Path(__file__).parents[2] / "docs/contracts/threads.md"


def shape(request: str) -> str:
    """Method and path, with a star in each place where something stands, without the query."""
    return re.sub(r":\w+|{\w+}", "*", request.split("?")[0])


def test_every_request_in_the_tables_of_the_contract_is_known() -> None:
    tables = re.findall(r"^\| ((?:GET|POST|PUT|DELETE) /[^ |]*)", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(tables) > 40
    assert {shape(request) for request in tables} <= {shape(request) for request in REQUESTS.values()}


def test_what_is_open_to_all_is_requested_at_all() -> None:
    assert set(OPEN_TO_ALL) < set(REQUESTS)
