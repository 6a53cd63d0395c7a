"""Walks that are written here, on the reference of each spec: what the model promises there holds."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from support.verification.exploration.abilities import AbilitiesOf
from support.verification.exploration.cast import PEOPLE, cast_of
from support.verification.exploration.moves import Move
from support.verification.exploration.playing import WalkPlayer
from support.verification.exploration.topics.attempts import ConnectsAsAnother
from support.verification.exploration.topics.availability import Becomes
from support.verification.exploration.topics.bots import AsksBot, AskTogether
from support.verification.exploration.topics.comings import ComesOnline, ComesTwice, ConnectsAgain, GoesAway, SignsOut
from support.verification.exploration.topics.contacts import LooksAtContacts, ReadsWhoIsOnline
from support.verification.exploration.topics.deliveries import Submits, SubmitsMany, WorkersAreBack, WorkersGo
from support.verification.exploration.topics.files import Uploads
from support.verification.exploration.topics.former_sessions import ComesBesideFormer, ShowsFormerToken
from support.verification.exploration.topics.invitations import (
    AnswersInvitation,
    AnswersTooLate,
    InvitesTeacher,
    Withdraws,
)
from support.verification.exploration.topics.messages import SendEachOther, SendsEveryKind
from support.verification.exploration.topics.outages import Restarts
from support.verification.exploration.topics.outsiders import ConnectsSignedOut, Intrudes
from support.verification.exploration.topics.place_members import Adds, ClosesPlace, Removes
from support.verification.exploration.topics.places import ROOM, OpensPlace, SaysAgainIn, SaysIn
from support.verification.exploration.topics.retries import (
    AttemptsAreUsedUp,
    FirstAttemptFails,
    SubmitsInVain,
    WorkersAreCutOff,
)
from support.verification.exploration.topics.school import EndsClass, EndsClassAgain, PlansClass, RegistersMany
from support.verification.exploration.topics.school_settings import DescribesAndMoves, MovesSchool
from support.verification.exploration.topics.training import IsGivenPoints, SaysEveryKind, SaysMany, SaysToTrainer
from support.verification.exploration.walk import walked

ROOT = Path(__file__).parents[2]
A, B, C = PEOPLE
OWNER, TEACHER, PILOT = "the school owner", "the teacher", "pilot user 1"
OTHER_OWNER, PLAN = "the owner of another school", 'the thread "Plan"'
OUT, BACK = GoesAway(B), ComesOnline((B,))
TAUGHT = (InvitesTeacher(OWNER, TEACHER), AnswersInvitation(TEACHER, "accepts"), PlansClass(OWNER, TEACHER))
CUT_OFF = (WorkersAreCutOff("every worker", "is cut off"), SubmitsInVain(A))
WORKERS_BACK = WorkersAreBack("every worker", "is back")
WALKS: dict[str, list[Sequence[Move]]] = {
    "chat": [
        (LooksAtContacts(A), ReadsWhoIsOnline(B), SendEachOther(A, B), SendsEveryKind(B, C)),
        (ConnectsAgain(A), AsksBot(A, "ChatGPT"), AskTogether(PEOPLE, "Leonid")),
        (ConnectsAgain(A), SignsOut(A), ComesBesideFormer(A, B), ShowsFormerToken(A, B, "read the contact list")),
        (OUT, ConnectsAsAnother(B, C, "user C's token")),
        (Restarts(PEOPLE, "chat server", "is restarted"), ComesTwice((B,)), ComesOnline((A,)), LooksAtContacts(B)),
    ],
    "threads": [
        (SignsOut(B), BACK, SaysIn(A, ROOM)),  # who comes online again has signed in again
        (Becomes(B, "busy", "live"), OUT, BACK, Becomes(B, "away", "by request")),
        (Removes(A, ROOM, B), OUT, BACK, Uploads(A, "plan.pdf", 2, ROOM)),  # and enters nothing that is another's
        (OpensPlace(A, PLAN, "", (B, C)), ClosesPlace(A, ROOM), OUT, BACK),
        (OpensPlace(A, PLAN, "", (B,)), Adds(A, PLAN, C), SaysIn(C, PLAN), Removes(A, PLAN, B), SaysAgainIn(A, PLAN)),
    ],
    "dashboard": [
        (
            *TAUGHT,
            EndsClass(B, TEACHER, "cancels"),
            EndsClassAgain(OWNER, TEACHER),
            AnswersTooLate(TEACHER, "declines"),
        ),
        (MovesSchool(B, "1 Harbour Street"), DescribesAndMoves(OWNER, "Music for all", "1 Harbour Street"), *TAUGHT),
        (InvitesTeacher(OWNER, TEACHER), Withdraws(B, TEACHER), AnswersTooLate(TEACHER, "accepts")),
        (
            RegistersMany(OWNER),
            Intrudes(OTHER_OWNER, OWNER, "plan a class"),
            SignsOut(OWNER),
            ConnectsSignedOut(OWNER, "the web client"),
        ),
    ],
    "training": [
        (SaysToTrainer(PILOT), GoesAway(PILOT), ComesOnline((PILOT,))),
        (IsGivenPoints(PILOT, "Zzz"), SaysMany(PILOT), SaysEveryKind(PILOT)),
        (SaysToTrainer(PILOT, "", "of many alphabets"), SaysToTrainer(PILOT, "", "that look like nothing")),
    ],
    "broker": [
        (
            Submits(A),
            WorkersGo("every worker", "is killed"),
            SubmitsMany(B),
            WORKERS_BACK,
        ),
        (*CUT_OFF, FirstAttemptFails(), WORKERS_BACK),
        (*CUT_OFF, AttemptsAreUsedUp(), WORKERS_BACK, Submits(B)),
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
