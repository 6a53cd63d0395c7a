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


#: The types of which any of some words may stand in a phrase -> those words.
_CHOICES: dict[str, Iterable[str]] = {
    "spelling": invalid_credentials.SPELLINGS,
    "kind_of_name": words.NAMES,
    "database": DATABASES,
    "outage": OUTAGES,
    "server": SERVERS,
    "restart": RESTARTS,
    "bot": BOTS,
    "training": trainings.TRAININGS,
    "forbidden": trainings.FORBIDDEN,
    "position": school.POSITIONS + collaboration.POSITIONS,
    "dismissal": school.DISMISSALS,
    "answer": school.ANSWERS,
    "class_end": school.CLASS_ENDS,
    "expiring": school.EXPIRING,
    "which": school.MAILS,
    "school": school.SCHOOLS,
    "client": school.CLIENTS,
    "intrusion": school.INTRUSIONS + collaboration.INTRUSIONS,
    "quality": topics.QUALITIES,
    "typing": collaboration.TYPING,
    "size": collaboration.SIZES,
    "listing": collaboration.LISTINGS,
    "change": collaboration.CHANGES,
    "way": collaboration.WAYS,
    "mistake": collaboration.MISTAKES + school.MISTAKES + broker.MISTAKES,
    "ground": collaboration.GROUNDS,
    "measure": ("deliveries", "requests"),
    "ending": collaboration.ENDINGS,
    "manner": collaboration.MANNERS,
    "certificate_state": broker.STATES,
    "status": broker.MESSAGE_STATUSES,
    "privilege": broker.PRIVILEGES,
    "account_role": broker.ACCOUNT_ROLES,
    "setting": broker.SETTINGS + trainings.SETTINGS,
    "worker": broker.WORKERS,
    "proxy": broker.PROXIES,
    "component": broker.COMPONENTS,
    "page": portal.OWN_PAGES + portal.ADMIN_PAGES,
    "screen": portal.SCREENS,
    "validity": portal.VALIDITIES,
    "frame": school.FRAMES + trainings.FRAMES + collaboration.FRAMES,
}


def _define_types() -> None:
    for name, choice in _CHOICES.items():
        define_parameter_type_with(name, _one_of(choice), str)
    define_parameter_type_with("user", PERSON, str)
    define_parameter_type_with("users", PEOPLE, list, people)
    kinds = (*invalid_credentials.TOKENS, invalid_credentials.REFRESH, invalid_credentials.FORMER)
    tokens = f"{_one_of(kinds)}|{PERSON}'s token"
    flaws = (*invalid_credentials.PASSWORDS, invalid_credentials.FORMER_PASSWORD)
    passwords = f"{_one_of(flaws)}|{PERSON}'s password"
    define_parameter_type_with("token", tokens, invalid_credentials.Forgery, invalid_credentials.token)
    define_parameter_type_with("password", passwords, invalid_credentials.Forgery, invalid_credentials.password)
    training = _one_of(trainings.TRAININGS)
    define_parameter_type_with("trainings", f"(?:{training})(?: and (?:{training}))?", list, trainings.trainings)
    define_parameter_type_with("times", r"once|\d+ times each", int, trainings.times)
    happening = events.pattern(PERSON)
    define_parameter_type_with("happening", happening, events.Happening, events.happening)
    figures = _one_of([*school.FIGURES.values(), *school.FIGURES])
    define_parameter_type_with("figure", figures, str, school.figure)
    define_parameter_type_with("activities", _one_of(school.ACTIVITIES), str, school.activity)
    define_parameter_type_with("place", collaboration.PLACE, str)
    define_parameter_type_with("topic", topics.TOPIC, str, topics.name)
    certificates = f"{_one_of(broker.CERTIFICATES)}|{PERSON}'s certificate"
    define_parameter_type_with("certificate", certificates, str)
    define_parameter_type_with("content", broker.CONTENT, str)
    define_parameter_type_with("duration", broker.DURATION, float, broker.seconds)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(words)
