"""Accounts that exist already: who gets them, who has to give them back for it, and how several runs share them."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.config.account_pool import Lease, dealt, of_share
from support.config.profile import LeasedAccount, Profile, SystemProfile
from support.core.errors import NotSupported, SuiteError
from support.core.event_loop import Background
from support.core.inbox import Inbox
from support.environments.system_under_test import SystemUnderTest
from support.execution import start_checks
from support.execution.dry_runs import DryRuns
from support.execution.launch import Launch
from support.reporting.results import Results
from support.scenario.trailing_audit import HORIZON, TrailingAudit, horizon
from support.scenario.world import World
from tests.external.standin import profile as standin


def accounts(*logins: str, role: str | None = None) -> list[LeasedAccount]:
    return [LeasedAccount(login=login, role=role) for login in logins]


class Home:
    """A scenario whose people are listened to; they give their accounts back as they leave."""

    def __init__(self, sut: Any, *held: Any) -> None:
        self.sut, self.held, self.silences, self.over_for, self.has_left = sut, held, [], 0.0, False
        self.inbox = Inbox("user B")

    def audit(self) -> list[str]:
        return []

    async def leave(self) -> None:
        self.has_left = True
        await asyncio.sleep(0)
        for one in self.held:
            self.sut.lease.give_back(one)


async def test_people_who_are_still_listened_to_go_home_when_another_needs_their_account() -> None:
    sut = SimpleNamespace(name="chat", lease=Lease(accounts("Lisa", "Avi", "Era")))
    audit = TrailingAudit(cast(Background, None), Results())
    for login in ("Lisa", "Avi"):
        audit._worlds.append(cast(World, Home(sut, await sut.lease.take(login))))
    sut.lease.recall = lambda: audit.recall(cast(SystemUnderTest, sut))
    assert (await sut.lease.take("user A")).login == "Era"
    assert len(audit._worlds) == 2, "nobody has to go who need not"
    both = await asyncio.gather(sut.lease.take("user B"), sut.lease.take("user C"))
    assert [one.login for one in both] == ["Lisa", "Avi"]
    assert all(home.has_left for home in audit._worlds)
    with pytest.raises(NotSupported, match="user D needs an account, and all 3"):
        await sut.lease.take("user D")


@pytest.mark.parametrize(("deployment", "seconds"), [("embedded", HORIZON), ("external", 20.0)])
def test_they_are_listened_to_as_long_as_a_limit_may_take(deployment: str, seconds: float) -> None:
    limits = SimpleNamespace(keep_alive=8.0, sweep=10.0, delivery=2.0)
    sut = SimpleNamespace(described=SimpleNamespace(deployment=deployment), limits=limits)
    assert horizon(cast(SystemUnderTest, sut)) == seconds


def test_shares_have_nobody_in_common_and_each_has_somebody_of_every_role() -> None:
    shares = dealt([*accounts("a", "b", "c", "d", "e"), *accounts("x", "y", role="the company owner")], 2)
    assert [[one.login for one in share] for share in shares] == [["a", "c", "e", "x"], ["b", "d", "y"]]
    assert dealt([*accounts("a", "b"), *accounts("x", role="the company owner")], 2) == [[], []]


def test_a_share_of_a_profile() -> None:
    profile = Profile(name="own", systems={"chat": SystemProfile(accounts=accounts("a", "b", "c"))})
    assert [one.login for one in of_share(profile, "2/2").systems["chat"].accounts] == ["b"]
    assert of_share(profile, None) is profile
    for wrong in ("2", "3/2", "0/2", "a/b"):
        with pytest.raises(SuiteError, match="write which share of how many"):
            of_share(profile, wrong)


def test_clients_are_dealt_out_as_accounts_are() -> None:
    clients = [{"name": name} for name in "abcde"]
    profile = Profile(name="own", systems={"broker": SystemProfile(driver={"clients": clients, "queue": "q"})})
    shares = [of_share(profile, f"{number}/2").systems["broker"].driver for number in (1, 2)]
    assert [[one["name"] for one in share["clients"]] for share in shares] == [["a", "c", "e"], ["b", "d"]]
    assert {share["queue"] for share in shares} == {"q"}


EIGHT = ", ".join(f'{{ login = "{login}" }}' for login in "abcdefgh")
FIVE = ", ".join(f'{{ login = "{login}" }}' for login in "abcde")


@pytest.mark.parametrize(("logins", "enough"), [(EIGHT, True), (FIVE, False)])
def test_processes_share_accounts_where_each_has_enough_for_the_largest_scenario(
    logins: str, enough: bool, tmp_path: Path
) -> None:
    path = standin(tmp_path, "http://127.0.0.1:9", accounts=f"accounts = [{logins}]")
    config, asked_for = SimpleNamespace(userdata={"profile": path}), DryRuns(path, ["features/chat"])
    if enough:
        assert start_checks.lease_out(cast(Any, config), "--jobs", 2, asked_for)
    else:
        with pytest.raises(SuiteError, match=r"of chat, too few for each of 2 processes .* run it without --jobs"):
            start_checks.lease_out(cast(Any, config), "--jobs", 2, asked_for)


def test_each_process_on_each_machine_has_its_own_share() -> None:
    launches = [Launch([], 2, shard=(shard, 3), leases=True) for shard in (1, 2, 3)]
    shares = [launch.lease(job) for launch in launches for job in range(2)]
    assert shares == ["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]
    assert Launch([], 2).lease(0) is None
    alone = [Launch([], 2, shard=shard, leases=True) for shard in (None, (2, 3))]
    assert [launch.lease(0, lone=True) for launch in alone] == [None, "3/6"]
    assert Launch([], 1, "tcp://a:1").processes is None
