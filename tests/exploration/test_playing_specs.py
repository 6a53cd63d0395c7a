"""Walks that are written here, on the reference of each spec: what the model promises there holds."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from support.verification.exploration.abilities import AbilitiesOf
from support.verification.exploration.cast import PEOPLE, cast_of
from support.verification.exploration.moves import Move
from support.verification.exploration.playing import WalkPlayer
from support.verification.exploration.topics.comings import ComesOnline, GoesAway, SignsOut
from support.verification.exploration.topics.deliveries import Submits, SubmitsMany, WorkersAreBack, WorkersGo
from support.verification.exploration.topics.files import Uploads
from support.verification.exploration.topics.invitations import AnswersInvitation, InvitesTeacher
from support.verification.exploration.topics.place_members import ClosesPlace, Removes
from support.verification.exploration.topics.places import ROOM, OpensPlace, SaysIn
from support.verification.exploration.topics.school import PlansClass
from support.verification.exploration.topics.training import IsGivenPoints, SaysMany, SaysToTrainer
from support.verification.exploration.walk import walked

ROOT = Path(__file__).parents[2]
A, B, C = PEOPLE
OWNER, TEACHER, PILOT = "the school owner", "the teacher", "pilot user 1"
OUT, BACK = GoesAway(B), ComesOnline((B,))
WALKS: dict[str, list[Sequence[Move]]] = {
    "threads": [
        (SignsOut(B), BACK, SaysIn(A, ROOM)),  # who comes online again has signed in again
        (Removes(A, ROOM, B), OUT, BACK, Uploads(A, "plan.pdf", 2, ROOM)),  # and enters nothing that is another's
        (OpensPlace(A, 'the thread "Plan"', "", (B, C)), ClosesPlace(A, ROOM), OUT, BACK),
    ],
    "dashboard": [(InvitesTeacher(OWNER, TEACHER), AnswersInvitation(TEACHER, "accepts"), PlansClass(OWNER, TEACHER))],
    "training": [
        (SaysToTrainer(PILOT), GoesAway(PILOT), ComesOnline((PILOT,))),
        (IsGivenPoints(PILOT, "Zzz"), SaysMany(PILOT)),
    ],
    "broker": [
        (
            Submits(A),
            WorkersGo("every worker", "is killed"),
            SubmitsMany(B),
            WorkersAreBack("every worker", "is back"),
        )
    ],
}


@pytest.mark.parametrize("spec", WALKS)
def test_what_the_model_promises_holds(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (ROOT / ".earshot").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=ROOT / ".earshot") as folder:
        player = WalkPlayer(spec, [], Path(folder))
        try:
            abilities = AbilitiesOf(player.open())
            for moves in WALKS[spec]:
                walk = walked(cast_of(abilities).beginnings[0], moves, abilities, len(moves))
                result = player.play(walk.lines)
                assert len(walk.moves) == len(moves)
                assert result.outcome.status == "passed", (result.outcome.message, result.outcome.reason)
        finally:
            player.close()
