"""How far each spec speaks the language of the specs before it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from support.vocabulary.catalogue.entries import steps_by_book
from support.vocabulary.lint.suite import Suite


@dataclass(frozen=True)
class PhraseShare:
    """What one spec says: its scenarios (an outline counts once), its phrases, and those an earlier spec says too."""

    spec: str
    scenarios: int
    phrases: int
    known: int


def shares(suite: Suite, specs: Iterable[str]) -> list[PhraseShare]:
    """Count the phrases of `specs`, in the order in which they were written."""
    steps, known, counted = steps_by_book(suite), set[str](), []
    for spec in specs:
        said = {phrase.text for phrase in suite.phrases if any(map(phrase.fits, steps.get(spec, [])))}
        scenarios = sum(len(file.scenarios) for file in suite.sources if file.spec == spec)
        counted.append(PhraseShare(spec, scenarios, len(said), len(said & known)))
        known |= said
    return counted


def show(counted: list[PhraseShare], console: Console) -> None:
    """Print a row for each spec, and how far a phrase goes."""
    table = Table("spec")
    for title in ("scenarios", "phrases used", "used before", "share"):
        table.add_column(title, justify="right")
    for one in counted:
        share = f"{one.known / one.phrases:.0%}" if one.phrases else "–"
        table.add_row(one.spec, str(one.scenarios), str(one.phrases), str(one.known), share)
    console.print(table)
    scenarios, phrases = sum(one.scenarios for one in counted), sum(one.phrases - one.known for one in counted)
    console.print(f"{scenarios} scenarios, {phrases} phrases: {scenarios / max(phrases, 1):.2f} scenarios per phrase")
