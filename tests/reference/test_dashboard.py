"""The reference dashboard speaks the contract's wire, over two processes, and survives what may befall it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from reference.dashboard.faults import FAULTS
from reference.dashboard.server import DashboardServer
from reference.dashboard.settings import Settings
from reference.kit.settings import read
from support.environments.embedded.dashboard import DashboardDeployment
from tests.reference.dashboard_client import ACCOUNTS, DashboardHttp, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deployment() -> AsyncIterator[DashboardDeployment]:
    async with DashboardDeployment({"health-interval": 0.1, "health-timeout": 1.5}) as deployment:
        yield deployment


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def wire(deployment: DashboardDeployment) -> AsyncIterator[DashboardHttp]:
    client = DashboardHttp(deployment.server_addresses, deployment.mail_folder)
    yield client
    await client.session.close()


async def hear(socket: ClientConnection, count: int) -> list[dict[str, Any]]:
    """The next messages."""
    async with asyncio.timeout(10):
        return [json.loads(await socket.recv()) for _ in range(count)]


async def kinds(socket: ClientConnection, count: int) -> list[str]:
    """The types of the next messages, an activity's own type included."""
    heard = await hear(socket, count)
    return [" ".join(filter(None, (one["type"], one["data"].get("activity_type")))) for one in heard]


async def closed(socket: ClientConnection) -> int:
    """The code that the server closes a connection with."""
    with pytest.raises(ConnectionClosed) as end:
        await hear(socket, 1)
    assert end.value.rcvd is not None
    return end.value.rcvd.code


async def refused(wire: DashboardHttp, who: Person, school: int) -> int:
    """The status that a handshake is refused with."""
    with pytest.raises(InvalidStatus) as refusal:
        await wire.listen(who, school)
    return refusal.value.response.status_code


async def until_served(wire: DashboardHttp, process: int) -> None:
    while (await wire.call("GET", "/api/", process=process))[0] == 503:  # noqa: ASYNC110 - no event of ours
        await asyncio.sleep(0.02)


async def serving(wire: DashboardHttp) -> None:
    """Wait until both processes serve again."""
    async with asyncio.timeout(10):
        for process in (0, 1):
            await until_served(wire, process)


async def test_each_event_shows_as_its_messages_in_order_on_both_processes(wire: DashboardHttp) -> None:
    owner, teacher = await wire.person(), await wire.person("rui")
    sockets = [await wire.listen(owner, process=process) for process in (0, 1)]
    body = {"email": teacher.email, "role": "teacher", "message": "Welcome"}
    _, sent = await wire.call("POST", f"{ACCOUNTS}/schools/{owner.school}/invitations/", body, by=owner)
    path = f"{ACCOUNTS}/invitations/{sent['invitation']['token']}/accept/"
    assert (await wire.call("POST", path, {}, by=teacher, process=1))[0] == 200
    assert await wire.student(owner, "Eva") == 201
    for socket in sockets:
        assert await kinds(socket, 8) == [
            "activity_new invitation_sent",
            "metrics_update",
            "activity_new teacher_joined",
            "activity_new invitation_accepted",
            "invitation_status_update",
            "metrics_update",
            "activity_new student_joined",
            "metrics_update",
        ]


async def test_messages_from_both_processes_arrive_everywhere_in_the_order_of_the_feed(wire: DashboardHttp) -> None:
    owner = await wire.person()
    sockets = [await wire.listen(owner, process=process) for process in (0, 1)]
    statuses = await asyncio.gather(*(wire.student(owner, f"Student {n}", process=n % 2) for n in range(40)))
    assert set(statuses) == {201}
    heard = []
    for socket in sockets:
        heard.append([one["data"]["id"] for one in await hear(socket, 80) if one["type"] == "activity_new"])
    _, feed = await wire.call("GET", f"{ACCOUNTS}/school-dashboard/{owner.school}/activity/?page_size=100", by=owner)
    assert heard[0] == heard[1] == [entry["id"] for entry in reversed(feed["results"])]


async def test_the_figures_and_the_feed_can_be_read(wire: DashboardHttp) -> None:
    owner = await wire.person()
    await wire.student(owner, "Eva")
    here = f"{ACCOUNTS}/school-dashboard/{owner.school}"
    _, figures = await wire.call("GET", f"{here}/metrics/", by=owner)
    assert figures["student_count"]["total"] == 1
    assert figures["student_count"]["trend"]["daily"] == [0, 0, 0, 0, 0, 0, 1]
    _, feed = await wire.call("GET", f"{here}/activity/?page=99&activity_types=student_joined", by=owner)
    assert [entry["target"]["name"] for entry in feed["results"]] == ["Eva"]
    assert (await wire.call("GET", f"{here}/activity/?page=two", by=owner))[0] == 400


