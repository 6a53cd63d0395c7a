"""Branches that no scenario need reach, each with its reason: `exceptions.toml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from support.config import toml_file

_FILE = Path(__file__).with_name("exceptions.toml")


class Excuse(BaseModel):
    """Why a branch need not be reached.

    It is known by the text of its line and of the one that it leads to, "the end" for that of a function, so that it is
    found again when lines have moved.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    line: str
    goes: str
    reason: str

    @property
    def system(self) -> str:
        """Whose back end it is of."""
        return Path(self.file).parts[1]


class _Excuses(BaseModel):
    model_config = ConfigDict(extra="forbid")

    branch: list[Excuse] = []


def load(file: Path = _FILE) -> list[Excuse]:
    """All of them.

    Raises:
        SuiteError: the file is not as it must be.
    """
    return toml_file.read(file, _Excuses, "excused branches").branch
