"""How the pages speak of what went wrong: in words for everybody, without names of our own making."""

from collections.abc import Callable
from dataclasses import replace

from support.reporting.outcome import Outcome

#: What a message about a system that is not there begins with in the Allure report; its category goes by that.
ENVIRONMENT = "Environment: "


def worded(outcome: Outcome, in_words: Callable[[str], str]) -> Outcome:
    """An outcome whose message calls people by the names that they have in the scenario."""
    message, details = (text and in_words(text) for text in (outcome.message, outcome.details))
    return replace(outcome, message=message, details=details)