async def test_only_owners_and_admins_of_the_very_school_are_let_in(wire: DashboardHttp) -> None:
    owner, other = await wire.person(), await wire.person()
    assert await refused(wire, other, owner.school) == 403
    assert await refused(wire, owner, 999999) == 403
    body = {"user_id": other.id, "school_id": owner.school, "role": "school_admin"}
    assert (await wire.call("POST", f"{ACCOUNTS}/school-memberships/", body, by=other))[0] == 403
    _, membership = await wire.call("POST", f"{ACCOUNTS}/school-memberships/", body, by=owner)
    socket = await wire.listen(other, owner.school)
    await wire.call("DELETE", f"{ACCOUNTS}/school-memberships/{membership['id']}/", by=owner, process=1)
    assert await closed(socket) == 1008
    assert await refused(wire, other, owner.school) == 403


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example"])
async def test_a_cookie_needs_a_page_of_ours(wire: DashboardHttp, origin: str | None) -> None:
    owner = await wire.person()
    cookie = {"Cookie": f"sessionid={owner.cookie}"}
    await wire.knock(owner.school, cookie | {"Origin": "http://localhost:8081"})
    with pytest.raises(InvalidStatus):
        await wire.knock(owner.school, cookie | ({"Origin": origin} if origin else {}))


async def test_a_login_code_works_once_and_not_after_five_wrong_ones(wire: DashboardHttp) -> None:
    owner = await wire.person()
    path, used = f"{ACCOUNTS}/auth/verify-code/", wire.codes(owner.email)[-1]
    assert (await wire.call("POST", path, {"email": owner.email, "code": used}))[0] == 400
    await wire.call("POST", f"{ACCOUNTS}/auth/request-code/", {"email": owner.email})
    right = wire.codes(owner.email)[-1]
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert (await wire.call("POST", path, {"email": owner.email, "code": wrong}))[0] == 400
    status, answer = await wire.call("POST", path, {"email": owner.email, "code": right})
    assert (status, "Too many" in answer["error"]) == (400, True)


async def test_a_login_code_that_is_shown_twenty_times_at_once_works_once(wire: DashboardHttp) -> None:
    owner = await wire.person()
    await wire.call("POST", f"{ACCOUNTS}/auth/request-code/", {"email": owner.email})
    shown = {"email": owner.email, "code": wire.codes(owner.email)[-1]}
    answers = await asyncio.gather(*(wire.call("POST", f"{ACCOUNTS}/auth/verify-code/", shown) for _ in range(20)))
    assert sorted(status for status, _ in answers) == [200, *[400] * 19]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{ACCOUNTS}/users/signup/", {"name": "", "email": "a@b.example"}),
        (f"{ACCOUNTS}/users/signup/", {"name": "a", "email": "a@b.example", "phone_number": "1", "school": "none"}),
        (f"{ACCOUNTS}/auth/request-code/", {"email": "no address"}),
        (f"{ACCOUNTS}/auth/verify-code/", {"email": "a@b.example", "code": "123"}),
        (f"{ACCOUNTS}/auth/request-code/", ["a list"]),
    ],
)
async def test_wrong_input_is_answered_not_stumbled_over(wire: DashboardHttp, path: str, body: object) -> None:
    assert (await wire.call("POST", path, body))[0] == 400


async def test_a_lost_redis_closes_sockets_costs_nothing_stored_and_mends_itself(
    deployment: DashboardDeployment, wire: DashboardHttp
) -> None:
    owner = await wire.person()
    redis = deployment.redis
    for outage, end in ((redis.kill, redis.start), (redis.pause, redis.resume)):
        socket = await wire.listen(owner)
        await outage()
        assert await wire.student(owner, "Eva") == 201
        assert await closed(socket) == 1011
        assert await refused(wire, owner, owner.school) == 503
        await end()
        await serving(wire)
        socket = await wire.listen(owner)
        await wire.student(owner, "Rui", process=1)
        assert await kinds(socket, 1) == ["activity_new student_joined"]


async def test_a_restart_keeps_sessions(deployment: DashboardDeployment, wire: DashboardHttp) -> None:
    owner = await wire.person()
    socket = await wire.listen(owner)
    await deployment.controls["dashboard server"].restart(graceful=True)
    assert await closed(socket) == 1012
    await wire.listen(owner)


async def test_refusals_can_be_told_by_closing() -> None:
    async with DashboardDeployment({"refusal": "close"}, processes=1) as deployment:
        wire = DashboardHttp(deployment.server_addresses, deployment.mail_folder)
        owner = await wire.person()
        assert await closed(await wire.listen(owner, 999999)) == 4403
        await wire.session.close()


@pytest.mark.parametrize("fault", [fault.name for fault in FAULTS])
async def test_a_server_can_be_put_together_with_each_fault(
    fault: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARSHOT_POSTGRES", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("EARSHOT_REDIS", "redis://127.0.0.1:1/0")
    settings = read(Settings, ["--mail-folder", str(tmp_path)])
    clean, broken = DashboardServer(settings), DashboardServer(settings, FAULTS.choose(fault).parts())
    assert clean.app() is not broken.app()


async def test_a_class_on_a_day_that_is_none_is_refused(wire: DashboardHttp) -> None:
    owner = await wire.person()
    member = {"user_id": owner.id, "school_id": owner.school, "role": "teacher"}
    assert (await wire.call("POST", f"{ACCOUNTS}/school-memberships/", member, by=owner))[0] == 201
    plan = {"teacher": owner.id, "school": owner.school, "session_type": "group", "grade_level": "7"}
    plan |= {"date": "2030-02-30", "start_time": "10:00", "end_time": "11:00"}
    assert (await wire.call("POST", "/api/finances/api/sessions/", plan, by=owner))[0] == 400
    assert (await wire.call("POST", "/api/finances/api/sessions/", plan | {"date": "2030-02-28"}, by=owner))[0] == 201
