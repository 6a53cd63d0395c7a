"""The reference broker loses nothing: whatever is killed, stopped or cut off, what was accepted ends once."""

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from support.environments.embedded.pki import IssuedCertificate
from tests.reference.broker_client import Broker, eventually
from tests.reference.broker_fixtures import broker

__all__ = ["broker"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

_KEYS = ("message_queue", "message_queue:unregistered", "message_queue:retries")


def at(broker: Broker, message_id: str, expected: str) -> Callable[[], Awaitable[bool]]:
    """Whether a message has a status."""

    async def holds() -> bool:
        return await broker.status(message_id) == expected

    return holds


async def submitted(broker: Broker, certificate: IssuedCertificate, number: int = 1) -> list[str]:
    """The ids of new messages, which are all accepted."""
    answers = await asyncio.gather(*(broker.submit(certificate) for _ in range(number)))
    assert {status for status, _ in answers} == {202}
    return sorted(receipt["message_id"] for _, receipt in answers)


async def arrive(broker: Broker, identities: list[str]) -> None:
    """Wait until all messages are delivered, each once, and nothing is left of them."""

    async def delivered() -> bool:
        return await broker.deliveries(*identities) == identities

    async def gone() -> bool:
        return not await broker.redis.exists(*_KEYS, *await broker.redis.keys("message_queue:processing:*"))

    await eventually(delivered)
    await eventually(gone)


async def test_a_killed_worker_loses_nothing(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    first, second = (broker.deployment.controls[f"worker {number}"] for number in (1, 2))
    await second.stop()
    await broker.deployment.controls["main server"].pause()
    entries = [str(uuid.uuid4()) for _ in range(4)]
    for identity in entries:
        await broker.redis.lpush("message_queue", json.dumps({"message_id": identity, "attempt_count": 0}))

    async def in_work() -> bool:
        return len(await broker.redis.keys("message_queue:processing:worker-1:*")) == 4

    await eventually(in_work, 3)
    await first.kill()
    await second.start()

    async def taken_over() -> bool:
        return len(await broker.redis.keys("message_queue:processing:worker-2:*")) == 4

    await eventually(taken_over, 4)
    await broker.deployment.controls["main server"].resume()
    await arrive(broker, await submitted(broker, certificate, 5))
    await first.start()


async def test_a_stopped_worker_gives_back_what_it_holds(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    workers = [broker.deployment.controls[f"worker {number}"] for number in (1, 2)]
    await broker.deployment.workers.line.cut()
    identities = await submitted(broker, certificate, 3)
    await asyncio.gather(*(worker.stop() for worker in workers))
    await broker.deployment.workers.line.heal()
    await asyncio.gather(*(worker.start() for worker in workers))
    await arrive(broker, identities)


async def test_retries_keep_their_interval_and_end(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    await broker.deployment.workers.line.cut()
    began = time.monotonic()
    (hopeless,) = await submitted(broker, certificate)

    async def exhausted() -> bool:
        waiting = [json.loads(entry) for entry in await broker.redis.zrange("message_queue:retries", 0, -1)]
        return [entry["attempt_count"] for entry in waiting] == [4]

    await eventually(exhausted, 4)
    assert time.monotonic() - began >= 3 * 0.4
    assert await broker.status(hopeless) == "queued"
    await broker.deployment.workers.line.heal()
    await eventually(at(broker, hopeless, "failed"))
    assert (await broker.message(hopeless))["attempt_count"] == 4
    assert await broker.deliveries(hopeless) == []


async def test_a_message_that_nobody_knows_is_given_up(broker: Broker) -> None:
    await broker.redis.lpush("message_queue", "nonsense", json.dumps({"message_id": "unknown"}))

    async def gone() -> bool:
        return not await broker.redis.exists(*_KEYS)

    await eventually(gone)


async def test_without_the_main_server_messages_wait(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    main = broker.deployment.controls["main server"]
    await main.kill()
    identities = await submitted(broker, certificate, 5)
    status, health = await broker.ask("GET", f"{broker.proxy}/api/v1/health")
    assert (status, health["status"]) == (200, "degraded")
    assert await broker.redis.hlen("message_queue:unregistered") == 5
    for name in ("proxy", "second proxy"):
        await broker.deployment.controls[name].kill()
    await main.start()
    await broker.deployment.controls["second proxy"].start()
    await arrive(broker, identities)
    await broker.deployment.controls["proxy"].start()


async def test_what_can_never_be_registered_is_set_aside(broker: Broker) -> None:
    main = broker.deployment.controls["main server"]
    await main.kill()
    await submitted(broker, broker.deployment.authority.client("stranger"))
    await main.start()

    async def aside() -> bool:
        return bool(await broker.redis.hlen("message_queue:refused"))

    await eventually(aside)
    await broker.redis.delete("message_queue:refused")
    assert not await broker.redis.exists(*_KEYS)


async def test_without_redis_nothing_is_acknowledged(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    redis = broker.deployment.controls["Redis"]
    await redis.kill()
    assert (await broker.submit(certificate))[0] == 503
    assert (await broker.ask("GET", f"{broker.proxy}/api/v1/health"))[0] == 503
    status, health = await broker.ask("GET", f"{broker.main}/health")
    assert (status, health["components"]["redis"]) == (200, "unhealthy")
    await redis.start()
    await arrive(broker, await submitted(broker, certificate, 10))


async def test_a_redis_that_hangs_is_told_in_time(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    redis = broker.deployment.controls["Redis"]
    await redis.pause()
    began = time.monotonic()
    assert (await broker.submit(certificate))[0] == 503
    assert (await broker.ask("GET", f"{broker.proxy}/api/v1/health"))[0] == 503
    assert time.monotonic() - began < 6
    await redis.resume()
    await arrive(broker, await submitted(broker, certificate))


async def test_a_database_that_hangs_is_told_in_time(broker: Broker) -> None:
    postgres = broker.deployment.controls["the database"]
    await postgres.pause()
    began = time.monotonic()
    answers = await asyncio.gather(*(broker.ask("GET", f"{broker.main}/health") for _ in range(12)))
    assert {status for status, _ in answers} == {503}
    assert time.monotonic() - began < 4
    await postgres.resume()

    async def well() -> bool:
        return (await broker.ask("GET", f"{broker.main}/health"))[0] == 200

    await eventually(well, 4)


async def test_without_the_database_nothing_is_lost(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    postgres = broker.deployment.controls["the database"]
    await postgres.kill()
    status, health = await broker.ask("GET", f"{broker.main}/health")
    assert (status, health["components"]["database"]) == (503, "unhealthy")
    identities = await submitted(broker, certificate, 3)
    await postgres.start()

    async def well() -> bool:
        return (await broker.ask("GET", f"{broker.main}/health"))[0] == 200

    await eventually(well, 3)
    await arrive(broker, identities)


async def test_a_worker_that_was_hung_delivers_nothing_twice(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    hung = broker.deployment.controls["worker 1"]
    sending = asyncio.create_task(submitted(broker, certificate, 20))
    await asyncio.sleep(0.1)
    await hung.pause()
    identities = await sending
    await asyncio.sleep(1.2)  # longer than its lease
    await hung.resume()
    await arrive(broker, identities)
