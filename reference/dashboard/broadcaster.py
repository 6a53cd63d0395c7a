"""Redis: carries what happens from the process where it happens to all processes that have listeners."""

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from reference.dashboard.envelopes import Event
from reference.kit.patience import NoAnswerError, patiently

log = logging.getLogger(__name__)

REVOCATIONS = "dashboard_revocations"
_CONNECTIONS = 4
_TROUBLE = (RedisError, OSError, NoAnswerError)


@dataclass(frozen=True)
class Audience:
    """Whom the broadcaster calls in this process."""

    told: Callable[[int, str], Awaitable[None]]
    """Something has happened in a school: its number, and the message as text."""
    revoked: Callable[[dict[str, Any]], Awaitable[None]]
    """A user may listen no longer."""
    lost: Callable[[], Awaitable[None]]
    """From here on no listener can be sure to be told everything."""


class Broadcaster:
    """Publishes, and listens to what all processes publish.

    Args:
        url: where Redis is.
        health_interval: seconds between two looks at whether it answers.
        health_timeout: seconds it may take to answer.
    """

    def __init__(self, url: str, health_interval: float, health_timeout: float) -> None:
        # No time limits in the client: it would count the time in which we were asleep.
        pool = BlockingConnectionPool.from_url(
            url, decode_responses=True, socket_timeout=None, max_connections=_CONNECTIONS
        )
        self._redis = Redis.from_pool(pool)
        # Listening is idle most of the time: on this connection silence is no sign of trouble.
        self._ears = Redis.from_url(url, decode_responses=True, socket_timeout=None)
        self._interval = health_interval
        self._timeout = health_timeout
        self.listening = False

    async def answers(self) -> bool:
        """Whether Redis serves, and this process hears what is published."""
        if not self.listening:
            return False
        try:
            return bool(await patiently(self._redis.ping(), self._timeout))
        except _TROUBLE:
            return False

    async def publish(self, school: int, event: Event) -> bool:
        """Tell all listeners of a school; False if Redis is not there."""
        return await self._publish(self.channel(school), json.dumps(event))

    async def revoke(self, **whose: object) -> None:
        """Tell all processes whose right to listen is over: `user` and `school`, or `session`."""
        await self._publish(REVOCATIONS, json.dumps(whose))

    def channel(self, school: int) -> str:
        """The Redis channel of a school."""
        return f"school_{school}_dashboard"

    async def _publish(self, channel: str, text: str) -> bool:
        if not self.listening:
            return False
        try:
            await patiently(self._redis.publish(channel, text), self._timeout)
        except _TROUBLE as error:
            log.warning("not broadcast to %s: Redis is unavailable (%s)", channel, type(error).__name__)
            return False
        return True

    async def run(self, audience: Audience) -> None:
        """Listen for ever, and come back to it by itself after every loss of Redis."""
        while True:
            try:
                async with self._subscribed() as channels:
                    self.listening = True
                    await self._listen(channels, audience)
            except _TROUBLE as error:
                if self.listening:
                    log.warning("Redis is lost (%s)", type(error).__name__)
            if self.listening:
                self.listening = False
                await audience.lost()
                await self._redis.connection_pool.disconnect()  # they broke too: the next user of one would find out
            await asyncio.sleep(self._interval)

    @contextlib.asynccontextmanager
    async def _subscribed(self) -> AsyncIterator[PubSub]:
        channels = self._ears.pubsub(ignore_subscribe_messages=True)
        try:
            await patiently(_tune_in(channels), self._timeout)
            yield channels
        finally:
            with contextlib.suppress(*_TROUBLE):
                await channels.aclose()  # type: ignore[no-untyped-call]

    async def _listen(self, channels: PubSub, audience: Audience) -> None:
        """Pass on what is heard, until the connection breaks or Redis does not answer any more."""
        hearing = asyncio.create_task(_pass_on(channels, audience))
        watching = asyncio.create_task(self._watch())
        try:
            await asyncio.wait([hearing, watching], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (hearing, watching):
                task.cancel()
            ends = await asyncio.gather(hearing, watching, return_exceptions=True)
        raise next(end for end in ends if isinstance(end, Exception))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            await patiently(self._redis.ping(), self._timeout)

    async def close(self) -> None:
        for redis in (self._redis, self._ears):
            with contextlib.suppress(*_TROUBLE):
                await redis.aclose()


async def _tune_in(channels: PubSub) -> None:
    await channels.psubscribe("school_*_dashboard")
    await channels.subscribe(REVOCATIONS)


async def _pass_on(channels: PubSub, audience: Audience) -> None:
    async for message in channels.listen():
        school = re.fullmatch(r"school_(\d+)_dashboard", message["channel"])
        if school:
            await audience.told(int(school[1]), message["data"])
        else:
            await audience.revoked(json.loads(message["data"]))
    raise ConnectionError("the subscription has ended")
