"""Rules on the shape of a scenario (docs/writing-scenarios.md)."""

import re
from itertools import pairwise

from behave.model import Background, Scenario, Step

from support.vocabulary.lint.finding import Spots
from support.vocabulary.lint.suite import Suite

STEPS = 7
BACKGROUND = 4

_BACK = re.compile(r'^[^"]+ is back\b')
_NOTHING = re.compile(r"\bnothing\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(nothing|nobody|none|never|not|cannot|no (longer|more|further|other))\b", re.IGNORECASE)


def too_many_steps(suite: Suite) -> Spots:
    """A scenario is read at a glance."""
    for scenario in suite.scenarios:
        if len(scenario.steps) > STEPS:
            message = f"{len(scenario.steps)} steps, {STEPS} at most: split it, or say more with fewer phrases"
            yield scenario, message


def background_form(suite: Suite) -> Spots:
    """A background is short and only sets up."""
    for background in _backgrounds(suite):
        if len(background.steps) > BACKGROUND:
            yield background, f"{len(background.steps)} steps in a background, {BACKGROUND} at most: say it shorter"
        for step in background.steps:
            if step.step_type != "given":
                yield step, f"a background has only Given: move this {step.keyword} to the scenarios"


def step_order(suite: Suite) -> Spots:
    """One behaviour: Given, then one block of When, then Then; a journey may go on, and so may the end of an outage."""
    for scenario in suite.scenarios:
        if "journey" in scenario.effective_tags:
            continue
        for before, step in pairwise(scenario.steps):
            if before.step_type == "then" and step.step_type == "when" and not _ends_outage(scenario, step):
                yield step, "a When after a Then is a second behaviour: make it a scenario of its own, or tag @journey"
            if before.step_type != "given" and step.step_type == "given":
                yield step, "a Given after the action: move it before the When"


def _ends_outage(scenario: Scenario, step: Step) -> bool:
    """Whether a step is the recovery from what the scenario has broken."""
    return "breaks_system" in scenario.effective_tags and bool(_BACK.search(step.name))


def missing_part(suite: Suite) -> Spots:
    """Without a When nothing happens, without a Then nothing is claimed."""
    for scenario in suite.scenarios:
        kinds = {step.step_type for step in scenario.steps}
        if kinds and "when" not in kinds:
            yield scenario, "no When: say what happens"
        if kinds and "then" not in kinds:
            yield scenario, "no Then, so it cannot fail: say what can be observed"


def silence_without_control(suite: Suite) -> Spots:
    """Silence means something only if something else was heard: a dead system is silent too."""
    for scenario in suite.scenarios:
        claims = [step for step in scenario.steps if step.step_type == "then"]
        silence = next((step for step in claims if _NOTHING.search(_unquoted(step))), None)
        if silence and all(_DENIAL.search(_unquoted(step)) for step in claims):
            yield silence, "a dead system does nothing either: add a Then that shows it at work, such as what arrives"


def _backgrounds(suite: Suite) -> list[Background]:
    features = [source.feature for source in suite.sources if source.feature]
    containers = [*features, *(rule for feature in features for rule in feature.rules)]
    return [container.background for container in containers if container.background]


def _unquoted(step: Step) -> str:
    """The step's own words, without what is quoted in them."""
    return re.sub(r'"[^"]*"', "", step.name)


RULES = (too_many_steps, background_form, step_order, missing_part, silence_without_control)
