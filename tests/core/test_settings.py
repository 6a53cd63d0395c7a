"""`-D`: every setting is one that somebody reads, and what nobody reads is refused with the nearest one."""

import pytest

from support.config import userdata_keys
from support.core.errors import SuiteError

MISSPELT = [
    ("profil", "profile"),
    ("Profile", "profile"),
    ("porfile", "profile"),
    ("sever.fault", "server.fault"),
    ("Server.fault", "server.fault"),
    ("sevrer.keep-alive-limit", "server.keep-alive-limit"),
    ("fault", "server.fault"),
    ("lag", "server.lag"),
    ("alure", "allure"),
    ("resluts", "results"),
    ("Trace", "trace"),
]


@pytest.mark.parametrize(("key", "meant"), MISSPELT)
def test_a_misspelt_key_is_refused_with_the_nearest(key: str, meant: str) -> None:
    with pytest.raises(SuiteError, match=f"there is no setting '{key}'; did you mean {meant}\\?"):
        userdata_keys.check({key: "x"})


@pytest.mark.parametrize("key", ["zzz", "server.", "x.y"])
def test_what_is_near_to_nothing_is_refused_with_all_there_are(key: str) -> None:
    with pytest.raises(SuiteError, match=r"there are: profile, server\.NAME, trace"):
        userdata_keys.check({key: "x"})


@pytest.mark.parametrize(("key", "value", "says"), [
    ("profile", "", "it is empty"), ("server.fault", " ", "it is empty"), ("trace", "ja", "write true or false"),
    ("beside", "true", "write how many there are"), ("process", "0", "write which it is, from 1")
])  # fmt: skip
def test_a_value_that_says_nothing_is_refused(key: str, value: str, says: str) -> None:
    with pytest.raises(SuiteError, match=says):
        userdata_keys.check({key: value})


def test_a_process_is_given_nothing_that_it_would_refuse() -> None:
    assert userdata_keys.as_options({"worker": "true", "beside": 2}) == ["-D", "worker=true", "-D", "beside=2"]
    with pytest.raises(SuiteError, match=r"-D beside=true: write how many there are"):
        userdata_keys.as_options({"beside": "true"})


def test_what_there_is_is_taken() -> None:
    given = {key: "true" for key in userdata_keys.KNOWN if "NAME" not in key}
    given |= {"beside": "2", "process": "3"}
    userdata_keys.check(given | {"server.fault": "x", "behave.reporter.junit.show_timings": "no"})
    assert userdata_keys.server_options(given | {"server.fault": "x"}) == {"fault": "x"}
