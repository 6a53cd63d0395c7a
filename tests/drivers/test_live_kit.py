"""The kit of drivers with live connections: answers, presence, contacts, administrators."""

import asyncio
import gc

import pytest

from support.core.errors import NotSupported
from support.core.events import Disconnected, LoggedOut, Presence
from support.core.inbox import Inbox
from support.core.people import STAGEHAND, Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import ConnectionEnded, Rejected, Unavailable, Unreachable
from support.drivers.kit.accounts import refuse_lifetime
from support.drivers.kit.administrator import HasAdministrator
from support.drivers.kit.answers import Answers
from support.drivers.kit.contacts import are_contacts, contacts_of
from support.drivers.kit.per_scenario import PerScenario
from support.drivers.kit.person import Person
from support.drivers.kit.presence import OthersPresence
from support.drivers.kit.program import files_beside
from support.drivers.kit.refusals import Refusals
from support.drivers.kit.scenario_user import ScenarioUser


async def _said(words: str) -> str:
    return words


async def _says_no() -> str:
    raise Rejected("not that")


def _answers(patience: float = 5.0) -> Answers:
    answers = Answers("xmpp://here", patience)
    answers.begin()
    return answers


def _user() -> tuple[ScenarioUser, Inbox]:
    people, inbox = People(), Inbox("user A")
    for role in ("user A", "user B", "member 1", "member 2", STAGEHAND):
        people.add(role, Account(f"{role}@here", "secret"))
    return ScenarioUser("user A", people, Transcript(Redactor()), inbox), inbox


async def test_an_answer_is_what_was_said_or_the_refusal() -> None:
    assert await _answers().wait_for(_said("Yes"), "ask") == "Yes"
    with pytest.raises(Rejected, match="not that"):
        await _answers().wait_for(_says_no(), "ask")


async def test_an_answer_that_does_not_come_is_told_with_what_was_asked() -> None:
    with pytest.raises(Unreachable, match=r"xmpp://here does not answer \(register\)"):
        await _answers(patience=0.01).wait_for(asyncio.Event().wait(), "register")


async def test_who_waits_is_told_that_the_connection_has_ended_and_so_is_who_asks_later() -> None:
    answers = _answers()
    waiting = asyncio.create_task(answers.wait_for(asyncio.Event().wait(), "ask"))
    await asyncio.sleep(0)
    answers.end("Session taken over")
    answers.end("again")
    for asked in (waiting, answers.wait_for(asyncio.Event().wait(), "ask")):
        with pytest.raises(ConnectionEnded, match="has no connection with this client: Session taken over"):
            await asked
    answers.begin()
    assert await answers.wait_for(_said("Here again"), "ask") == "Here again"


async def test_a_server_that_ends_the_connection_with_its_reason_refuses_what_was_asked() -> None:
    answers = _answers()
    answers.end(refusal=Rejected("policy-violation"))
    with pytest.raises(Rejected, match="policy-violation"):
        await answers.wait_for(asyncio.Event().wait(), "ask")


def test_a_refusal_by_name_is_for_now_or_for_good() -> None:
    refusals = Refusals({"resource-constraint"})
    assert type(refusals.refusal("forbidden")) is Rejected
    assert str(refusals.refusal("forbidden", "not yours")) == "forbidden: not yours"
    assert isinstance(refusals.refusal("resource-constraint", "later"), Unavailable)


def test_presence_is_news_when_it_has_changed_and_is_of_another_whom_the_scenario_names() -> None:
    user, inbox = _user()
    presence = OthersPresence(user)
    for who, online in (("user B", True), ("user B", True), ("user A", True), (STAGEHAND, True), ("user B", False)):
        presence.hear(f"{who}@here", online=online)
    presence.hear("stranger@here", online=True)
    assert [one.what for one in inbox.received] == [Presence("user B", True), Presence("user B", False)]
    assert presence.online == {"user A@here", f"{STAGEHAND}@here", "stranger@here"}


def test_who_was_there_before_is_no_news_until_they_have_gone() -> None:
    user, inbox = _user()
    presence = OthersPresence(user)
    presence.were_there(["user B@here"])
    for online in (True, False, True):
        presence.hear("user B@here", online=online)
    assert [one.what for one in inbox.received] == [Presence("user B", False), Presence("user B", True)]
    presence.begin()
    presence.hear("user B@here", online=True)
    assert len(inbox.received) == 3, "on a new connection it is told anew"


async def test_presence_is_settled_when_what_was_heard_is_so_of_those_of_whom_one_is_told() -> None:
    user, _ = _user()
    presence, there = OthersPresence(user), {"user B@here", "stranger@here"}

    async def look() -> set[str]:
        return there

    assert not await presence.is_settled(look, ["user B@here"], within=0.01)
    settling = asyncio.create_task(presence.is_settled(look, ["user B@here"], within=5.0))
    await asyncio.sleep(0)
    presence.hear("user B@here", online=True)
    assert await settling
    there.clear()
    assert not await presence.is_settled(look, ["user B@here"], within=0.01), "who has gone was not heard to go"
    user.transcript.close()
    assert await presence.is_settled(look, ["user B@here"], within=0.01), "under load nothing is waited for"


def test_contacts_are_those_who_are_told_of_each_other() -> None:
    user, _ = _user()
    assert contacts_of("user A", user.people) == ["user B@here", "member 1@here", "member 2@here"]
    assert contacts_of("member 1", user.people) == ["user A@here", "user B@here"], "a crowd would be many pairs"
    assert not are_contacts(STAGEHAND, "user A")


def test_what_is_kept_for_a_scenario_is_its_own_and_goes_with_it() -> None:
    kept: PerScenario[list[str]] = PerScenario(list)
    one, other = Transcript(Redactor()), Transcript(Redactor())
    kept[one].append("user A")
    assert (kept[one], kept[other]) == (["user A"], [])
    del one
    gc.collect()
    assert len(kept._things) == 1


def test_a_connection_that_is_cut_off_is_told_with_the_end_of_the_session_if_the_server_says_why() -> None:
    user, inbox = _user()
    Person(user)._cut_off()
    Person(user)._cut_off("Session taken over")
    assert [one.what for one in inbox.received] == [Disconnected(), LoggedOut("Session taken over"), Disconnected()]


async def test_an_administrator_ends_sessions_by_the_right_password_and_impostors_try_by_others() -> None:
    class Mailroom(HasAdministrator):
        def __init__(self, administrator: Account | None) -> None:
            self.administrator = administrator
            self.asked: list[tuple[Account, str]] = []

        async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None:
            self.asked.append((claimed, login))

    mailroom = Mailroom(Account("root", "Right"))
    await mailroom.end_session("user A", Transcript(Redactor()))
    assert mailroom.asked == [(Account("root", "Right"), "user A")]
    assert mailroom.administrator_with(str.upper) == Account("root", "RIGHT")
    assert mailroom.administrator_with(lambda right: None) == Account("root", "")
    with pytest.raises(NotSupported, match="names no administrator"):
        await Mailroom(None).end_session("user A", Transcript(Redactor()))


def test_sessions_without_a_time_of_their_own_cannot_be_had_with_one() -> None:
    refuse_lifetime(None, "sessions here do not end")
    with pytest.raises(NotSupported, match="do not end"):
        refuse_lifetime(2.0, "sessions here do not end")


def test_a_servers_configuration_lies_beside_its_driver() -> None:
    assert list(files_beside(__file__, "unfaithful_broker.py")) == ["unfaithful_broker.py"]
    with pytest.raises(FileNotFoundError):
        files_beside(__file__, "no-such.conf")
