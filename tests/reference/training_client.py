"""What the tests of the reference ChatTrain server share: a server in this process, and a client of its sockets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import ClientWebSocketResponse
from aiohttp.test_utils import TestClient, TestServer

from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.training.faults import FAULTS
from reference.training.server import build
from reference.training.settings import Settings

Client = TestClient[Any, Any]


@asynccontextmanager
async def served(
    folder: Path, fault: str | None = None, lag: Lag | None = None, **changes: Any
) -> AsyncIterator[Client]:
    """A client of a running server whose database lies in `folder`."""
    quick = Settings(database=folder / "chattrain.db", lock_patience=0.1, messages_per_minute=6000.0)
    parts = FAULTS.choose(fault).parts() if fault else Parts()
    app = build(replace(quick, **changes), parts, lag)
    async with TestClient(TestServer(app)) as client:
        yield client


async def scenario(client: Client, name: str = "customer_service_v1") -> int:
    """The number of a scenario."""
    found = await (await client.get("/api/scenarios")).json()
    return next(item["id"] for item in found if item["config"]["id"] == name)


async def session(client: Client, name: str = "customer_service_v1", user: str = "pilot_user_1") -> dict[str, Any]:
    """A new session."""
    wanted = {"scenario_id": await scenario(client, name), "user_id": user}
    return await (await client.post("/api/sessions", json=wanted)).json()


@asynccontextmanager
async def connected(client: Client, number: int) -> AsyncIterator[ClientWebSocketResponse]:
    """A socket of a session, greeted."""
    async with client.ws_connect(f"/chat/{number}") as socket:
        greeting = await socket.receive_json(timeout=2)
        assert greeting["type"] == "session_start"
        yield socket


async def turn(socket: ClientWebSocketResponse, text: str) -> list[dict[str, Any]]:
    """Say something, and take the three frames of the answer."""
    await socket.send_json({"type": "user_message", "content": text})
    return [await socket.receive_json(timeout=2) for _ in range(3)]
