"""Rules on words and titles (docs/writing-scenarios.md)."""

import re
from collections.abc import Iterator

from behave.model import Scenario

from support.vocabulary.lint import settings
from support.vocabulary.lint.finding import Located, Spots
from support.vocabulary.lint.source import Source
from support.vocabulary.lint.suite import Suite

_MANNER = re.compile(r"\b(verif(y|ies|ying)|check(s|ing)?|test(s|ing)?|should)\b", re.IGNORECASE)

_SAID = re.compile(r'"[^"]*"')


def wire_word(suite: Suite) -> Spots:
    """Business words only: the wording would not change if the implementation did."""
    for source in suite.sources:
        for number, line in source.prose():
            for found in settings.wire_words().finditer(line):
                message = f"{found[0]!r} is a word of the wire: say what a user does or observes instead"
                yield source.place(number), message


def vague_subject(suite: Suite) -> Spots:
    """A sentence names who does something; what users say to each other is theirs."""
    vague = re.compile(rf"\b({'|'.join(settings.rules()['subject']['vague'])})\b", re.IGNORECASE)
    for source in suite.sources:
        for number, line in source.prose():
            for found in vague.finditer(_SAID.sub("", line)):
                yield source.place(number), f"name the subject instead of {found[0]!r}: a user, another user, no user"


def title_form(suite: Suite) -> Spots:
    """A title begins with the document's number, if the spec has a pattern for it."""
    for source, form, scenario in _formed(suite):
        if not re.match(form["pattern"], scenario.name):
            yield scenario, f"begin the title as the titles of {source.spec!r} do: {form['example']!r}"


def title_number(suite: Suite) -> Spots:
    """The number in a title is that of one of the scenario's requirements."""
    for _source, form, scenario in _formed(suite):
        number = re.match(form["pattern"], scenario.name)
        tag = number and form["tag"].format(number=number["number"])
        if tag and tag not in scenario.effective_tags:
            yield scenario, f"the title is numbered as {tag}, but the scenario has no tag @{tag}: correct one of them"


def title_manner(suite: Suite) -> Spots:
    """A title states a rule and its outcome, not that a user looks at it."""
    for scenario in suite.scenarios:
        if found := _MANNER.search(scenario.name):
            yield scenario, f"state what holds, not that it is looked at: leave {found[0]!r} out of the title"


def duplicate_title(suite: Suite) -> Spots:
    """No two scenarios and no two features have one title: reports and histories tell them apart by it."""
    features = [source.feature for source in suite.sources if source.feature]
    for statements in (features, suite.scenarios):
        first: dict[str, Located] = {}
        for statement in statements:
            title = " ".join(statement.name.lower().split())
            if title in first:
                other = first[title]
                yield statement, f"{other.filename}:{other.line} has this title already: say what is different here"
            first.setdefault(title, statement)


def _formed(suite: Suite) -> Iterator[tuple[Source, dict[str, str], Scenario]]:
    """The scenarios of specs whose titles have a form."""
    for source in suite.sources:
        if form := settings.rules()["title"].get(source.spec):
            for scenario in source.scenarios:
                yield source, form, scenario


RULES = (wire_word, vague_subject, title_form, title_number, title_manner, duplicate_title)
