"""What the documents demand: one TOML file for each system, validated."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from support.config import toml_file
from support.core.errors import SuiteError

FOLDER = Path(__file__).parent

#: What a requirement's id looks like, and no other tag.
ID = r"^[A-Z]+(-[A-Za-z0-9.]+)+$"

#: The section of demands that no document makes.
OURS = "Beyond the document"


class _RequirementModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(_RequirementModel):
    """Where a demand stands in its document: the title of the section, and the number there."""

    section: str
    number: str


class Requirement(_RequirementModel):
    """One demand.

    `demands` is one sentence of our own that keeps the document's meaning; `not_applicable` is the reason why no
    scenario can show it; `decided_by` are the rules of the gate that decide it, where it sums up what scenarios show.
    """

    id: str = Field(pattern=ID)
    demands: str = Field(min_length=1)
    criticality: Literal["blocker", "critical", "normal", "minor"]
    place: Section
    not_applicable: str | None = Field(default=None, min_length=1)
    decided_by: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it is a demand of our own, which the document does not make and no gate of it counts."""
        return self.place.section == OURS


class Spec(_RequirementModel):
    """All that one document demands of one system."""

    system: str
    product: str
    document: str
    requirement: tuple[Requirement, ...] = Field(min_length=1)


def sentences() -> dict[str, str]:
    """What each requirement demands, by its id, over all specs."""
    return {requirement.id: requirement.demands for spec in load().values() for requirement in spec.requirement}


def load(folder: Path = FOLDER) -> dict[str, Spec]:
    """Read all specs of requirements, by system.

    Raises:
        SuiteError: broken TOML, an unknown key, a wrong value or an id that stands twice; says file, key and what is
            allowed.
    """
    specs = toml_file.read_folder(folder, Spec, "requirements")
    ids = Counter(requirement.id for spec in specs.values() for requirement in spec.requirement)
    twice = [id for id, count in ids.items() if count > 1]
    if twice:
        raise SuiteError(f"requirements in {folder}: {', '.join(twice)} stands twice; give each demand its own id")
    return specs


@cache
def ids(system: str | None = None) -> frozenset[str]:
    """The ids of all requirements, or those of one system; none if the system has no spec."""
    specs = load()
    wanted = specs.values() if system is None else [specs[system]] if system in specs else []
    return frozenset(requirement.id for spec in wanted for requirement in spec.requirement)
