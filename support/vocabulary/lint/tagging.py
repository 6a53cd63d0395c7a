"""Rules on tags (docs/writing-scenarios.md)."""

import difflib
from collections.abc import Iterator

from behave.model import ScenarioOutline, Tag

from support.config.requirements import registry
from support.vocabulary.lint import settings
from support.vocabulary.lint.finding import Spots
from support.vocabulary.lint.source import Source
from support.vocabulary.lint.suite import Suite


def unknown_tag(suite: Suite) -> Spots:
    """Tags come from a closed list with meanings; a misspelt one would never be selected."""
    known = {tag for meanings in settings.tags().values() for tag in meanings} | registry.ids()
    for source in suite.sources:
        for tag in _tags(source):
            if tag not in known:
                nearest = difflib.get_close_matches(tag, known, n=1)
                advice = f"did you mean @{nearest[0]}?" if nearest else "support/vocabulary/lint/tags.toml has the tags"
                yield source.place(tag.line), f"@{tag} is no requirement and no known tag: {advice}"


def system_tag(suite: Suite) -> Spots:
    """A feature names its system once, and it is that of its folder."""
    for source in suite.sources:
        if source.feature is None:
            continue
        systems = [tag for tag in source.feature.tags if tag in settings.tags()["system"]]
        if systems != [source.spec]:
            yield source.feature, f"tag the feature @{source.spec}, as its folder, and with no other system"


def requirement_tag(suite: Suite) -> Spots:
    """Every scenario says which requirement of its own spec it shows."""
    for source in suite.sources:
        known = registry.ids(source.spec)
        for scenario in source.scenarios:
            if not known & set(scenario.effective_tags):
                example = f", such as @{min(known)}" if known else ""
                yield scenario, f"add the tag of the requirement it shows, from {source.spec}.toml{example}"


def severity_tag(suite: Suite) -> Spots:
    """A scenario has one severity at most."""
    for scenario in suite.scenarios:
        severities = [f"@{tag}" for tag in scenario.tags if tag in settings.tags()["severity"]]
        if len(severities) > 1:
            yield scenario, f"keep one severity of {' and '.join(severities)}"


def _tags(source: Source) -> Iterator[Tag]:
    if source.feature is None:
        return
    for container in [source.feature, *source.feature.rules, *source.scenarios]:
        yield from container.tags
    for scenario in source.scenarios:
        for examples in scenario.examples if isinstance(scenario, ScenarioOutline) else ():
            yield from examples.tags


RULES = (unknown_tag, system_tag, requirement_tag, severity_tag)
