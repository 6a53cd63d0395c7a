"""Did you mean: what an undefined step is told, measured on slips of the finger and of the memory."""

import pytest
from behave.matchers import Matcher

from support.vocabulary.catalogue import HOUSE
from support.vocabulary.catalogue.suggestions import nearest
from support.vocabulary.lint import vocabulary

#: What somebody wrote, with its keyword -> the phrase that was meant.
SLIPS = {
    # letters left out, doubled or swapped
    "Given user A and user B are onlin": "Given {users} is/are online",
    "Given user A adn user B are signed in": "Given {users} is/are signed in",
    "Given pilot user 1 and pilot user 2 have acounts": "Given {users} have accounts",
    "Given user C has singed out": "Given {user} has signed out",
    "Given ChatGPT is out of oder": "Given {bot} is out of order",
    'When user A sned "Hello" to user B': "When {user} sends {string} to {user}",
    'When user A sends "Hello to user B': "When {user} sends {string} to {user}",
    "When user A ties to sign in": "When {user} tries to sign in",
    "When user A reades their messages": "When {user} reads their messages",
    "When user A refeshes the session": "When {user} refreshes the session",
    "When user A trys to sign in with a wrong password": "When {user} tries to sign in with {password}",
    "When user A ask for the contact list": "When {user} asks for the contact list",
    "When Redis iss killed": "When {database} {outage}",
    "When the cleint of user A gives no more signs of life": "When the client of {user} gives no more signs of life",
    "When user A comes on-line again": "When {users} come/comes online again",
    'Then user B recieves "Hello" from user A': "Then {user} receives {string} from {user}",
    "Then user C receives nothing esle": "Then {users} receive/receives nothing else",
    "Then user A is refussed": "Then {user} is refused",
    "Then user A and user B is disconected": "Then {users} is/are disconnected",
    "Then nothing is cashed for user B": "Then nothing is cached for {user}",
    "Then user A can sing in": "Then {user} can sign in",
    "Then user A is told that Redis is unavaliable": "Then {users} is/are told that {database} is unavailable",
    "Then user B sees user A as ofline": "Then {user} sees {users} as offline",
    "Then pilot user 1 can complet the session": "Then {user} can complete the session",
    "Then pilot user 1 can talk to ChatGTP": "Then {user} can talk to {bot}",
    # a name or value that nobody knows
    'When usr A sends "Hello" to user B': "When {user} sends {string} to {user}",
    'Then user b receives "Hello" from user a': "Then {user} receives {string} from {user}",
    "When the school owner registers the student Tom": "When {user} registers the student {string}",
    "Then pilot user 1 is given between one and five points": "Then {user} is given between {int} and {int} points",
    "When user A sends twenty messages to user B without a pause": (
        "When {user} sends {int} messages to {user} without a pause"
    ),
    # a word left out, added or in another form
    "Given user A online": "Given {users} is/are online",
    "Given user A has account": "Given {users} has an account",
    'When user A sends the message "Hello" to user B': "When {user} sends {string} to {user}",
    "When user A signs out of chat": "When {user} signs out",
    "When user A asks for contact list": "When {user} asks for the contact list",
    "When the school owner plans class of the teacher": "When {user} plans a class of {user}",
    "When pilot user 1 trains Order Delay from begin to end": (
        "When {users} train/trains {trainings} from beginning to end"
    ),
    "When the invitation of the teacher": "When {user} {answer} the invitation",
    'Then user B receives the message "Hello" from user A': "Then {user} receives {string} from {user}",
    "Then user B receive nothing": "Then {users} receive/receives nothing else",
    "Then user A was disconnected": "Then {users} is/are disconnected",
    "Then user A has been refused": "Then {user} is refused",
    "Then user A is able to sign in": "Then {user} can sign in",
    "Then user A cannot connect any longer": "Then {user} can no longer connect",
    "Then user A can not send messages to user B any longer": "Then {user} can no longer send messages to {user}",
    "Then user B receives all the 20 messages of user A in order": (
        "Then {user} receives all {int} messages of {user} in the order sent"
    ),
    "Then the activity feed shows the school owner that a student was registered": (
        "Then the activity feed shows {user} that {happening}"
    ),
    "Then user A is told nobody else came or went": "Then {users} is/are told of no other user coming or going",
    "Then pilot user 1 gets an acknowledgement, reply and feedback in this order": (
        "Then {user} gets an acknowledgement, a reply and feedback, in this order"
    ),
    # under the wrong keyword
    "Given user A signs out of the portal": "When {user} signs out of the portal",
}


@pytest.fixture(scope="module")
def known() -> list[tuple[str, Matcher]]:
    return [(phrase.kind, phrase.matcher) for phrase in vocabulary.load(HOUSE / "steps")]


def test_the_phrase_that_was_meant_comes_first_nine_times_in_ten(known: list[tuple[str, Matcher]]) -> None:
    assert len(SLIPS) >= 50
    misses = {}
    for slip, meant in SLIPS.items():
        kind, _, said = slip.partition(" ")
        first, *_ = found = nearest(said, kind.lower(), known)
        if first != meant:
            misses[slip] = found
    assert len(misses) <= len(SLIPS) // 10, misses


def test_no_slip_is_a_phrase_and_all_that_was_meant_are(known: list[tuple[str, Matcher]]) -> None:
    """Else the measurement above would count what is no slip."""
    texts = {f"{kind.title()} {matcher.pattern}" for kind, matcher in known}
    assert set(SLIPS.values()) <= texts
    for slip in SLIPS:
        kind, _, said = slip.partition(" ")
        assert not any(matcher.match(said) for one, matcher in known if one == kind.lower()), slip
