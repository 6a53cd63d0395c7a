from types import SimpleNamespace
from typing import Any

import pytest
from behave.configuration import Configuration
from behave.parser import parse_feature
from behave.tag_expression import make_tag_expression
from behave.userdata import UserData

from support.reporting.selection_checks import NothingSelected, nothing_ran

FEATURE = "@chat\nFeature: F\n  @smoke\n  Scenario: s\n    Given x\n"


def runner(tags: str = "", features: tuple[str, ...] = (FEATURE,), name: str = "", **userdata: str) -> Any:
    named = [name] if name else []
    config = SimpleNamespace(
        tags=[tags] if tags else [],
        tag_expression=make_tag_expression(tags),
        name=named,
        name_re=Configuration.build_name_re(named) if named else None,
        dry_run=False,
        paths=["features"],
        userdata=UserData(userdata),
    )
    parsed = [parse_feature(text) for text in features]
    return SimpleNamespace(config=config, features=parsed, aborted=False)


def test_something_selected_is_fine() -> None:
    nothing_ran(runner("@smoke"))


def test_a_worker_may_have_nothing_to_do() -> None:
    nothing_ran(runner("@smok", allow_empty="true"))


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("@smok", "did you mean @smoke?"),
        ("@chat and @smok", "did you mean @smoke?"),
        ("@something_else", "no scenario matches --tags='@something_else'$"),
        ("@chat and not @smoke", "no scenario matches --tags='@chat and not @smoke'$"),
    ],
)
def test_an_empty_choice_is_explained(tags: str, said: str) -> None:
    with pytest.raises(NothingSelected, match=said):
        nothing_ran(runner(tags))


def test_a_name_that_no_scenario_has_is_said_to_be_at_fault() -> None:
    with pytest.raises(NothingSelected, match=r"no scenario is named like 'nobody'$"):
        nothing_ran(runner("not @soak", name="nobody"))
    with pytest.raises(NothingSelected, match="did you mean @smoke"):
        nothing_ran(runner("@smok", name="s"))


def test_a_folder_without_features_is_named() -> None:
    with pytest.raises(NothingSelected, match="there is no feature in features"):
        nothing_ran(runner(features=()))
