"""The reference ChatTrain server with an LLM, under lag, and with its seeded faults."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from reference.kit.lag import Lag
from reference.training.coach import APOLOGY
from reference.training.faults import FAULTS
from tests import serving
from tests.reference.training_client import connected, served, session, turn

#: How often the LLM is asked before it is given up.
ATTEMPTS = 2


class Stub:
    """An LLM that says what it was asked. `status` makes it fail; `gate` holds its answers."""

    def __init__(self) -> None:
        self.asked: list[list[dict[str, str]]] = []
        self.status = 200
        self.says: Any = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.all_asked = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        prompt = (await request.json())["messages"]
        self.asked.append(prompt)
        if len(self.asked) == 5:
            self.all_asked.set()
        await self.gate.wait()
        says = self.says or f"You said: {prompt[-1]['content']}"
        return web.json_response({"choices": [{"message": {"content": says}}]}, status=self.status)


@asynccontextmanager
async def stub() -> AsyncIterator[tuple[Stub, dict[str, Any]]]:
    """The stub, and how to reach it."""
    model, app = Stub(), web.Application()
    app.router.add_post("/v1/chat/completions", model.answer)
    async with serving.served(app) as server:
        address = str(server.make_url("")).rstrip("/")
        yield model, {"bot_api": address, "llm_patience": 5.0, "llm_attempts": ATTEMPTS, "llm_pause": 0.01}


async def test_the_model_is_told_what_was_said_in_this_session_alone(tmp_path: Path) -> None:
    async with stub() as (model, llm), served(tmp_path, **llm) as client:
        one, other = await session(client), await session(client)
        async with connected(client, other["id"]) as socket:
            await turn(socket, "from elsewhere")
        async with connected(client, one["id"]) as socket:
            await turn(socket, "first, card 4111 1111 1111 1111")
            assert (await turn(socket, "second"))[1]["content"] == "You said: second"
        said = [message["content"] for message in model.asked[-1][1:]]
        assert said == ["first, card {{CARD}}", "You said: first, card {{CARD}}", "second"]


@pytest.mark.parametrize(("status", "says"), [(500, None), (429, None), (401, None), (200, {"no": "text"})])
async def test_a_failing_model_costs_one_apology(tmp_path: Path, status: int, says: object) -> None:
    async with (
        stub() as (model, llm),
        served(tmp_path, **llm) as client,
        connected(client, (await session(client))["id"]) as socket,
    ):
        model.status, model.says = status, says
        _, reply, feedback = await turn(socket, "help")
        assert (reply["content"], reply["metadata"]["error"], feedback["score"]) == (APOLOGY, True, 0)
        model.status, model.says = 200, None
        assert (await turn(socket, "help"))[2]["score"] == 90
        assert len(model.asked) == ATTEMPTS + 1


async def test_a_model_that_hangs_is_given_up(tmp_path: Path) -> None:
    async with (
        stub() as (model, llm),
        served(tmp_path, **llm | {"llm_patience": 0.05}) as client,
        connected(client, (await session(client))["id"]) as socket,
    ):
        model.gate.clear()
        assert (await turn(socket, "help"))[1]["metadata"]["error"] is True
        model.gate.set()


async def test_users_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async with stub() as (model, llm), served(tmp_path, **llm) as client:
        model.gate.clear()
        numbers = [(await session(client, user=f"pilot_user_{number}"))["id"] for number in range(5)]
        turns = [asyncio.create_task(_one_turn(client, number)) for number in numbers]
        await asyncio.wait_for(model.all_asked.wait(), 5)
        model.gate.set()
        assert await asyncio.gather(*turns) == [f"You said: I am {number}" for number in numbers]


async def test_who_leaves_in_the_middle_of_a_turn_finds_its_reply_later(tmp_path: Path) -> None:
    async with stub() as (model, llm), served(tmp_path, **llm) as client:
        number = (await session(client))["id"]
        model.gate.clear()
        async with connected(client, number) as socket:
            await socket.send_json({"type": "user_message", "content": "Wait for me"})
            await socket.receive_json(timeout=2)
            asyncio.get_running_loop().call_later(0.05, model.gate.set)
        kept: list[Any] = []
        while len(kept) < 2:
            kept = await (await client.get(f"/api/sessions/{number}/messages")).json()
        assert kept[1]["content"] == "You said: Wait for me"


async def test_lag_keeps_the_order(tmp_path: Path) -> None:
    async with served(tmp_path, lag=Lag(0.0, 0.03, seed=7)) as client:
        async with connected(client, (await session(client))["id"]) as socket:
            for number in range(5):
                await socket.send_json({"type": "user_message", "content": f"message {number}"})
            frames = [await socket.receive_json(timeout=2) for _ in range(15)]
        kinds = ["message_received", "assistant_message", "evaluation_feedback"]
        assert [frame["type"] for frame in frames] == kinds * 5


@pytest.mark.parametrize("fault", list(FAULTS), ids=lambda fault: fault.name)
async def test_every_fault_makes_a_server_that_starts(tmp_path: Path, fault: Any) -> None:
    assert fault.says
    assert all(requirement.startswith("CT-") for requirement in fault.requirements)
    async with served(tmp_path, fault=fault.name) as client:
        assert (await client.get("/api/content/stats")).status == 200


def test_the_faults_are_listed_one_a_line() -> None:
    listed = [json.loads(line) for line in FAULTS.listing().splitlines()]
    assert len({fault["name"] for fault in listed}) == len(listed) >= 30


async def _one_turn(client: Any, number: int) -> str:
    async with connected(client, number) as socket:
        return str((await turn(socket, f"I am {number}"))[1]["content"])
