"""`earshot steps`: the phrases that scenarios are written in, for people who write scenarios and read no Python."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from rich.console import Console
from rich.markdown import Markdown

from support.core.errors import SuiteError
from support.vocabulary.catalogue import editors, reuse
from support.vocabulary.catalogue.entries import entries, parameters
from support.vocabulary.catalogue.overview import TOPICS, overview
from support.vocabulary.lint.suite import Suite

HOUSE = Path(__file__).parents[3]
PAGE = Path("docs/steps.md")
OVERVIEW = Path("docs/vocabulary.md")
SETTINGS = Path(".vscode/settings.json")


def main(
    words: Sequence[str] = (),
    systems: Sequence[str] = (),
    only_reuse: bool = False,
    write: bool = False,
    root: Path = HOUSE,
) -> int:
    """List the phrases that speak of all `words`.

    Args:
        systems: those whose specs are compared, in the order in which they were written.
        only_reuse: print instead how many phrases each spec shares with those before it.
        write: renew `docs/steps.md` and `docs/vocabulary.md`, and what editors know of the phrases, instead.
        root: the folder that holds `features/`, `steps/` and `docs/`.

    Returns:
        0, or 1 if no phrase speaks of all `words`.

    Raises:
        SuiteError: a feature or step file cannot be read; says where and why.
    """
    suite, console = Suite(root), Console(highlight=False)
    if suite.broken:
        raise SuiteError(f"steps: {suite.broken[0]}")
    if only_reuse:
        reuse.show(reuse.shares(suite, systems), console)
    elif write:
        pages = {PAGE: page(suite), SETTINGS: editors.settings(entries(suite))}
        if (root / TOPICS).exists():
            pages[OVERVIEW] = overview(suite, tomllib.loads((root / TOPICS).read_text(encoding="utf-8")))
        for path, text in pages.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
            console.print(f"written: {root / path}", soft_wrap=True)
    elif found := page(suite, words):
        console.print(Markdown(found))
    else:
        print(f"no phrase speaks of {' and '.join(map(repr, words))}; {_alone(suite, words)}{OVERVIEW} lists topics")
        return 1
    return 0


def _alone(suite: Suite, words: Sequence[str]) -> str:
    """How many phrases speak of each word alone, where there are several words and any such phrase."""
    counts = {word: sum(entry.speaks_of([word]) for entry in entries(suite)) for word in words}
    told = [f"{count} of {word!r} alone" for word, count in counts.items() if count]
    return f"{' and '.join(told)}; " if told and len(words) > 1 else ""


def page(suite: Suite, words: Sequence[str] = ()) -> str:
    """The phrases that speak of all `words`, by topic, and what may stand in their places, as Markdown.

    Returns:
        All that `docs/steps.md` holds if there are no words; "" if no phrase speaks of them.
    """
    known = entries(suite)
    found = [one for one in known if one.speaks_of(words)] or [
        one for one in known if one.speaks_of(words, inside=True)
    ]
    # No escaping: this is Markdown, and phrases stand in it as code.
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), trim_blocks=True, lstrip_blocks=True)
    template = templates.get_template("steps.md.j2")
    return template.render(entries=found, parameters=parameters(found), whole=not words) if found else ""
