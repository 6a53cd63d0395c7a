"""The rules of each system's gate: one TOML file for each system, validated."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from behave.tag_expression import make_tag_expression
from behave.tag_expression.builder import TagExpressionProtocol
from cucumber_tag_expressions.parser import TagExpressionError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from support.config import toml_file

FOLDER = Path(__file__).parent

Colour = Literal["green", "yellow", "red"]


def _selects(expression: str, tags: frozenset[str]) -> bool:
    return bool(make_tag_expression(expression, TagExpressionProtocol.V2).check(sorted(tags)))


def _valid(expression: str) -> str:
    try:
        _selects(expression, frozenset())
    except TagExpressionError as error:
        raise ValueError(f"not a tag expression ({error})") from error
    return expression


Words = Annotated[str, Field(min_length=1)]
TagExpression = Annotated[Words, AfterValidator(_valid)]
#: A share, in the words of the documents: "more than 90 %", "at least 80 %".
Limit = Annotated[str, Field(pattern=r"^(more than|at least) \d+(\.\d+)? %$")]


class _RuleModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_RuleModel):
    """The share of what it counts that has to have passed; nothing to count shows nothing, and is red.

    `says` is for a product owner. It counts scenarios (of an outline, each row) or requirements (passed if all their
    scenarios are), those that `select` picks by their tags; a requirement's tags are its id and criticality. What meets
    neither `green` nor `yellow` is red.
    """

    id: Words
    says: Words
    counts: Literal["scenarios", "requirements"]
    select: TagExpression
    green: Limit = "at least 100 %"
    yellow: Limit | None = None

    def selects(self, tags: frozenset[str]) -> bool:
        return _selects(self.select, tags)

    def colour(self, passed: int, total: int) -> Colour:
        if _met(self.green, passed, total):
            return "green"
        return "yellow" if self.yellow and _met(self.yellow, passed, total) else "red"


class Gate(_RuleModel):
    """All rules of one system, the worst of which decides, and the document's words for what a colour decides."""

    system: str
    decision: dict[Colour, Words]
    rule: tuple[Rule, ...] = Field(min_length=1)


def load(folder: Path = FOLDER) -> dict[str, Gate]:
    """Read all gates, by system.

    Raises:
        SuiteError: broken TOML, an unknown key or a wrong value; says file, key and what is allowed.
    """
    return toml_file.read_folder(folder, Gate, "gate")


def _met(limit: str, passed: int, total: int) -> bool:
    *words, limit, _ = limit.split()
    share = Fraction(100 * passed, total) if total else -1  # exact: 90 % is not more than 90 %
    return share > Fraction(limit) if words == ["more", "than"] else share >= Fraction(limit)
