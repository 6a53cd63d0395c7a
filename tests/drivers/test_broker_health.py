"""What a component of the broker says of its parts, as the scenarios judge it."""

import pytest

from support.drivers.broker.monitoring_client import parts_of


@pytest.mark.parametrize(("word", "said"), [("healthy", True), ("unhealthy", False), ("on fire", False)])
def test_a_part_is_well_or_ill_by_its_word(word: str, said: bool) -> None:
    assert parts_of({"redis": word}) == {"Redis": said}


def test_unknown_is_no_word_of_being_ill() -> None:
    assert parts_of({"redis": "healthy", "main_server": "unknown"}) == {"Redis": True}
