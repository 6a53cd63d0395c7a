"""Steps that go wrong in every way a step can."""

import json
import os
import signal
import time
from pathlib import Path

from behave import given, then, when
from behave.api.pending_step import StepNotImplementedError

from support.errors import StageError

#: As JSON can carry it, and no encoding can: half of a pair.
HALF = r'"\ud83d"'


@given("a step that works")
def works(context):
    pass


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
    raise StageError("the system does not answer any more")


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
