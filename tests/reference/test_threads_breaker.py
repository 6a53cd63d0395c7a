"""When the circuit breaker of the reference ThreadFileSharing server opens."""

import pytest

from reference.threads.breaker import Breaker


@pytest.mark.parametrize(
    ("failures", "opens"),
    [
        (["quick"] * 3, False),
        (["quick"] * 4, True),
        (["hung"] * 2, True),
        (["hung", "quick", "quick"], False),  # a link that swallows what is under way, and refuses what is new
        (["hung", "quick", "quick", "quick"], True),
    ],
)
def test_two_that_hang_or_four_failures_open_it(failures: list[str], opens: bool) -> None:
    breaker = Breaker(4, cooldown=60.0)
    for failure in failures:
        breaker.failed(hung=failure == "hung")
    assert (breaker.opened is not None) is opens


def test_a_success_makes_up_for_all_failures() -> None:
    breaker = Breaker(4, cooldown=60.0)
    breaker.failed(hung=True)
    breaker.succeeded()
    breaker.failed(hung=True)
    assert breaker.opened is None
