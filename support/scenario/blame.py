"""Whose doing an exception is that has come out of a step: the product's, the environment's, or the suite's own.

What the product does is the product's, however it reaches us. A step that lets through what a driver or a client has
raised (`Rejected`, `Unreachable`, aiohttp's, websockets', Socket.IO's and Playwright's own errors, a broken connection)
has found the product wanting. So has a driver that trips over an answer: a `KeyError` after something was heard says
that what came is not built as agreed, or that the driver knows it badly; the failure names both. Only what trips before
anything was heard in a step, and after nothing was refused, is the suite's. What our own stores, stand-ins and
processes fail in is the environment's.
"""

from types import TracebackType

from support.core.errors import EarshotError, EnvironmentFailure, NotUnderstood, Untried
from support.core.resource_shortage import shortage
from support.core.transcript import HEARD, Exchange
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.http import Unreachable
from support.drivers.clients.socketio import ConnectionRefused
from support.drivers.clients.websocket import HandshakeRefused

#: Whose exceptions tell of a connection, by the first part of their module's name; and Python's own.
_LIBRARIES = ("aiohttp", "websockets", "socketio", "engineio", "playwright")
_STORES = ("redis", "psycopg", "pymysql", "aiobotocore", "botocore")
_CONNECTION = (OSError, EOFError, TimeoutError)
#: What no answer can cause: code that is not there, or not finished.
_DEFECTS = (NameError, ImportError, SyntaxError, NotImplementedError, MemoryError, RecursionError)

#: Beneath which folders an exception comes from the product, and where it comes from what belongs to us.
_OURS = ("support.drivers.stores.", "support.drivers.kit.llm_stub.", "support.environments.")
_PRODUCT = ("support.drivers.",)

#: Characters of an answer that a failure shows.
_SHOWN = 200


def verdict_on(error: Exception, heard: Exchange | None, *, refused: bool = False) -> Exception | None:
    """What an exception out of a step says of the product or of the environment.

    Args:
        error: what the step has let through.
        heard: the last thing that came from the product in this step; None if nothing has.
        refused: whether an earlier step did not get what it wanted: a driver misses then what it would have known.

    Returns:
        An `AssertionError` if the product is at fault, `NotUnderstood` if it may be the driver, `EnvironmentFailure`
        if the environment is, each in words for a reader of the report; None if the error stands as it is: a verdict
        already, or a defect of the suite.
    """
    if isinstance(error, AssertionError | EarshotError):
        return None
    if short := shortage(error):
        return EnvironmentFailure(f"{short} ({_named(error)})")
    if answer := _answered(error):
        return AssertionError(answer)
    room, place = _origin(error.__traceback__)
    if room in _OURS and _is_of_a_connection(error):
        return EnvironmentFailure(f"what belongs to the test environment failed: {_named(error)} ({place})")
    if room not in _PRODUCT:
        return None
    if _is_of_a_connection(error):
        return AssertionError(f"the connection failed: {_named(error)} ({place})")
    if _is_of_reading(error, heard):
        came = f"; the last that came was: {_shown(heard)}" if heard else ""
        return NotUnderstood(
            f"the answer was not understood: {_named(error)} ({place}){came}; "
            "either it is not what was agreed, or the driver is wrong"
        )
    if refused and isinstance(error, LookupError):
        return Untried(f"this could not be tried, for something is missing: {_named(error)} ({place})")
    return None


def _answered(error: Exception) -> str:
    """The words for an answer that a driver or a client has raised; empty if the error is none."""
    if isinstance(error, Unavailable):
        return f"the system could not serve: {_said(error)}"
    if isinstance(error, Rejected):
        return f"the system refused: {_said(error)}"
    if isinstance(error, HandshakeRefused | ConnectionRefused):
        return f"the system refused the connection: {_said(error)}"
    return f"no answer: {_said(error)}" if isinstance(error, Unreachable) else ""


def _said(error: Exception) -> str:
    return str(error).strip() or "no reason was given"


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _is_of_a_connection(error: Exception) -> bool:
    library = type(error).__module__.partition(".")[0]
    return library in (*_LIBRARIES, *_STORES) or isinstance(error, _CONNECTION)


def _is_of_reading(error: Exception, heard: Exchange | None) -> bool:
    """Whether a driver may have tripped over what came: a library that reads says so, as jwt; Python says anything."""
    if isinstance(error, _DEFECTS):
        return False
    return heard is not None or type(error).__module__ != "builtins"


def _origin(trace: TracebackType | None) -> tuple[str, str]:
    """The innermost room of `_OURS` or `_PRODUCT` that an exception has passed through, and the line there."""
    room = place = ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__"))
        found = next((one for one in (*_OURS, *_PRODUCT) if f"{module}.".startswith(one)), None)
        if found:
            room, place = found, f"{module.replace('.', '/')}.py:{trace.tb_lineno}"
        trace = trace.tb_next
    return room, place


def _shown(heard: Exchange) -> str:
    said = heard.what if heard.payload is None else f"{heard.what} {heard.payload!r}"
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def last_heard(exchanges: list[Exchange]) -> Exchange | None:
    """The last of these that came from the product."""
    return next((one for one in reversed(exchanges) if one.direction == HEARD), None)
