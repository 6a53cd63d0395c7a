"""Each rule on features finds its bad example, and no other rule does; nobody minds the good one."""

from collections.abc import Callable

import pytest

from support.vocabulary.lint import Violation

House = Callable[[dict[str, str]], list[Violation]]

HEAD = "@chat\nFeature: Another\n"
STEPS = """
    Given user A and user B are online
    When user A sends "Hi" to user B
    Then user B receives "Hi" from user A
"""
OUTLINE = """
  @STP-3.1
  Scenario Outline: 3.1 A message arrives
    Given user A and user B are online
    When user A sends "<text>" to user B
    Then user B receives "<text>" from user A
"""


def scenario(title: str = "3.1 A message arrives", steps: str = STEPS, tags: str = "@STP-3.1") -> str:
    return f"{HEAD}\n  {tags}\n  Scenario: {title}\n{steps}"


def below(text: str = "") -> str:
    """What stands below the feature's heading."""
    return (text or scenario()).removeprefix(HEAD)


def outline(*examples: str) -> str:
    return HEAD + OUTLINE + "\n".join(f"    {line}" for line in examples)


def rows(count: int) -> list[str]:
    return [f"| {number} | case {number} |" for number in range(count)]


EXAMPLES = ["Examples:", "| text | because |"]
MORE = '    And user B receives "Hi" from user A\n'
SENDS = STEPS[STEPS.index("    When") :].replace("Hi", "Redis is back")
BACK = '    When Redis is back\n    Then user B receives "Hi" from user A\n'
GIVEN = "    Given user A is online\n"

BELOW = """    Given user A and user B are online
    When user A sends this message to user B
{}    Then user B receives "Hi" from user A
"""
TEXT = '    """\n    How\n    """\n'
TABLE = "      | message |\n      | Hi |\n"
SEVERAL = BELOW.replace("this message to", "to")

