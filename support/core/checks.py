"""Judging: every verdict on the system under test is passed by these two functions.

A bare `assert` is none: Python takes it away under `-O` and `PYTHONOPTIMIZE`, and a broken product would be green.
`earshot lint` forbids it beneath `steps/` and `support/`.
"""

import sys
from typing import NoReturn

from support.core.errors import SuiteError


def check(holds: object, failure: str) -> None:
    """Judge that something holds.

    Args:
        holds: what has to be true.
        failure: what is wrong if it is not, for a reader of the report.

    Raises:
        AssertionError: it does not hold.
    """
    if not holds:
        fail(failure)


def fail(failure: str) -> NoReturn:
    """Judge that the system under test is wrong.

    Raises:
        AssertionError: always.
    """
    raise AssertionError(failure)


def need_docstrings() -> None:
    """See that Python has left the docstrings: what phrases, capabilities and commands mean is read from them.

    Raises:
        SuiteError: it runs with -OO.
    """
    if sys.flags.optimize > 1:
        raise SuiteError("Python runs with -OO (PYTHONOPTIMIZE=2), which drops the words of phrases: use -O or nothing")
