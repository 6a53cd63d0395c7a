"""No token is judged without Redis, not even one that was never given: else nobody could ask whether Redis is there."""

import pytest

from reference.chat.redis import Redis
from reference.chat.refusals import InvalidToken, Unavailable
from reference.chat.tokens import Tokens


class _Redis(Redis):
    """One that has nothing, or is away."""

    def __init__(self, *, away: bool) -> None:
        self._away = away

    async def run(self, *command: object) -> None:
        if self._away:
            raise Unavailable("Redis")


@pytest.mark.parametrize("token", ["made up", "", None])
async def test_a_token_that_was_never_given_is_not_judged_without_redis(token: str | None) -> None:
    with pytest.raises(Unavailable):
        await Tokens(_Redis(away=True), lifetime=1.0).verify("nobody", token)
    with pytest.raises(InvalidToken):
        await Tokens(_Redis(away=False), lifetime=1.0).verify("nobody", token)
