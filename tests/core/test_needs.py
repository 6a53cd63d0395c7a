"""What a phrase cannot do without is looked at before the first byte of its scenario is sent."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from behave.model import Scenario

from support.core.errors import NotSupported
from support.environments.system_under_test import SystemUnderTest
from support.scenario import needs

ONE, TWO = {"dashboard server": "http://a:1"}, {"dashboard server": "http://a:1", "dashboard server 2": "http://a:2"}
TWICE = {"dashboard server": "http://a:1", "dashboard server 2": "http://a:1", "bot API": "http://a:3"}


def sut(addresses: dict[str, str] = ONE, **more: Any) -> SystemUnderTest:
    deployment = SimpleNamespace(name="external", addresses=addresses)
    return cast(SystemUnderTest, SimpleNamespace(deployment=deployment, server="dashboard server", **more))


@pytest.mark.parametrize(("bots", "reason"), [(None, "no hold on the bots' interfaces"), (object(), None)])
def test_a_need_that_is_not_met_is_the_reason(bots: object | None, reason: str | None) -> None:
    def step() -> None: ...

    step.needs = needs.stand_in  # type: ignore[attr-defined]
    found = {"undefined": None, "needs nothing": SimpleNamespace(func=print), "needs it": SimpleNamespace(func=step)}
    registry: Any = SimpleNamespace(find_match=found.get)
    scenario = cast(Scenario, SimpleNamespace(all_steps=[*found]))
    unmet = needs.unmet(registry, scenario, sut(bots=bots))
    assert (reason in str(unmet)) if reason else unmet is None


@pytest.mark.parametrize("addresses", [ONE, TWICE])
def test_one_process_under_two_names_is_one(addresses: dict[str, str]) -> None:
    with pytest.raises(NotSupported, match="only one process of the dashboard server is known"):
        needs.several_processes(sut(addresses))
    needs.several_processes(sut(TWO))


def test_a_redis_without_access_cannot_be_overheard() -> None:
    with pytest.raises(NotSupported, match="no access to this system's Redis"):
        needs.overheard_redis(sut(system=object()))
    needs.overheard_redis(sut(system=SimpleNamespace(can_be_overheard=True, overheard=print)))
