"""The parameter types of the vocabulary: what may stand where a phrase says {user} or {outage}.

Written as plain Cucumber parameter types, so that editors complete them too.
"""

import re
from collections.abc import Iterable

from behave.cucumber_expression import define_parameter_type_with, use_step_matcher_for_cucumber_expressions

from support import credentials
from support.faults import DATABASES, OUTAGES, RESTARTS

BOTS = ("ChatGPT", "Leonid")
PERSON = "user [A-Z]"
PEOPLE = f"{PERSON}(?:(?:, {PERSON})* and {PERSON})?"


def people(text: str) -> list[str]:
    """The persons of a list such as "user A, user B and user C"."""
    return re.findall(PERSON, text)


def register() -> None:
    """Make Cucumber Expressions the language of all step files and define the types. Once per process."""
    use_step_matcher_for_cucumber_expressions()
    define_parameter_type_with("user", PERSON, str)
    define_parameter_type_with("users", PEOPLE, list, people)
    tokens = f"{_one_of(credentials.TOKENS)}|{PERSON}'s token"
    passwords = f"{_one_of(credentials.PASSWORDS)}|{PERSON}'s password"
    define_parameter_type_with("token", tokens, credentials.Forgery, credentials.token)
    define_parameter_type_with("password", passwords, credentials.Forgery, credentials.password)
    define_parameter_type_with("database", _one_of(DATABASES), str)
    define_parameter_type_with("outage", _one_of(OUTAGES), str)
    define_parameter_type_with("restart", _one_of(RESTARTS), str)
    define_parameter_type_with("bot", _one_of(BOTS), str)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(words)
