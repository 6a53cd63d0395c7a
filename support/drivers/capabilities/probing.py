"""What can be asked of a system about itself, and what it can be sent whether or not it makes sense."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager

from typing_extensions import Protocol, runtime_checkable

from support.core.transcript import Transcript
from support.drivers.kit.read_only import reads_only


@runtime_checkable
class KnowsItself(Protocol):
    """answers in a way that tells it from other systems"""

    @reads_only
    async def is_itself(self, transcript: Transcript) -> bool: ...


@runtime_checkable
class TellsHealth(Protocol):
    """says of itself whether it is well"""

    @reads_only
    async def well(self, transcript: Transcript) -> bool: ...


@runtime_checkable
class VetsClients(Protocol):
    """has clients that exist already, and can try their certificates"""

    @reads_only
    async def vet_clients(self, transcript: Transcript) -> tuple[int, dict[str, str]]:
        """How many can be lent, and what is wrong with those that would be lent and do not work."""
        ...


@runtime_checkable
class ShowsTimes(Protocol):
    """shows when things have happened"""

    async def times(self) -> list[str]:
        """When that was of which the user is shown the time, in ISO 8601; in UTC where no zone is named."""
        ...


@runtime_checkable
class LetsIn(Protocol):
    """can be asked whether its users get a live connection"""

    @reads_only
    async def lets_in(self, transcript: Transcript) -> bool: ...


@runtime_checkable
class HasEndpoints(Protocol):
    """can be asked which requests it knows"""

    address: str

    @reads_only
    def endpoints(self) -> dict[str, str]: ...


@runtime_checkable
class Overheard(Protocol):
    """has a Redis where we can hear what is said"""

    can_be_overheard: bool

    def overheard(self) -> AbstractAsyncContextManager[list[str]]: ...


@runtime_checkable
class KeepsListeners(Protocol):
    """has a Redis where we can see what it keeps of a school's dashboards"""

    @reads_only
    async def kept_of(self, login: str) -> dict[str, int]: ...


@runtime_checkable
class TakesRequests(Protocol):
    """takes requests, whether or not they make sense"""

    def must_know(self, what: str) -> None: ...
    async def request_wrongly(self, what: str) -> None: ...
    @reads_only
    async def look_at_oneself(self) -> None: ...
    @reads_only
    async def look_around(self, number: int) -> None: ...


@runtime_checkable
class AsksForTokens(Protocol):
    """has requests that all want a token"""

    def requests_with(self, token: str | None) -> dict[str, Callable[[], Awaitable[None]]]: ...


@runtime_checkable
class KeepsToLimits(Protocol):
    """lets a limit of requests pass before many are made"""

    async def rest(self, requests: int) -> None: ...


@runtime_checkable
class TakesFrames(Protocol):
    """takes whatever its clients send"""

    async def send_frame(self, what: str) -> None: ...


@runtime_checkable
class HasForms(Protocol):
    """has requests of an agreed form"""

    async def send_malformed(self) -> Mapping[str, Awaitable[None]]:
        """Make each request in each way in which its form can be wrong.

        Returns:
            How each has ended, by its name: it raises `Rejected` if it was refused, `Failed` if the system broke over
            it, and `Unreachable` if there was no answer.
        """
        ...


@runtime_checkable
class StopsReading(Protocol):
    """answers its clients even if they read nothing"""

    async def stop_reading(self) -> None: ...
