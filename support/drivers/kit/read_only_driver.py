"""A driver, and the clients that it gives out, of which only those verbs act that are declared to change nothing."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, cast

from support.core.people import Account
from support.drivers.capabilities import all_capabilities, offers
from support.drivers.kit.driver import System
from support.drivers.kit.read_only import Declaration, declaration, reading, refuse
from support.drivers.kit.scenario_user import ScenarioUser


def protected(system: System) -> System:
    """A driver that refuses all that could change the system, as do its clients; it can do no more and no less else.

    What refuses raises `NotSupported` before it has done anything.
    """

    def client(_: object, user: ScenarioUser) -> object:
        return _guarded(system.client(user), user.people.account(user.role))

    return cast(System, _guarded(system, None, client=client))


def declared(thing: object, verb: str) -> Declaration | None:
    """What a verb is declared as, by the driver itself or by every capability that it is one of.

    Args:
        thing: the driver or client.
        verb: its name. Two capabilities may share it: both have to declare it then.
    """
    if own := declaration(inspect.getattr_static(thing, verb)):
        return own
    kinds = [kind for kind in (System, *all_capabilities()) if verb in vars(kind) and offers(thing, kind)]
    said = {declaration(vars(kind)[verb]) for kind in kinds}
    return said.pop() if len(said) == 1 else None


_SELF = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)


class _Guard:
    """Stands for a driver or client. What it offers stands in its class, where a runtime protocol looks for it."""

    def __init__(self, thing: object, account: Account | None) -> None:
        self._thing = thing
        self._account = account

    @contextmanager
    def _may(self, verb: str, declared_as: Declaration | None, arguments: dict[str, Any]) -> Iterator[None]:
        words = verb.replace("_", " ")
        if declared_as is None:
            refuse(words)
        if declared_as == "signs in":
            account = arguments.get("account", self._account)
            if account is None or not account.own:
                refuse(f"{words}, in an account that the profile does not call the suite's own (own = true)")
            if arguments.get("password", account.password) != account.password:
                refuse(f"{words} with a wrong password")
        with reading(verb):
            yield


def _guarded(thing: object, account: Account | None, **instead: Callable[..., object]) -> object:
    kind, offered = type(thing), {name for name in (*dir(type(thing)), *vars(thing)) if not name.startswith("_")}
    members: dict[str, Any] = {}
    for name in offered:
        static = inspect.getattr_static(thing, name)  # a verb may be that of a part which the client has
        verb = getattr(static, "__func__", static)
        members[name] = _verb(thing, name, verb) if inspect.isfunction(verb) else _attribute(name)
    return type(f"Protected{kind.__name__}", (_Guard,), members | instead)(thing, account)


def _attribute(name: str) -> property:
    def read(guard: _Guard) -> Any:
        return getattr(guard._thing, name)

    def write(guard: _Guard, value: object) -> None:
        setattr(guard._thing, name, value)

    return property(read, write)


def _verb(thing: object, name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    kind, named = declared(thing, name), inspect.signature(getattr(thing, name))

    def arguments(*given: object, **by_name: object) -> dict[str, Any]:
        return named.bind(*given, **by_name).arguments

    @wraps(verb)
    async def play(guard: _Guard, *given: object, **by_name: object) -> Any:
        with guard._may(name, kind, arguments(*given, **by_name)):
            return await getattr(guard._thing, name)(*given, **by_name)

    @wraps(verb)
    def play_at_once(guard: _Guard, *given: object, **by_name: object) -> Any:
        with guard._may(name, kind, arguments(*given, **by_name)):
            return getattr(guard._thing, name)(*given, **by_name)

    chosen: Any = play if inspect.iscoroutinefunction(verb) else play_at_once
    chosen.__signature__ = named.replace(parameters=[_SELF, *named.parameters.values()])
    return cast(Callable[..., Any], chosen)