CASES = [
    ("wire-word", scenario("3.1 A POST arrives"), scenario("3.1 A post arrives")),
    ("wire-word", scenario("3.1 The API answers"), scenario("3.1 The rapid answers")),
    ("wire-word", scenario("3.1 user_id is kept"), scenario("3.1 The user's name is kept")),
    ("wire-word", scenario("3.1 It returns 401"), scenario("3.1 All 401 messages arrive")),
    ("wire-word", scenario("3.1 It is at /api/chat/rooms"), scenario("3.1 It is either/or")),
    ("wire-word", scenario("3.1 A JSON arrives"), scenario(steps=BELOW.format(TEXT.replace("How", '{"a": "JSON"}')))),
    ("wire-word", scenario("3.1 It is at 10.0.0.1"), scenario("3.1 It has 3.1 of them")),
    ("vague-subject", scenario("3.1 Somebody sends"), scenario(steps=STEPS.replace("Hi", "Is anybody there?"))),
    ("vague-subject", scenario("3.1 It reaches nobody else"), scenario("3.1 It reaches no other user")),
    ("title-form", scenario("A message arrives"), scenario("3.1 A message arrives")),
    ("title-number", scenario("3.2 A message arrives"), scenario("3.2 It arrives", tags="@STP-3.2")),
    ("title-manner", scenario("3.1 Verify that a message arrives"), scenario("3.1 A contested message arrives")),
    ("title-manner", scenario("3.1 A message should arrive"), scenario("3.1 A shoulder is shrugged")),
    ("duplicate-title", scenario("3.1 It comes") + below(scenario("3.1 It  COMES")), scenario("3.1 It comes")),
    ("duplicate-title", scenario().replace("Another", "3. Messages"), scenario()),
    ("too-many-steps", scenario(steps=STEPS + MORE * 5), scenario(steps=STEPS + MORE * 4)),
    ("background-form", f"{HEAD}  Background:\n{GIVEN * 5}{below()}",
     f"{HEAD}  Background:\n{GIVEN * 4}{below()}"),
    ("background-form", f'{HEAD}  Background:\n    When user A sends "x" to user B\n{below()}',
     f"{HEAD}  Background:\n{GIVEN}{below()}"),
    ("step-order", scenario(steps=STEPS + STEPS[STEPS.index("    When"):]),
     scenario(steps=STEPS + STEPS[STEPS.index("    When"):], tags="@STP-3.1 @journey")),
    ("step-order", scenario(steps=STEPS + BACK), scenario(steps=STEPS + BACK, tags="@STP-3.1 @breaks_system")),
    ("step-order", scenario(steps=STEPS + SENDS, tags="@STP-3.1 @breaks_system"), scenario(steps=STEPS + MORE)),
    ("step-order", scenario(steps=STEPS + GIVEN), scenario(steps=GIVEN + STEPS)),
    ("missing-part", scenario(steps=STEPS.split("    Then")[0]), scenario()),
    ("missing-part", scenario(steps=GIVEN + STEPS[STEPS.index("    Then"):]), scenario()),
    ("silence-without-control", scenario(steps=STEPS.split("    Then")[0] + "    Then user B receives nothing else\n"),
     scenario(steps=f"{STEPS}    And user B receives nothing else\n")),
    ("outline-without-rows", outline(), outline(*EXAMPLES, *rows(2))),
    ("outline-without-rows", outline("Examples:"), outline(*EXAMPLES, *rows(2))),
    ("outline-without-rows", outline(*EXAMPLES), outline(*EXAMPLES, *rows(2))),
    ("outline-size", outline(*EXAMPLES, *rows(1)), outline(*EXAMPLES, *rows(2))),
    ("outline-size", outline(*EXAMPLES, *rows(9)), outline(*EXAMPLES, *rows(8))),
    ("row-without-reason", outline("Examples:", "| text |", "| a |", "| b |"), outline(*EXAMPLES, *rows(2))),
    ("row-without-reason", outline(*EXAMPLES, "| a | |", *rows(1)), outline(*EXAMPLES, "| a | why |", *rows(1))),
    ("unknown-placeholder", outline(*EXAMPLES, *rows(2)).replace('sends "<text>"', 'sends "<test>"'),
     outline(*EXAMPLES, "| <b>a</b> | markup |", *rows(1))),
    ("unknown-placeholder", scenario("3.1 The <kind> arrives"), scenario("3.1 One < two > none arrives")),
    ("unused-column", outline("Examples:", "| text | size | because |", "| a | 1 | x |", "| b | 2 | y |"),
     outline(*EXAMPLES, *rows(2))),
    ("misspelt-keyword", scenario(steps=f"    Gven user A waits\n{STEPS}"), scenario(steps=f"    They do.\n{STEPS}")),
    ("misspelt-keyword", scenario(steps=f"    user A is online\n{STEPS}"), scenario(steps=f"    At noon.\n{STEPS}")),
    ("misspelt-keyword", f"{HEAD}  Scenaro: 3.1 Lost\n{below()}", f"{HEAD}  Note: x\n{below()}"),
    ("misspelt-keyword", f"{HEAD}{GIVEN}{below()}", f"{HEAD}  It is given.\n{below()}"),
    ("empty-file", "# nothing yet\n", scenario()),
    ("empty-feature", HEAD, scenario()),
    ("empty-feature", f"{scenario()}\n  Rule: Later\n", scenario()),
    ("empty-background", f"{HEAD}  Background:\n    They are there.\n{below()}",
     f"{HEAD}  Background:\n{GIVEN}{below()}"),
    ("misspelt-keyword", f"{HEAD}  Background:\n    user A is online\n{GIVEN}{below()}",
     f"{HEAD}  Background:\n    The server may take a moment.\n{GIVEN}{below()}"),
    ("misspelt-keyword", scenario(steps=f"    Then\n{STEPS}"),
     scenario(steps=f"    An offline user may wait.\n{STEPS}")),
    ("empty-scenario", scenario(steps=""), scenario()),
    ("unreadable", outline(*EXAMPLES, *rows(2))[:-1], outline(*EXAMPLES, *rows(2))),
    ("unknown-tag", scenario(tags="@STP-3.1 @smok"), scenario(tags="@STP-3.1 @smoke")),
    ("unknown-tag", scenario(tags="@STP-3.1 @STP-9.9"), scenario(tags="@STP-3.1 @STP-3.2")),
    ("unknown-tag", outline("@odd", *EXAMPLES, *rows(2)), outline("@minor", *EXAMPLES, *rows(2))),
    ("system-tag", scenario().replace("@chat", "@broker"), scenario()),
    ("system-tag", scenario().replace("@chat", "@smoke"), scenario().replace("@chat", "@chat @smoke")),
    ("requirement-tag title-number", scenario(tags="@smoke"), scenario()),
    ("severity-tag", scenario(tags="@STP-3.1 @minor @blocker"), scenario(tags="@STP-3.1 @minor")),
    ("below-step", scenario(steps=BELOW.format("")), scenario(steps=BELOW.format(TEXT))),
    ("below-step", scenario(steps=BELOW.format(TABLE)), scenario(steps=BELOW.format(TEXT))),
    ("below-step", scenario(steps=BELOW.format(TEXT.replace("How", ""))), scenario(steps=BELOW.format(TEXT))),
    ("below-step", scenario(steps=STEPS + TABLE), scenario()),
    ("below-step", scenario(steps=STEPS + TEXT), scenario()),
    ("below-step", scenario(steps=SEVERAL.format("")), scenario(steps=SEVERAL.format(TABLE))),
    ("below-step", scenario(steps=SEVERAL.format(TEXT)), scenario(steps=SEVERAL.format(TABLE))),
    ("below-step", scenario(steps=SEVERAL.format(TABLE.replace("message", "text"))), scenario()),
    ("below-step", scenario(steps=SEVERAL.format("      | message | to |\n      | Hi | all |\n")), scenario()),
    ("below-step", scenario(steps=SEVERAL.format("      | message |\n")), scenario()),
    ("unreadable", scenario(steps=f"{STEPS}    Thne user B is gone\n"), scenario()),
    ("undefined-step", scenario(steps=f"{STEPS}    And user B jumps\n"), scenario()),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "bad", "good"), CASES)
def test_the_bad_example_is_found_and_the_good_one_is_not(house: House, rules: str, bad: str, good: str) -> None:
    found = house({"features/chat/4_other.feature": bad})
    assert {one.rule for one in found} == set(rules.split()), found
    assert {one.file.rpartition("/")[2] for one in found} == {"4_other.feature"}
    assert house({"features/chat/4_other.feature": good}) == []
