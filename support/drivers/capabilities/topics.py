"""What people can do in a system that carries what is published on topics to those who have subscribed to them."""

from typing_extensions import Protocol, runtime_checkable


@runtime_checkable
class PublishesOnTopics(Protocol):
    """carries what is published on topics to their subscribers"""

    async def subscribe(self, topic: str) -> None: ...
    async def unsubscribe(self, topic: str) -> None: ...
    async def publish(self, text: str, topic: str, quality: str, *, kept: bool = False) -> None:
        """Publish, and wait until the system has dealt with it.

        Args:
            text: what to say; nothing takes away what is kept on the topic.
            topic: where, in the scenario's words.
            quality: how often it is to arrive, one of `support.vocabulary.terms.topics.QUALITIES`.
            kept: whether the topic keeps it for those who subscribe later.
        """
        ...


@runtime_checkable
class LosesConfirmations(Protocol):
    """lets a connection be lost between a publication and its confirmation"""

    async def publish_in_vain(self, text: str, topic: str, quality: str) -> None:
        """Publish, and lose the connection before the system has confirmed it."""
        ...


@runtime_checkable
class LeavesWills(Protocol):
    """takes the last will of a client, for when it is cut off"""

    def leave_will(self, text: str, topic: str, *, kept: bool = False) -> None:
        """Have this will from the next connection on."""
        ...


@runtime_checkable
class KeepsSessions(Protocol):
    """keeps the session of a client that is away"""

    async def begin_anew(self) -> None:
        """Connect in a new session, in place of the one from before."""
        ...
