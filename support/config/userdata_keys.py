"""What `-D` can set. A misspelt key would change nothing, and the run would be green on something else."""

import difflib
from collections.abc import Mapping

from support.core.errors import SuiteError

#: Begins the names of options for the embedded back end: `server.fault`.
SERVER = "server."
BESIDE, PROCESS = "beside", "process"

#: Key -> what it sets. Those of the second half are for the processes that Earshot starts itself.
KNOWN = {
    "profile": "a profile: its name in profiles/, or its path",
    f"{SERVER}NAME": "an option of the embedded back end, as `server.fault`",
    "trace": "true: stack traces too",
    "allure": "the folder for Allure's results, or off",
    "results": "the file for the results",
    "worker": "true: one process of several",
    "lease": "which share of the profile's accounts, as 2/3",
    "forecasts": "the file with what each scenario would come to",
    "rendezvous": "how many processes begin a scenario together, and the folder where they meet, as 2:FOLDER",
    BESIDE: "how many processes play on the same system at the same time, this one among them",
    PROCESS: "the number of this process in its run, from 1, by which it has its source address",
    "allow_empty": "true: nothing to run is no error",
}
#: behave's own formatters and reporters are set up by keys of this kind.
_BEHAVES_OWN = "behave."
_SWITCHES = ("trace", "worker", "allow_empty")
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
#: What people write -> what they mean.
_MEANT = {key: key for key in KNOWN if "NAME" not in key} | {
    name: f"{SERVER}{option}" for option in ("fault", "lag", "seed") for name in (option, f"{SERVER}{option}")
}


def check(userdata: Mapping[str, str]) -> None:
    """See that every `-D` setting is one that is read, and that none is empty.

    Raises:
        SuiteError: one is not; says which, and which may have been meant.
    """
    for key, value in userdata.items():
        if key.startswith(_BEHAVES_OWN):
            continue
        if key not in KNOWN and not _is_servers(key):
            known = ", ".join(KNOWN)
            raise SuiteError(f"-D {key}={value}: there is no setting {key!r}; {_advice(key)}there are: {known}")
        if not str(value).strip():
            raise SuiteError(f"-D {key}=: it is empty: give a value, or leave it out")
        if key in _SWITCHES and str(value).lower() not in (*_YES, *_NO):
            raise SuiteError(f"-D {key}={value}: write true or false")
    for key, wanted in ((BESIDE, "how many there are"), (PROCESS, "which it is, from 1")):
        if not (number := str(userdata.get(key, "1"))).isdigit() or not int(number):
            raise SuiteError(f"-D {key}={number}: write {wanted}")


def as_options(settings: Mapping[str, object]) -> list[str]:
    """behave's arguments that set these, for a process that Earshot starts. Raises as `check` does."""
    values = {key: str(value) for key, value in settings.items()}
    check(values)
    return [part for key, value in values.items() for part in ("-D", f"{key}={value}")]


def server_options(userdata: Mapping[str, str]) -> dict[str, str]:
    """The options for the embedded back end among the settings, without what they begin with."""
    return {key.removeprefix(SERVER): value for key, value in userdata.items() if _is_servers(key)}


def is_on(userdata: Mapping[str, str], switch: str) -> bool:
    """Whether a switch is on; what is neither yes nor no is refused when the run begins."""
    return str(userdata.get(switch, "")).lower() in _YES


def _is_servers(key: str) -> bool:
    return key.startswith(SERVER) and key != SERVER


def _advice(key: str) -> str:
    """Which key may have been meant, or nothing."""
    head, dot, option = key.lower().partition(".")
    if dot and option and _nearest(head, ["server"]):
        return f"did you mean {SERVER}{option}? "
    nearest = _nearest(key.lower(), list(_MEANT))
    return f"did you mean {_MEANT[nearest]}? " if nearest else ""


def _nearest(word: str, known: list[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, n=1)), None)
