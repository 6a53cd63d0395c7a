"""A campaign for people: on the console, as Markdown, as a page beside the kill matrix's."""

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from support.config.requirements import registry
from support.core.clean_text import for_console, markdown_cell
from support.reporting.pages import templates
from support.verification.mutation.campaign import Campaign
from support.verification.mutation.trial import MutantTrial, State

PAGES = Path("reports/mutation")

#: How a mutant may have fared, from good to bad.
STATES: tuple[State, ...] = ("killed", "equivalent", "void", "failed elsewhere", "not reached", "survived")

_TEMPLATES = templates(Path(__file__).parent)


def line(trial: MutantTrial) -> str:
    """A trial as it ends, in a line."""
    by = f" by {trial.by}" if trial.by else ""
    change = " -> ".join(" ".join(text.split()) for text in (trial.before, trial.after))
    return for_console(f"{trial.state}{by} ({trial.seconds:.0f} s): {trial.file}:{trial.line}: {change}")


def show(campaign: Campaign, console: Console) -> None:
    """Print what was not killed, and the figures."""
    table = Table(title=f"Mutants of {campaign.system} that no scenario notices", title_justify="left")
    for column in ("mutant", "stood there", "stands there", "verdict", "scenarios"):
        table.add_column(column, overflow="fold")
    for trial in worst_first(campaign):
        if trial.state not in ("killed", "equivalent", "void"):
            texts = (escape(for_console(text)) for text in (trial.before, trial.after))
            table.add_row(f"{trial.file}:{trial.line}", *texts, trial.state, str(trial.scenarios))
    console.print(table)
    console.print(summary(campaign), soft_wrap=True)


def summary(campaign: Campaign) -> str:
    """The figures in a line."""
    counts = Counter(trial.state for trial in campaign.trials)
    states = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    return (
        f"{campaign.system}: {100 * campaign.score:.0f} % of the mutants killed that are mistakes: {states}; "
        f"{len(campaign.trials)} of {campaign.total}, {campaign.drawn}; {campaign.seconds:.0f} s"
    )


def worst_first(campaign: Campaign) -> list[MutantTrial]:
    """The trials, those first that need a reader's eye."""
    return sorted(campaign.trials, key=lambda trial: -STATES.index(trial.state))


def write(campaign: Campaign) -> list[Path]:
    """Write the Markdown file and the page. Returns where they are."""
    PAGES.mkdir(parents=True, exist_ok=True)
    table = _TEMPLATES.get_template("mutation.md.j2")
    markdown = table.render(
        campaign=campaign, trials=worst_first(campaign), summary=summary(campaign), cell=markdown_cell
    )
    texts = {PAGES / f"{campaign.system}.md": markdown, PAGES / f"{campaign.system}.html": page(campaign)}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def page(campaign: Campaign) -> str:
    """The campaign as one HTML page that needs nothing else, those mutants first that no scenario noticed."""
    return _TEMPLATES.get_template("mutation.html.j2").render(
        campaign=campaign,
        product=registry.load()[campaign.system].product,
        summary=summary(campaign),
        trials=worst_first(campaign),
        states=STATES,
        counts=Counter(trial.state for trial in campaign.trials),
    )
