"""Load only where, and as much as, the profile allows: else one clear line, before anything is sent."""

import pytest

from support.config.profile import LoadSettings
from support.core.errors import SuiteError
from support.load.load_limits import ask

LIMITS = LoadSettings(most_rate=100, most_users=10, longest=60)
HERE = ["http://127.0.0.1:5000", "https://localhost:8443", "http://[::1]:80"]


def test_what_is_within_the_limits_is_allowed() -> None:
    ask(LIMITS, HERE, users=10, seconds=60, rate=100)
    ask(LoadSettings(allowed_hosts=["staging.example"]), ["https://staging.example:8443"], users=1, seconds=1)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"addresses": [*HERE, "https://chat.example.com"]}, r"chat\.example\.com is not ours to load: .*hosts"),
        ({"addresses": ["no address at all"]}, "is not ours to load"),
        ({"rate": 101.0}, "101 a second are more than the profile's load.most_rate = 100 allows"),
        ({"users": 11}, "11 users are more than the profile's load.most_users = 10 allows"),
        ({"seconds": 61.0}, "61 s are more than the profile's load.longest = 60 allows"),
    ],
)
def test_what_is_beyond_them_is_one_line_that_names_the_key(asked: dict[str, object], says: str) -> None:
    with pytest.raises(SuiteError, match=says) as error:
        ask(LIMITS, **({"addresses": HERE, "users": 1, "seconds": 1.0} | asked))  # type: ignore[arg-type]
    assert "\n" not in str(error.value)
