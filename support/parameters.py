"""The parameter types of the vocabulary: what may stand where a phrase says {user} or {outage}.

Written as plain Cucumber parameter types, so that editors complete them too.
"""

import re
from collections.abc import Iterable

from behave.cucumber_expression import define_parameter_type_with, use_step_matcher_for_cucumber_expressions

from support import credentials, happenings, school, tuition
from support.faults import DATABASES, OUTAGES, RESTARTS, SERVERS

BOTS = ("ChatGPT", "Leonid")
PERSON = r"(?:user [A-Z]|pilot user \d|the school owner|the owner of another school|the teacher)"
#: Those who are always named together -> their names.
GROUPS = {"all five pilot users": [f"pilot user {number}" for number in range(1, 6)]}
PEOPLE = f"{PERSON}(?:(?:, {PERSON})* and {PERSON})?|{'|'.join(GROUPS)}"


def people(text: str) -> list[str]:
    """The persons of a list such as "user A, user B and user C", or of a group."""
    return GROUPS.get(text) or re.findall(PERSON, text)


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
    define_parameter_type_with("server", _one_of(SERVERS), str)
    define_parameter_type_with("restart", _one_of(RESTARTS), str)
    define_parameter_type_with("bot", _one_of(BOTS), str)
    training = _one_of(tuition.TRAININGS)
    define_parameter_type_with("training", training, str)
    define_parameter_type_with("trainings", f"(?:{training})(?: and (?:{training}))?", list, tuition.trainings)
    define_parameter_type_with("times", r"once|\d+ times each", int, tuition.times)
    define_parameter_type_with("forbidden", _one_of(tuition.FORBIDDEN), str)
    happening = happenings.pattern(PERSON)
    define_parameter_type_with("happening", happening, happenings.Happening, happenings.happening)
    define_parameter_type_with("position", _one_of(school.POSITIONS), str)
    define_parameter_type_with("dismissal", _one_of(school.DISMISSALS), str)
    define_parameter_type_with("answer", _one_of(school.ANSWERS), str)
    define_parameter_type_with("school", _one_of(school.SCHOOLS), str)
    define_parameter_type_with("client", _one_of(school.CLIENTS), str)
    define_parameter_type_with("intrusion", _one_of(school.INTRUSIONS), str)
    define_parameter_type_with("frame", _one_of(school.FRAMES + tuition.FRAMES), str)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(words)
