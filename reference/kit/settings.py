"""Settings: a frozen dataclass, each field of which says what sets it: an option, a variable of the environment."""

import os
from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, field, fields
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

S = TypeVar("S")


def option(
    default: Any = MISSING, help: str = "", *, variable: str = "", kind: Callable[[str], Any] | None = None
) -> Any:
    """A field that the option of its name sets.

    Args:
        default: its value by default; without one it has to be given.
        help: a few words.
        variable: an environment variable that can set it too; the option wins.
        kind: what makes a value of its text, if its type does not.
    """
    return field(default=default, metadata={"help": help, "variable": variable, "kind": kind})


def whole(least: int) -> Callable[[str], int]:
    """What reads a whole number from `least` on."""

    def read(text: str) -> int:
        if (number := int(text)) < least:
            raise ArgumentTypeError(f"must be at least {least}")
        return number

    return read


def secret(variable: str, default: Any = MISSING) -> Any:
    """A field that only an environment variable sets: a list of processes is no place for it."""
    return field(default=default, repr=False, metadata={"secret": variable})


def add(kind: type[S], options: ArgumentParser) -> None:
    """Let a command line have the options of a settings dataclass."""
    kinds = get_type_hints(kind)
    for entry in fields(kind):  # type: ignore[arg-type]
        if "help" in entry.metadata:
            _add(options, entry, kinds[entry.name])


def chosen(kind: type[S], options: ArgumentParser, given: Namespace) -> S:
    """The settings that a command line and the environment make.

    They end the program with one line if a secret is missing, or if the dataclass raises `ValueError` over them.
    """
    try:
        return kind(**{entry.name: _value(entry, given) for entry in fields(kind)})  # type: ignore[arg-type]
    except ValueError as error:
        options.error(str(error))


def read(kind: type[S], arguments: Sequence[str]) -> S:
    """The settings that a command line with nothing else on it makes."""
    options = ArgumentParser()
    add(kind, options)
    return chosen(kind, options, options.parse_args(arguments))


def _add(options: ArgumentParser, entry: Field[Any], kind: Any) -> None:
    meaning, variable = entry.metadata["help"], entry.metadata["variable"]
    default = os.environ.get(variable, entry.default)
    how: dict[str, Any] = {"default": default, "help": f"{meaning} [{variable}]" if variable else meaning}
    if kind is bool:
        action = BooleanOptionalAction if entry.default else "store_true"
        how |= {"action": action, "default": str(default).lower() != "false"}
    elif get_origin(kind) is Literal:
        how |= {"choices": get_args(kind)}
    elif get_origin(kind) is tuple:
        how |= {"nargs": "+", "type": get_args(kind)[0]}
    else:
        how |= {"type": entry.metadata["kind"] or kind}
    if default is MISSING:
        how |= {"default": None, "required": True}
    options.add_argument(f"--{entry.name.replace('_', '-')}", **how)


def _value(entry: Field[Any], given: Namespace) -> Any:
    variable = entry.metadata.get("secret")
    if variable is None:
        return getattr(given, entry.name)
    value = os.environ.get(variable) or entry.default
    if value is MISSING:
        raise ValueError(f"the environment variable {variable} is not set")
    return value
