"""A small house to lint: a small vocabulary, one feature that uses all of it, and what a test adds."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import pytest

from support.vocabulary.gherkin import NotReadable
from support.vocabulary.lint import Violation, lint, source
from support.vocabulary.lint.layout import laid_out

STEPS = '''
from support.scenario.step_decorators import given, then, when

@given("{users} is/are online")
async def are_online(world, roles):
    """They are there.

    Example: Given user A and user B are online
    """
    await world.all_come_online(roles)

@when("{user} sends {string} to {user}")
async def sends(world, role, text, receiver):
    """Sends one message.

    Example: When user A sends "Hello" to user B
    """
    await world.send(role, text, receiver)

@when("{user} sends this message to {user}", text=True)
async def sends_text(world, role, receiver, text):
    """Sends one message of several lines.

    Example: When user A sends this message to user B
    """
    await world.send(role, text, receiver)

@when("{user} sends to {user}", columns=("message",))
async def sends_several(world, role, receiver, table):
    """Sends the messages of a table.

    Example: When user A sends to user B
    """
    await world.send_all(role, table, receiver)

@when("{database} is back")
async def is_back(world, database):
    """The outage ends.

    Example: When Redis is back
    """
    await world.bring_back(database)

@then("{user} receives {string} from {user}")
async def receives(world, role, text, sender):
    """The message arrives.

    Example: Then user B receives "Hello" from user A
    """
    await world.receives(role, text, sender)

@then("{user} receives nothing else")
async def receives_nothing_else(world, role):
    """No more arrives.

    Example: Then user C receives nothing else
    """
    await world.nothing_else(role)
'''

FEATURE = """
@chat
Feature: 3. Messages

  @STP-3.3
  Scenario: 3.3 Only the addressee receives a message
    Given user A, user B and user C are online
    When user A sends "Hello" to user B
    And user A sends this message to user B
      '''
      How
      are you?
      '''
    And Redis is back
    And user A sends to user B
      | message |
      | Hello?  |
    Then user B receives "Hello" from user A
    And user C receives nothing else
"""


@pytest.fixture
def house(tmp_path: Path) -> Callable[[dict[str, str]], list[Violation]]:
    """Lints the small house with the given files added, or put in the place of its own."""

    def findings(files: dict[str, str]) -> list[Violation]:
        base = {"features/chat/3_messages.feature": FEATURE, "steps/messaging.py": STEPS}
        for name, text in (base | files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        _lay_out(tmp_path)
        return lint(root=tmp_path)

    return findings


def _lay_out(root: Path) -> None:
    """Spares the tests of the other rules the layout; what cannot be read stays as it is."""
    for path in root.rglob("*.feature"):
        with suppress(NotReadable):
            path.write_text(laid_out(source.read(path)), encoding="utf-8")
