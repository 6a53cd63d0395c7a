"""The parameter types of the vocabulary: what may stand where a phrase says {user} or {outage}.

Written as plain Cucumber parameter types, so that editors complete them too.
"""

import re
from collections.abc import Iterable

from behave.cucumber_expression import StepMatcher4CucumberExpressions, define_parameter_type_with

from support.vocabulary import invalid_credentials, phrase_matcher
from support.vocabulary.terms import broker, collaboration, events, portal, school, topics, trainings, words
from support.vocabulary.terms.faults import DATABASES, OUTAGES, RESTARTS, SERVERS

BOTS = ("ChatGPT", "Leonid")
PERSON = (
    r"(?:the administrator|the operator|user [A-Z]|pilot user \d"
    r"|the school owner|the owner of another school|the teacher"
    r"|the company owner|the owner of another company|the admin|the guest|the newcomer)"
)
#: Those who are always named together -> their names.
GROUPS = {"all five pilot users": [f"pilot user {number}" for number in range(1, 6)]}
PEOPLE = f"{PERSON}(?:(?:, {PERSON})* and {PERSON})?|{'|'.join(GROUPS)}"


def people(text: str) -> list[str]:
    """The persons of a list such as "user A, user B and user C", or of a group."""
    return GROUPS.get(text) or re.findall(PERSON, text)


def register() -> None:
    """Make Cucumber Expressions the language of the step files that are read next, and define the types."""
    phrase_matcher.use()
    if not StepMatcher4CucumberExpressions.TYPE_REGISTRY.has_registered_type("user"):  # else behave refuses them
        _define_types()


def _define_types() -> None:
    define_parameter_type_with("user", PERSON, str)
    define_parameter_type_with("users", PEOPLE, list, people)
    kinds = (*invalid_credentials.TOKENS, invalid_credentials.REFRESH, invalid_credentials.FORMER)
    tokens = f"{_one_of(kinds)}|{PERSON}'s token"
    flaws = (*invalid_credentials.PASSWORDS, invalid_credentials.FORMER_PASSWORD)
    passwords = f"{_one_of(flaws)}|{PERSON}'s password"
    define_parameter_type_with("token", tokens, invalid_credentials.Forgery, invalid_credentials.token)
    define_parameter_type_with("password", passwords, invalid_credentials.Forgery, invalid_credentials.password)
    define_parameter_type_with("spelling", _one_of(invalid_credentials.SPELLINGS), str)
    define_parameter_type_with("kind_of_name", _one_of(words.NAMES), str)
    define_parameter_type_with("database", _one_of(DATABASES), str)
    define_parameter_type_with("outage", _one_of(OUTAGES), str)
    define_parameter_type_with("server", _one_of(SERVERS), str)
    define_parameter_type_with("restart", _one_of(RESTARTS), str)
    define_parameter_type_with("bot", _one_of(BOTS), str)
    training = _one_of(trainings.TRAININGS)
    define_parameter_type_with("training", training, str)
    define_parameter_type_with("trainings", f"(?:{training})(?: and (?:{training}))?", list, trainings.trainings)
    define_parameter_type_with("times", r"once|\d+ times each", int, trainings.times)
    define_parameter_type_with("forbidden", _one_of(trainings.FORBIDDEN), str)
    happening = events.pattern(PERSON)
    define_parameter_type_with("happening", happening, events.Happening, events.happening)
    define_parameter_type_with("position", _one_of(school.POSITIONS + collaboration.POSITIONS), str)
    define_parameter_type_with("dismissal", _one_of(school.DISMISSALS), str)
    define_parameter_type_with("answer", _one_of(school.ANSWERS), str)
    define_parameter_type_with("class_end", _one_of(school.CLASS_ENDS), str)
    figures = _one_of([*school.FIGURES.values(), *school.FIGURES])
    define_parameter_type_with("figure", figures, str, school.figure)
    define_parameter_type_with("activities", _one_of(school.ACTIVITIES), str, school.activity)
    define_parameter_type_with("expiring", _one_of(school.EXPIRING), str)
    define_parameter_type_with("which", _one_of(school.MAILS), str)
    define_parameter_type_with("school", _one_of(school.SCHOOLS), str)
    define_parameter_type_with("client", _one_of(school.CLIENTS), str)
    define_parameter_type_with("intrusion", _one_of(school.INTRUSIONS + collaboration.INTRUSIONS), str)
    define_parameter_type_with("place", collaboration.PLACE, str)
    define_parameter_type_with("topic", topics.TOPIC, str, topics.name)
    define_parameter_type_with("quality", _one_of(topics.QUALITIES), str)
    define_parameter_type_with("typing", _one_of(collaboration.TYPING), str)
    define_parameter_type_with("size", _one_of(collaboration.SIZES), str)
    define_parameter_type_with("listing", _one_of(collaboration.LISTINGS), str)
    define_parameter_type_with("change", _one_of(collaboration.CHANGES), str)
    define_parameter_type_with("way", _one_of(collaboration.WAYS), str)
    define_parameter_type_with("mistake", _one_of(collaboration.MISTAKES + school.MISTAKES + broker.MISTAKES), str)
    define_parameter_type_with("ground", _one_of(collaboration.GROUNDS), str)
    define_parameter_type_with("measure", "deliveries|requests", str)
    define_parameter_type_with("ending", _one_of(collaboration.ENDINGS), str)
    define_parameter_type_with("manner", _one_of(collaboration.MANNERS), str)
    certificates = f"{_one_of(broker.CERTIFICATES)}|{PERSON}'s certificate"
    define_parameter_type_with("certificate", certificates, str)
    define_parameter_type_with("certificate_state", _one_of(broker.STATES), str)
    define_parameter_type_with("content", broker.CONTENT, str)
    define_parameter_type_with("duration", broker.DURATION, float, broker.seconds)
    define_parameter_type_with("fate", _one_of(broker.FATES), str)
    define_parameter_type_with("privilege", _one_of(broker.PRIVILEGES), str)
    define_parameter_type_with("account_role", _one_of(broker.ACCOUNT_ROLES), str)
    define_parameter_type_with("setting", _one_of(broker.SETTINGS + trainings.SETTINGS), str)
    define_parameter_type_with("worker", _one_of(broker.WORKERS), str)
    define_parameter_type_with("proxy", _one_of(broker.PROXIES), str)
    define_parameter_type_with("component", _one_of(broker.COMPONENTS), str)
    define_parameter_type_with("page", _one_of(portal.OWN_PAGES + portal.ADMIN_PAGES), str)
    define_parameter_type_with("screen", _one_of(portal.SCREENS), str)
    define_parameter_type_with("validity", _one_of(portal.VALIDITIES), str)
    define_parameter_type_with("frame", _one_of(school.FRAMES + trainings.FRAMES + collaboration.FRAMES), str)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(words)
