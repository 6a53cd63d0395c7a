"""TOML files that are read into a model; what is wrong with one is a line that names file, key and what is allowed."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from support.core.errors import SuiteError

Model = TypeVar("Model", bound=BaseModel)

#: Keys of earlier versions, and what they are called now.
RENAMED = {"bars": "limits"}


def read(path: Path, model: type[Model], kind: str, **given: str) -> Model:
    """Read and validate a file.

    Args:
        path: where it is.
        model: what it holds.
        kind: what it is called in messages: "profile".
        given: what the file need not say.

    Raises:
        SuiteError: no such file, broken TOML, an unknown key or a wrong value; says file, key and what is allowed.
    """
    try:
        return model.model_validate(given | tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SuiteError(f"{kind}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SuiteError(f"{kind} {path}: not valid TOML: {error}") from error
    except ValidationError as error:
        raise SuiteError(f"{kind} {path}: {explain(error, model)}") from error


def read_folder(folder: Path, model: type[Model], kind: str) -> dict[str, Model]:
    """Read all files of a folder, each named by the `system` that it is about. Raises as `read` does."""
    return {path.stem: read(path, model, kind, system=path.stem) for path in sorted(folder.glob("*.toml"))}


def explain(error: ValidationError, model: type[BaseModel]) -> str:
    """The first thing wrong in a file, in one line: key, what is wrong with it and what is allowed."""
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")  # a typo causes other errors
    key = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        if now := RENAMED.get(str(first["loc"][-1])):
            return f"key {key!r} is called {now!r} now: rename it{more}"
        allowed = ", ".join(_keys_beside(model, first["loc"]))
        return f"unknown key {key!r}; allowed here: {allowed}{more}"
    return f"key {key!r}: {first['msg'].lower()}, not {first['input']!r}{more}"


def _keys_beside(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys that `model` allows where `location` points."""
    here: Any = model
    for part in location[:-1]:
        annotation = here.model_fields[part].annotation if _is_model(here) and part in here.model_fields else here
        here = next((inner for inner in getattr(annotation, "__args__", ()) if _is_model(inner)), annotation)
    return sorted(here.model_fields) if _is_model(here) else []


def _is_model(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseModel)
