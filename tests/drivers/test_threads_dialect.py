"""What the deployed ThreadFileSharing wants otherwise than its document is an option of the profile.

Each test is one quirk of the real system, met on its wire (contracts/threads.md).
"""

import asyncio
import tomllib
from pathlib import Path

import pytest

from support.core.errors import Absent, NotSupported
from support.core.events import Aside
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.collaboration import ChangesBothWays, HasPlaces, KeepsFiles, ShowsTyping, TakesIn
from support.drivers.capabilities.probing import KeepsToLimits, TakesRequests
from support.drivers.capabilities.school import TurnsIntrudersAway
from support.drivers.threads.options import REQUESTS
from support.scenario.tasks import file_upload, outages, repeated_requests, workspace
from support.scenario.tasks.contact_lists import look_who_is_online
from tests.drivers.deployed_threads import LIMIT
from tests.drivers.test_threads_quirks import OUTSIDER, OWNER, ROOM, Deployed, deployed, opened

__all__ = ["deployed"]

THREAD = 'the thread "Budget"'


async def test_a_request_without_a_body_has_no_content_type(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)  # adds user B by a request without a body, which would be 415 with a content type
    assert any(asked.startswith("POST /chatrooms/") for asked in threads.asked)


async def test_who_is_not_taken_along_into_a_thread_is_added_to_it(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B"])
    one = world.cast["user A"]
    await one.do(one.ability(HasPlaces).open_place(THREAD, ["user B"]))
    await world.cast["user B"].do(world.cast["user B"].ability(HasPlaces).open_place(ROOM, ["user A"]))


async def test_who_sends_a_file_asks_to_be_told_of_its_progress(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await one.do(file_upload.upload(one, "plan.pdf", 3, ROOM))
    await file_upload.told_of_progress(world, one, "plan.pdf")
    await file_upload.told_of_progress(world, other, "plan.pdf")


async def test_the_last_piece_says_that_it_is_the_last_and_no_other_does(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.do(one.ability(KeepsFiles).begin_upload("plan.pdf", ROOM, 3))
    (upload,) = threads.uploads.values()
    await one.do(one.ability(KeepsFiles).send_pieces("plan.pdf", 2))
    assert upload["status"] == "in_progress"
    await one.do(one.ability(KeepsFiles).finish_upload("plan.pdf"))
    assert upload["status"] == "completed"


async def test_that_an_upload_is_complete_cannot_be_said_and_is_not_tried(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.do(file_upload.upload(one, "plan.pdf", 1, ROOM))
    with pytest.raises(Absent, match="no way to complete an upload"):
        await one.ability(KeepsFiles).complete_upload("plan.pdf")


async def test_a_file_that_nothing_has_told_of_cannot_be_opened_and_that_is_said(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.do(file_upload.upload(one, "plan.pdf", 1, ROOM))
    with pytest.raises(AssertionError, match=r"no user was told that plan\.pdf is there"):
        await one.do(one.ability(KeepsFiles).open_file("plan.pdf"))


async def test_files_found_come_as_a_list(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    assert await one.ability(KeepsFiles).find_files("plan") == frozenset()


async def test_a_name_is_changed_by_its_own_field(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.attempt(one.ability(ChangesBothWays).change("takes another name", "by request"))
    assert await one.ability(ChangesBothWays).look(workspace.change_by(one)) == "Ada"


async def test_somebody_who_is_added_is_invited_and_accepts(deployed: Deployed) -> None:
    threads, world = deployed
    await world.all_come_online(["the company owner", "user A"])
    owner, newcomer = world.cast["the company owner"], await world.actor("the newcomer")
    await owner.do(owner.ability(HasPlaces).open_place(ROOM, ["user A"]))
    await owner.do(owner.ability(TakesIn).take_in("the newcomer"))
    await newcomer.do(newcomer.sign_in())
    assert "POST /invitations/accept" in threads.asked
    await owner.attempt(owner.ability(TakesRequests).request_wrongly("a member without an address"))
    assert (await owner.was_refused()).startswith("that is a mistake")


async def test_a_refusal_that_is_a_sentence_alone_has_the_ground_that_the_profile_names(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    await world.all_come_online(["user C"])
    stranger = world.cast["user C"]
    await stranger.attempt(stranger.send("Let me in", ROOM))
    assert await stranger.was_refused() == "that is not allowed: Access denied to chatroom"


async def test_who_comes_back_is_back_though_a_room_does_not_let_them_in_again(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)
    other = world.cast["user B"]
    for members in threads.members.values():
        members.discard(next(user["id"] for user in threads.users.values() if user["email"] == other.account.login))
    await other.do(other.connect())
    assert other.is_connected


async def test_own_typing_is_no_news_to_oneself(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.do(one.ability(ShowsTyping).type("begins to type", ROOM))
    await one.receives(Aside(f"user A has begun to type in {ROOM}"))


async def test_what_nobody_can_be_is_absent_before_anything_is_asked(deployed: Deployed) -> None:
    threads, world = deployed
    threads.asked.clear()
    with pytest.raises(Absent, match="the product has no guests"):
        await world.actor("the guest")
    assert threads.asked == []


async def test_who_is_online_cannot_be_told_and_nobody_is_taken_to_be_offline(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    with pytest.raises(Absent, match="word of who is online"):
        await look_who_is_online(world.cast["user A"])


@pytest.mark.parametrize(("status", "ground"), [(413, "that is too large"), (415, "UNKNOWN_ERROR (415)")])
def test_a_ground_is_told_by_the_status_before_a_code_that_says_nothing(status: int, ground: str) -> None:
    from support.drivers.clients.http import Answer
    from support.drivers.threads.backend import STATUSES

    answer = Answer(status, b'{"error": {"code": "UNKNOWN_ERROR", "message": "no"}}', {})
    with pytest.raises(Rejected, match="^" + ground.replace("(", r"\(").replace(")", r"\)")):
        STATUSES.judged(answer)


async def test_a_limit_is_kept_before_it_is_run_into(deployed: Deployed) -> None:
    threads, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    threads.left["/companies/me/members"] = LIMIT
    for _ in range(2 * LIMIT):
        await one.do(one.contacts())
    assert threads.turned_away == 0


async def test_a_scenario_about_limits_waits_before_its_requests_and_not_within(deployed: Deployed) -> None:
    threads, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    threads.left["/users/me"], threads.window = LIMIT, 0.15
    assert isinstance(one.client, KeepsToLimits)
    await one.ability(TakesRequests).look_at_oneself()  # as an earlier scenario has
    record = await repeated_requests.ask_at_once(one, LIMIT + 2)
    assert sum(one.trouble is not None for one in record.tried) == 2


async def test_whether_it_serves_is_asked_without_signing_in(deployed: Deployed) -> None:
    threads, world = deployed
    await world.actor("user A")
    threads.asked.clear()
    assert await world.system.serves(world.transcript)
    assert threads.asked == ["GET /companies/me/members"]
    threads.used_up("/companies/me/members", seconds=60.0)
    assert await world.system.serves(world.transcript)


async def test_a_refusal_that_hides_an_outage_is_quoted_at_once(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    await world.all_come_online(["user C"])
    stranger = world.cast["user C"]
    await stranger.attempt(stranger.send("Is anybody there?", ROOM))
    with pytest.raises(
        AssertionError, match=r'user C was told "that is not allowed: .*", which does not name postgres'
    ):
        await outages.told_of(stranger, "Postgres")


async def test_what_no_document_demands_and_is_not_there_is_not_tried(deployed: Deployed) -> None:
    threads, world = deployed
    await world.all_come_online([OWNER, OUTSIDER])
    threads.asked.clear()
    with pytest.raises(NotSupported, match="no way to read a profile") as limit:
        await world.cast[OUTSIDER].ability(TurnsIntrudersAway).intrude("read the profile of the company owner", OWNER)
    assert not isinstance(limit.value, Absent)
    assert threads.asked == []


async def test_two_names_of_one_request_have_one_limit(deployed: Deployed) -> None:
    _, world = deployed
    backend = (await world.actor("user A")).client.backend  # type: ignore[attr-defined]
    assert backend.limit("send a message") is backend.limit("send a message, as deployed")
    assert backend.limit("send a message") is not backend.limit("open a room")


async def test_several_who_come_close_to_a_limit_ask_one_by_one(deployed: Deployed) -> None:
    threads, world = deployed
    await world.all_come_online(["user A"])
    backend, one = world.cast["user A"].client.backend, world.cast["user A"]  # type: ignore[attr-defined]
    threads.left["/users/me"], threads.window = LIMIT, 0.15

    async def ask() -> None:
        await backend.answer(backend.session(world.transcript.of("user A"), one.token), "read the profile")

    await asyncio.gather(*(ask() for _ in range(LIMIT + 1)))
    assert threads.turned_away == 0


def test_the_shipped_profile_asks_for_nothing_that_only_our_reference_has() -> None:
    profile = tomllib.loads((Path(__file__).parents[2] / "profiles/deployed/threads.toml").read_text())
    told = profile["systems"]["threads"]["driver"]["requests"]
    assert {what: told.get(what) for what, request in REQUESTS.items() if "/test_support" in request} == {
        "choose the lifetime of sessions": "",
        "let something expire": "",
    }
