"""The code that is played is the mutant's, although behave is a fork that has imported the suite before."""

from pathlib import Path

import pytest

from support.execution import behave_forks
from support.verification.mutation import mutants, trial
from support.verification.mutation.trial import State

DELIVERY = Path("reference/chat/delivery.py")
AT_ONCE = "features/chat/3_messages.feature:102 3.3 Only the addressee receives a message"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ('await self.sockets.tell_room(message.room, "RECEIVED_MESSAGE", payload)', "killed"),
        ("await self.replay(list(None))", "survived"),  # no message of this scenario waits for its addressee
    ],
)
def test_a_mutant_is_what_is_played(change: str, state: State) -> None:
    mutant = next(one for one in mutants.all_of([DELIVERY]) if one.change[1] == change)
    with behave_forks.at_hand():
        assert trial.play(mutant, [AT_ONCE], 60).state == state
