"""A verb that is misspelt is named, with the one that was meant; what a driver just does not have is not guessed at."""

import pytest

from support.config.profile import Limits
from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account
from support.drivers.capabilities import lacking
from support.drivers.capabilities.messaging import SendsMessages
from support.drivers.capabilities.sessions import EndsSessions, SignsIn
from support.scenario.actor import Actor


class Pager:
    async def sign_in(self, password: str) -> None: ...
    async def sing_out(self) -> None: ...
    async def sned(self, text: str, to: str, as_: str | None = None) -> None: ...


class Silent:
    async def connections(self) -> None: ...
    async def sign_in(self, password: str) -> None: ...


def test_a_misspelt_verb_stands_in_the_reason_with_the_one_that_was_meant() -> None:
    actor = Actor("user A", Pager(), Account("a", ""), Inbox("user A"), Limits())
    with pytest.raises(NotSupported, match=r"sign in and out \(Pager has 'sing_out': is that to be 'sign_out'\?\)$"):
        actor.ability(SignsIn)
    with pytest.raises(NotSupported, match="'sned': is that to be 'send'"):
        actor.ability(SendsMessages)


@pytest.mark.parametrize("capability", [SendsMessages, SignsIn, EndsSessions])
def test_what_is_not_there_is_not_guessed(capability: type) -> None:
    assert lacking(Silent(), capability) == capability.__doc__
