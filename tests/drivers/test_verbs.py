"""A client has its verbs in the form that their capability gives them."""

import importlib
import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from support.drivers import capabilities
from support.drivers.kit.person import HttpPerson


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def classes(package: ModuleType) -> list[type]:
    """Those that it defines, in one order: pytest's processes have to find the same tests."""
    found = {one for module in modules(package) for one in vars(module).values() if inspect.isclass(one)}
    own = [one for one in found if one.__module__.startswith(f"{package.__name__}.")]
    return sorted(own, key=lambda one: (one.__module__, one.__qualname__))


def needed(verb: Any) -> int:
    """How many arguments it has to be given."""
    parameters = inspect.signature(verb).parameters.values()
    return sum(one.default is one.empty and one.kind is not one.VAR_KEYWORD for one in parameters)


def verbs() -> dict[str, set[int]]:
    """How many arguments each verb takes; two capabilities may have verbs of one name."""
    found = defaultdict[str, set[int]](set)
    for capability in classes(capabilities):
        for name, verb in vars(capability).items() if getattr(capability, "_is_protocol", False) else ():
            if inspect.isfunction(verb):
                found[name].add(needed(verb))
    return found


VERBS = verbs()
CLIENTS = [
    client
    for name in ("broker", "chat", "dashboard", "matrix", "threads", "training")
    for client in classes(importlib.import_module(f"support.drivers.{name}"))
    if issubclass(client, HttpPerson)
]


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__qualname__)
def test_each_verb_takes_what_its_capability_says(client: type) -> None:
    own = {name: needed(verb) for name, verb in vars(client).items() if inspect.isfunction(verb) and name[0] != "_"}
    assert not [name for name, count in own.items() if name in VERBS and count not in VERBS[name]]
