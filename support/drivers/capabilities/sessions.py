"""What people can do with their accounts and sessions."""

from collections.abc import Callable
from typing import Any

from typing_extensions import Protocol, runtime_checkable

from support.core.people import Account
from support.core.transcript import Transcript
from support.drivers.kit.read_only import reads_only, signs_in


@runtime_checkable
class SignsIn(Protocol):
    """has accounts that sign in and out"""

    @signs_in
    async def sign_in(self, password: str) -> None: ...
    @signs_in
    async def sign_out(self) -> None: ...


@runtime_checkable
class SignsInByName(Protocol):
    """signs people in by a name that they type"""

    @signs_in
    async def sign_in_as(self, name: str, password: str) -> None: ...


@runtime_checkable
class ProlongsSessions(Protocol):
    """lets a connection go on in a session that lasts longer"""

    async def refresh_for_longer(self) -> None: ...


@runtime_checkable
class HidesSessions(Protocol):
    """has sessions that a browser keeps"""

    @reads_only
    async def hides_session(self) -> bool: ...


@runtime_checkable
class NamesAccounts(Protocol):
    """makes accounts with names of a chosen form"""

    async def register_as(self, role: str, transcript: Transcript, form: Callable[[str], str]) -> Account: ...


@runtime_checkable
class ChoosesPasswords(Protocol):
    """makes accounts with passwords of a chosen form"""

    async def register_with(self, role: str, transcript: Transcript, password: str) -> Account: ...


@runtime_checkable
class SignsInByCode(Protocol):
    """sends codes to sign in with, each good for one use"""

    async def sign_in_with_used_code(self) -> None: ...
    async def ask_for_code(self) -> None: ...
    async def sign_in_with_code(self, which: str) -> None: ...
    async def sign_in_at_once(self) -> None: ...


@runtime_checkable
class LetsExpire(Protocol):
    """gives people things that are good for a time, which can be made to be up"""

    async def expire(self, what: str) -> None: ...


@runtime_checkable
class SignsInElsewhere(Protocol):
    """lets one person have several sessions at the same time"""

    async def sign_in_elsewhere_and_out(self, password: str) -> None: ...


@runtime_checkable
class PresentsTokens(Protocol):
    """opens its doors by a token that can be presented in altered form"""

    token: str | None


@runtime_checkable
class NamesSessionOwner(Protocol):
    """tells a user whose session they have"""

    @reads_only
    def session_owner(self) -> str:
        """Whose session it is, as the system has told; by the scenario's name."""
        ...


@runtime_checkable
class HasClaims(Protocol):
    """has users of whom a stranger can make a token, though its own tokens claim nothing"""

    @property
    def claims(self) -> dict[str, Any]:
        """What such a token would say of this user."""


@runtime_checkable
class RefreshesSessions(Protocol):
    """has sessions that can be refreshed"""

    refresh_token: str

    async def refresh(self, token: str | None) -> None: ...


@runtime_checkable
class RotatesRefreshTokens(Protocol):
    """gives a new refresh token with each refreshed session"""

    used_refresh_tokens: list[str]


@runtime_checkable
class Registers(Protocol):
    """lets people register by themselves"""

    async def register(self) -> None: ...


@runtime_checkable
class RegistersAmiss(Protocol):
    """judges what people register by themselves"""

    async def register_amiss(self) -> None: ...


@runtime_checkable
class ChangesPasswords(Protocol):
    """lets people change their passwords"""

    async def change_password(self, present: str, new: str) -> None: ...


@runtime_checkable
class GuardsPasswords(Protocol):
    """shows no password in its answers and live events"""

    @property
    def password_leaks(self) -> list[str]: ...


@runtime_checkable
class EndsSessions(Protocol):
    """lets an administrator end a session"""

    async def end_session(self, login: str, transcript: Transcript) -> None: ...


@runtime_checkable
class ChecksAdministrators(Protocol):
    """lets only an administrator end a session"""

    @reads_only
    def administrator_with(self, password: Callable[[str], str | None]) -> Account:
        """The administrator as an impostor claims to be them, with a password made from the right one."""
        ...

    async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None: ...


@runtime_checkable
class TellsAdministrators(Protocol):
    """tells only an administrator who is online"""

    async def online_as(self, claimed: Account, transcript: Transcript) -> list[str]: ...


@runtime_checkable
class Lends(Protocol):
    """has people who need not register"""

    @reads_only
    def at_hand(self, role: str) -> Account | None: ...


@runtime_checkable
class LendsClients(Protocol):
    """has people of whom there are few, each lent to one scenario at a time"""

    @reads_only
    def lends(self, account: Account) -> bool: ...
    @reads_only
    async def ready(self, account: Account) -> tuple[Account, frozenset[str]]:
        """A user who is lent (another, where this one cannot be), and the messages that they had before."""
        ...

    @reads_only
    async def take_back(self, account: Account) -> None: ...


@runtime_checkable
class ReusesAccounts(Protocol):
    """can have people of earlier scenarios in another one, so that fewer accounts are made and fewer people sign in"""

    @reads_only
    def may_reuse(self, transcript: Transcript) -> None:
        """Let the people of the scenario with this transcript be some of an earlier one."""
        ...

    @reads_only
    def take_back(self, transcript: Transcript) -> None:
        """Keep the people of a scenario for another, unless something has been done to them that lasts."""
        ...


@runtime_checkable
class GoesOn(Protocol):
    """can have a user go on with a session that they have already"""

    @reads_only
    def go_on(self) -> bool:
        """Take up the session that one has from before; whether there is one that lasts long enough."""
        ...


@runtime_checkable
class Adopts(Protocol):
    """has to know more of a user who has an account already"""

    @signs_in
    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None: ...


@runtime_checkable
class KnowsEverybody(Protocol):
    """has a known set of accounts"""

    @reads_only
    def everybody(self) -> frozenset[str]: ...
