"""The reference ChatTrain server: its HTTP side, its conversations, and what is kept of them."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSCloseCode, WSMsgType, WSServerHandshakeError

from reference.training.limits import NotAllowed, RateLimit
from tests.reference.bodies import bodiless
from tests.reference.training_client import connected, scenario, served, session, turn

TRIPLET = ["message_received", "assistant_message", "evaluation_feedback"]


async def test_the_four_ways_in_answer(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        health = await (await client.get("/api/health")).json()
        assert health["status"] == "healthy"
        assert len(await (await client.get("/api/scenarios")).json()) == 3
        fresh = await session(client)
        assert fresh["status"] == "active"
        assert fresh["completed_at"] is None
        pdf = await client.get("/api/documents/claim_handling_v1/claim_guide.pdf")
        assert pdf.content_type == "application/pdf"
        assert (await pdf.read()).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("body", "status", "kinds"),
    [
        ({"scenario_id": 999, "user_id": "p"}, 404, None),
        ({}, 422, ["missing", "missing"]),
        ({"scenario_id": "customer_service_v1", "user_id": "p"}, 422, ["int_parsing"]),
        ({"scenario_id": "--1", "user_id": "p"}, 422, ["int_parsing"]),
        ({"scenario_id": 1, "user_id": ""}, 422, ["string_too_short"]),
        ({"scenario_id": 1, "user_id": "x" * 101}, 422, ["string_too_long"]),
        ({"scenario_id": 2**63, "user_id": "p"}, 404, None),
        ("{", 422, ["json_invalid"]),
    ],
)
async def test_bad_sessions_are_refused(tmp_path: Path, body: Any, status: int, kinds: list[str] | None) -> None:
    async with served(tmp_path) as client:
        answer = await client.post("/api/sessions", data=body if isinstance(body, str) else json.dumps(body))
        assert answer.status == status
        detail = (await answer.json())["detail"]
        assert detail == "Scenario not found" if kinds is None else [item["type"] for item in detail] == kinds


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nowhere/claim_guide.pdf", 404),
        ("claim_handling_v1/missing.pdf", 404),
        ("claim_handling_v1/scenario.toml", 403),
        ("claim_handling_v1/..%5Cx.md", 403),
        ("claim_handling_v1/..%2Fcustomer_service_v1%2Fservice_manual.pdf", 403),
        ("claim_handling_v1/sub/claim_guide.pdf", 404),
        ("1/claim_guide.pdf", 404),
    ],
)
async def test_only_documents_are_given_out(tmp_path: Path, path: str, status: int) -> None:
    async with served(tmp_path) as client:
        answer = await client.get(f"/api/documents/{path}")
        assert answer.status == status
        assert "detail" in await answer.json()


async def test_documents_are_described_and_validated(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        listed = await (await client.get("/api/scenarios/customer_service_v1/documents")).json()
        assert [document["filename"] for document in listed] == ["service_manual.pdf", "troubleshooting_steps.md"]
        text = await (await client.get(f"{listed[1]['url']}/content")).json()
        assert text["content"].startswith("# Troubleshooting")
        assert (await client.get(f"{listed[0]['url']}/content")).status == 400
        assert (await (await client.get("/api/scenarios/nowhere/validate")).json())["overall_valid"] is False
        before = await scenario(client)
        assert (await (await client.post("/api/content/reload", skip_auto_headers=bodiless(None))).json())[
            "success"
        ] is True
        assert await scenario(client) == before


async def test_a_turn_is_three_frames_in_order_also_when_they_are_many(tmp_path: Path) -> None:
    async with served(tmp_path) as client, connected(client, (await session(client))["id"]) as socket:
        for number in range(5):
            await socket.send_json({"type": "user_message", "content": f"message {number}"})
        frames = [await socket.receive_json(timeout=2) for _ in range(15)]
        assert [frame["type"] for frame in frames] == TRIPLET * 5


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("zzz", 70, 70),
        ("help", 90, 90),
        ("helpful assistance", 70, 70),
        ("I understand, sorry! Please let me help to resolve it step by step, thank you", 92, 100),
    ],
)
async def test_scores_follow_the_rules(tmp_path: Path, text: str, least: int, most: int) -> None:
    async with served(tmp_path) as client:
        number = (await session(client, "claim_handling_v1"))["id"]
        async with connected(client, number) as socket:
            feedback = (await turn(socket, text))[2]
            assert least <= feedback["score"] <= most
            assert 1 <= len(feedback["suggestions"]) <= 3


BAD_FRAMES: list[str | bytes] = [
    *("not JSON", "", "[1]", "null", '"word"', b"\x00\x01", b'{"type": "session_start"}'),
    *("{}", '{"type": "dance"}', '{"type": "assistant_message", "content": "I am the coach"}'),
    *('{"type": "user_message"}', '{"type": "user_message", "content": null}', '{"type": "session_complete"}'),
    '{"type": "user_message", "content": "\\ud800"}',
    json.dumps({"type": "user_message", "content": "x" * 2001}),
]


@pytest.mark.parametrize("sent", BAD_FRAMES)
async def test_a_socket_stays_usable_whatever_it_sends(tmp_path: Path, sent: str | bytes) -> None:
    async with served(tmp_path) as client, connected(client, (await session(client))["id"]) as socket:
        await (socket.send_bytes(sent) if isinstance(sent, bytes) else socket.send_str(sent))
        assert (await socket.receive_json(timeout=2))["type"] in ("error", "security_error")
        assert [frame["type"] for frame in await turn(socket, "I can help")] == TRIPLET


async def test_personal_data_is_masked_before_it_is_kept(tmp_path: Path) -> None:
    words = "Card 4111 1111 1111 1111, account AC-123456, mail ann@example.org, phone 555-123-4567"
    spoken = f"{words}, 123-45-6789, policy P-123456"  # as the deployed system writes the number of a policy
    async with served(tmp_path) as client:
        number = (await session(client))["id"]
        async with connected(client, number) as socket:
            await turn(socket, spoken)
        kept = await (await client.get(f"/api/sessions/{number}/messages")).json()
        masked = "Card {{CARD}}, account {{ACCOUNT}}, mail {{EMAIL}}, phone {{PHONE}}"
        assert kept[0]["content"] == f"{masked}, {{{{SSN}}}}, policy {{{{POLICY}}}}"


async def test_too_many_messages_are_refused(tmp_path: Path) -> None:
    async with served(tmp_path, burst=3, messages_per_minute=0.01) as client:
        async with connected(client, (await session(client))["id"]) as socket:
            for _ in range(5):
                await socket.send_json({"type": "user_message", "content": "again"})
            frames = [await socket.receive_json(timeout=2) for _ in range(3 * 3 + 2)]
        assert [frame["type"] for frame in frames] == TRIPLET * 3 + ["security_error"] * 2
        assert frames[-1]["error_code"] == "RATE_LIMIT_EXCEEDED"


def test_time_gives_messages_back_up_to_the_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("reference.kit.limits.time.monotonic", lambda: clock[0])
    limit = RateLimit(per_minute=60.0, burst=2)
    taken = []
    for moment in (0.0, 0.0, 0.0, 0.9, 1.1, 1.1, 100.0, 100.0, 100.0):
        clock[0] = moment
        taken.append(_takes(limit))
    assert taken == [True, True, False, False, True, False, True, True, False]


def _takes(limit: RateLimit) -> bool:
    try:
        limit.take("pilot_user_1")
    except NotAllowed:
        return False
    return True


async def test_a_session_is_completed_when_enough_was_said(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        number = (await session(client))["id"]
        async with connected(client, number) as socket:
            scores = [(await turn(socket, text))[2]["score"] for text in ("help", "zzz", "zzz", "help")]
            await socket.send_json({"type": "session_complete"})
            told = await socket.receive_json(timeout=2)
            assert told["summary"] == {"exchanges": 4, "average_score": sum(scores) / 4}
            await socket.send_json({"type": "user_message", "content": "One more thing"})
            assert (await socket.receive_json(timeout=2))["type"] == "error"
        kept = await (await client.get(f"/api/sessions/{number}")).json()
        assert kept["status"] == "completed"
        feedback = await (await client.get(f"/api/sessions/{number}/feedback")).json()
        assert [item["score"] for item in feedback] == scores


async def test_a_session_is_told_as_it_is_kept(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        number = (await session(client, user="pilot_user_3"))["id"]
        async with connected(client, number) as socket:
            await socket.send_json({"type": "session_start"})
            metadata = (await socket.receive_json(timeout=2))["metadata"]
        assert metadata["session"]["user_id"] == "pilot_user_3"
        assert json.loads(metadata["session"]["data_json"]) == {}
        assert json.loads(metadata["scenario"]["config_json"])["id"] == "customer_service_v1"


@pytest.mark.parametrize("path", ["abc", "999", "-1", "1.5", str(2**70)])
async def test_nobody_joins_a_session_that_does_not_exist(tmp_path: Path, path: str) -> None:
    async with served(tmp_path) as client:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await client.ws_connect(f"/chat/{path}")


async def test_a_reply_goes_to_the_socket_that_asked(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        number = (await session(client))["id"]
        async with connected(client, number) as one, connected(client, number) as other:
            await turn(one, "help")
            assert [frame["type"] for frame in await turn(other, "help")] == TRIPLET


async def test_everything_outlives_a_restart_and_sockets_are_told(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        number = (await session(client))["id"]
        async with connected(client, number) as socket:
            await turn(socket, "help")
            await client.server.close()
            farewell = await socket.receive(timeout=2)
            assert (farewell.type, farewell.data) == (WSMsgType.CLOSE, WSCloseCode.SERVICE_RESTART)
    async with served(tmp_path) as client:
        assert len(await (await client.get(f"/api/sessions/{number}/messages")).json()) == 2
        async with connected(client, number) as socket:
            assert [frame["type"] for frame in await turn(socket, "help")] == TRIPLET


async def test_a_locked_database_keeps_nobody_else_waiting_and_heals(tmp_path: Path) -> None:
    async with served(tmp_path) as client, connected(client, (await session(client))["id"]) as socket:
        lock = sqlite3.connect(tmp_path / "chattrain.db", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        await socket.send_json({"type": "user_message", "content": "help"})
        assert (await client.get("/api/health")).status == 200
        assert "unavailable" in (await socket.receive_json(timeout=2))["content"]
        assert (await client.post("/api/sessions", json={"scenario_id": 1, "user_id": "p"})).status == 503
        lock.execute("ROLLBACK")
        lock.close()
        assert [frame["type"] for frame in await turn(socket, "help")] == TRIPLET


async def test_a_lost_database_is_told_and_heals(tmp_path: Path) -> None:
    async with served(tmp_path) as client, connected(client, (await session(client))["id"]) as socket:
        away = (tmp_path / "chattrain.db").rename(tmp_path / "away.db")
        assert (await client.get("/api/scenarios")).status == 503
        await socket.send_json({"type": "user_message", "content": "help"})
        assert "unavailable" in (await socket.receive_json(timeout=2))["content"]
        away.rename(tmp_path / "chattrain.db")
        assert (await client.get("/api/scenarios")).status == 200
        assert [frame["type"] for frame in await turn(socket, "help")] == TRIPLET
