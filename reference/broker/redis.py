"""Redis: the keys of the queue, and a client that comes back by itself."""

from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

#: List of the entries that wait for a worker; new ones at its head, the next one at its tail.
QUEUE = "message_queue"
#: Hash of what is accepted but not registered yet: message id -> entry.
UNREGISTERED = f"{QUEUE}:unregistered"
#: Hash of what was accepted and could not be registered for good: message id -> entry.
REFUSED = f"{QUEUE}:refused"
#: Sorted set of the entries that wait for their next attempt, by its time.
RETRIES = f"{QUEUE}:retries"
#: Sorted set of the lists with entries in work, by the time their worker must have been heard of.
LEASES = f"{QUEUE}:leases"

#: Open at once to Redis: a hundred messages that come together wait for one of these, not for a hundred to be opened.
_CONNECTIONS = 16

#: What is raised while Redis is away, or not ready yet after a restart.
LOST = (RedisError, OSError)


def client(url: str, patience: float) -> Any:  # redis-py types only half of its client
    """A client that connects when it is needed, and anew after a loss.

    Args:
        url: where Redis is.
        patience: seconds for any answer.
    """
    # One retry, for a pooled connection may have been lost since it was last used; a Redis that hangs gets none.
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_CONNECTIONS,
        timeout=patience,
        decode_responses=True,
        socket_timeout=patience,
        socket_connect_timeout=patience,
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
    )
    return Redis.from_pool(pool)
