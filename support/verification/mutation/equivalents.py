"""Mutants that are no mistake, or none that a document speaks of: judged by people, in `equivalents.toml`."""

import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from support.config import toml_file
from support.verification.mutation.mutants import Mutant

_FILE = Path(__file__).with_name("equivalents.toml")


class JudgedMutant(BaseModel):
    """One mutant, known by what stood there and what stands there now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    before: str
    after: str
    reason: str
    systems: list[str] = []
    """Those that it is said of; all if it names none. What they share one of them may use, and another may not."""


class JudgedKind(BaseModel):
    """Mutants of one kind, known by a pattern over both texts, with a line feed between them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    files: str = "*"
    reason: str
    systems: list[str] = []


class _Judgements(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    mutant: list[JudgedMutant] = []
    kind: list[JudgedKind] = []


@dataclass(frozen=True)
class Equivalents:
    """All judgements."""

    mutants: list[JudgedMutant]
    kinds: list[JudgedKind]

    def reason(self, mutant: Mutant, system: str) -> str | None:
        """Why a mutant is no mistake in the eyes of a spec; None if no entry says so."""
        before, after = mutant.change
        for one in self.mutants:
            if (one.file, one.before, one.after) == (str(mutant.file), before, after) and _speaks_of(one, system):
                return one.reason
        for kind in self.kinds:
            text = f"{before}\n{after}"
            if fnmatch(str(mutant.file), kind.files) and re.search(kind.pattern, text) and _speaks_of(kind, system):
                return kind.reason
        return None


def _speaks_of(judgement: JudgedMutant | JudgedKind, system: str) -> bool:
    return not judgement.systems or system in judgement.systems


def load(file: Path = _FILE) -> Equivalents:
    """Read the judgements.

    Raises:
        SuiteError: the file is not as it must be.
    """
    found = toml_file.read(file, _Judgements, "judged mutants")
    return Equivalents(found.mutant, found.kind)
