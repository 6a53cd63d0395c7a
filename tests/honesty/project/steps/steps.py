"""Steps that go wrong in every way a step can."""

import json
import os
import signal
import time
from pathlib import Path

from behave import given, then, when
from behave.api.pending_step import StepNotImplementedError

from support.core.checks import check
from support.core.errors import Absent, EnvironmentFailure
from support.reporting.judging import leave_out

#: As JSON can carry it, and no encoding can: half of a pair.
HALF = r'"\ud83d"'
#: What a server says: signs that end a line for Python and for no file of lines, and signs that steer or are forbidden.
SAID = {
    "line separators": "one\u2028two\u2029three\x85four\x1efive\x0csix",
    "control characters": "\x00\x07\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\ufffe\ud800\u202e]]> and\n::stop-commands::x",
    "five megabytes": "x" * 5_000_000,
}


@given("a step that works")
def works(context):
    pass


@given("a step that fails")
def fails(context):
    check(False, "it was refused")


@when("something is done that the product lacks")
def lacks(context):
    leave_out(context.scenario, Absent("completion of sessions"))


@then("one is {number}")
def is_one(context, number):
    assert number == "one", f"{number} is not one\nthough it was said to be"


@when("an exception is raised")
def raises(context):
    raise ValueError("not what anybody expected")


@when("a step takes too long")
def takes_too_long(context):
    try:
        raise TimeoutError
    except TimeoutError as error:
        raise AssertionError("not done within 5 s") from error


@when("the system dies")
def system_dies(context):
    raise EnvironmentFailure("the system does not answer any more")


@when("the process is killed")
def is_killed(context):
    os.kill(os.getpid(), signal.SIGKILL)


@when("a step is still to be written")
def is_pending(context):
    raise StepNotImplementedError("soon")


@when("a step waits for ever")
def waits(context):
    Path("waiting").touch()
    time.sleep(60)


@when("the server says half a character")
def says_half(context):
    raise AssertionError(f"it said {json.loads(HALF)!s}, and no more")


@when("the server says {what}")
def says(context, what):
    raise AssertionError(f"it said {SAID[what]}, and no more")


@when("the disk loses what was written")
def loses(context):
    results = Path(context.config.userdata.get("results", "reports/results.jsonl"))
    os.truncate(results, results.read_bytes().index(b"\n") + 1)


@then("it holds the {number:d}. time of {count:d}")
def holds_once(context, number, count):
    seen = Path("seen")
    seen.write_text(seen.read_text() + "." if seen.exists() else ".")
    assert len(seen.read_text()) % count == number % count, "not this time"
