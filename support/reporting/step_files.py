"""The step files, read once: by this process, or by the one that it was forked from."""

from dataclasses import dataclass
from pathlib import Path

from behave.runner import the_step_registry
from behave.runner_util import load_step_modules
from behave.step_registry import StepRegistry


@dataclass
class _Known:
    folder: Path | None = None


_known = _Known()


def read_ahead(folder: Path) -> None:
    """Read the step files of a folder before behave does."""
    load_step_modules([str(folder)])
    _known.folder = folder


def known(folder: Path) -> StepRegistry | None:
    """The phrases of a folder that was read ahead."""
    return the_step_registry if folder == _known.folder else None
