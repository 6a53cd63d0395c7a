"""Each rule on phrases and code finds its bad example, and no other rule does; nobody minds the good one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.core import clock
from support.vocabulary.lint import Violation

House = Callable[[dict[str, str]], list[Violation]]

FEATURE = """
@chat
Feature: Another

  @STP-1.1
  Scenario: 1.1 User A waves
    Given user A is online
    When user A waves
    Then user B receives "a wave" from user A
"""
DOC = '"""Waves.\n\n    Example: When user A waves\n    """'


WAVES = '@when("{user} waves")'


def step(phrase: str = WAVES, body: str = "await world.wave(role)", doc: str = DOC, top: str = "") -> str:
    return f"""
import re
from support.scenario import step_decorators
from support.scenario.step_decorators import given, then, when
{top}

{phrase}
async def waves(world, role):
    {doc}
    {body}
"""


ANOTHER = '''
@when("{phrase}")
async def another(world, role, *others):
    """Another.

    Example: {example}
    """
    await world.another(role)
'''


def another(phrase: str, example: str) -> str:
    return step() + ANOTHER.format(phrase=phrase, example=example)


def steps(*lines: str) -> str:
    return "\n    ".join(lines)


STEP_CASES = [
    ("ambiguous-step duplicate-phrase", another("{user} wave/waves", "When user A waves"), step()),
    ("unused-phrase", another("{user} dances at noon", "When user A dances at noon"), step()),
    ("unused-phrase duplicate-phrase", another("the {user} waved", "When the user A waved"), step()),
    ("unused-phrase duplicate-phrase", another("{user} waes", "When user A waes"), step()),
    ("unused-phrase", another("{user} frowns", "When user A frowns"), step()),
    ("undescribed-phrase", step(doc=""), step()),
    ("undescribed-phrase", step(doc='"""Waves."""'), step()),
    ("wrong-example", step(doc=DOC.replace("user A waves", "user A dances")), step()),
    ("foreign-phrase", step('@step_decorators.behave.step("{user} waves")').replace("async def waves", "def waves")
     .replace("await ", ""), step()),
    ("foreign-phrase", step(top="import behave; behave.use_step_matcher('parse')"), step()),
    ("phrase-for-programs", step('@when("{user} wave(s)")'), step('@when("{user} wave/waves")')),
    ("unreadable", step('@when("{person} waves")'), step()),
    ("unreadable", step('@when("{user} waves (or not")'), step()),
    ("unreadable", step() + '\n@when("{user} waves")\ndef again(world, role):\n    world.wave(role)\n', step()),
    ("unreadable", step(top="import no_such_module"), step(top="import typing")),
    ("unreadable", step(body="await await"), step()),
    ("long-step", step(body=steps(*["await world.wave(role)"] * 6)), step(body=steps(*["await world.wave(role)"] * 5))),
    ("long-step", step(body=steps("if role:", *["    await world.wave(role)"] * 5)),
     step(body=steps("if role:", *["    await world.wave(role)"] * 4))),
    ("empty-step", step(body="pass"), step(body="world.wave(role)")),
    ("empty-step", step(body=""), step(body="check(world.waved(role), role)")),
    ("bare-assert", step(body="assert world.waved(role)"), step(body="check(world.waved(role), 'assert no more')")),
    ("unread-parameter", step(body="await world.wave()"), step(body="await world.wave(by=role)")),
    ("unread-parameter", step(body='check(world.waved, f"{role} did not wave")'),
     step(body='check(world.waved == role, f"{role} did not wave")')),
    ("acting-then unused-phrase", step(f'{WAVES}\n@then("{{user}} waves")', "await world.bring_back(role)"),
     step(body="await world.bring_back(role)")),
    ("step-does-io", step(top="import redis"), step(top="import typing")),
    ("step-does-io", step(top="from urllib.request import urlopen"), step(top="from dataclasses import field")),
    ("step-does-io", step(body="print(role)"), step(body="world.print(role)")),
    ("context-attribute", step(body="world.context.role = role"), step(body="world.role = role")),
    ("execute-steps", step(body="world.execute_steps('When user A waves', role)"), step(body="world.execute(role)")),
    ("branch-on-system", step(body="world.wave(role if world.system else None)"), step(body="world.system.wave(role)")),
    ("step-does-io time-passing", step(top="import time", body="time.sleep(role)"), step(body="world.sleeper(role)")),
]  # fmt: skip

CODE_CASES = [
    ("import asyncio\nasync def wait():\n    await asyncio.sleep(1)\n", 3),
    ("from time import sleep as pause\npause(1)\n", 1),
    ("import time\nnap = time.sleep\n", 2),
]


@pytest.mark.parametrize(("rules", "bad", "good"), STEP_CASES)
def test_the_bad_example_is_found_and_the_good_one_is_not(house: House, rules: str, bad: str, good: str) -> None:
    files = {"features/chat/1_other.feature": FEATURE}
    found = house(files | {"steps/waving.py": bad})
    assert {one.rule for one in found} == set(rules.split()), found
    assert [one for one in house(files | {"steps/waving.py": good})] == []


@pytest.mark.parametrize(("code", "line"), CODE_CASES)
def test_only_the_clock_may_sleep(house: House, code: str, line: int) -> None:
    assert [(one.rule, one.line) for one in house({"support/waiting.py": code})] == [("time-passing", line)]


def test_nothing_beneath_the_steps_judges_by_assert(house: House) -> None:
    code = "def judge(found):\n    assert found, 'nothing'\n"
    assert [(one.rule, one.line) for one in house({"support/judging.py": code})] == [("bare-assert", 2)]


def test_the_clock_itself_sleeps(house: House) -> None:
    assert house({"support/core/clock.py": Path(clock.__file__).read_text()}) == []


def test_an_undefined_step_is_answered_with_the_phrase_that_was_meant(house: House) -> None:
    mistyped = FEATURE.replace("user A waves", 'user B sent "Hi" to user C')
    (found,) = house({"features/chat/1_other.feature": mistyped})
    assert 'did you mean When "{user} sends {string} to {user}"' in found.message


def test_a_step_under_the_wrong_keyword_is_told_the_right_one(house: House) -> None:
    (found,) = house({"features/chat/1_other.feature": FEATURE.replace("user A waves", "user A is online")})
    assert found.message.endswith("it is one for Given")


def test_what_cannot_be_read_says_where(house: House) -> None:
    (found,) = house({"steps/waving.py": step(top="import no_such_module")})
    assert (found.file.rpartition("/")[2], found.line) == ("waving.py", 5)
    assert "no_such_module" in found.message
