"""What the model promises of schools."""

from collections.abc import Sequence

from support.verification.exploration.cast import cast_of
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.comings import ComesOnline, SignsOut
from support.verification.exploration.topics.invitations import (
    AnswersInvitation,
    AnswersTooLate,
    InvitesAgain,
    InvitesTeacher,
    Withdraws,
)
from support.verification.exploration.topics.outages import LosesDatabase
from support.verification.exploration.topics.outsiders import ConnectsSignedOut, Intrudes
from support.verification.exploration.topics.school import (
    EndsClass,
    EndsClassAgain,
    PlansClass,
    PlansWrongly,
    RegistersMany,
    RegistersStudent,
    Suspends,
)
from support.verification.exploration.topics.school_settings import DescribesAndMoves, DescribesSchool, MovesSchool
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

OWNER, ADMIN, OTHER = PEOPLE = cast_of(Everything("dashboard")).people
TEACHER = "the teacher"
TAUGHT = (InvitesTeacher(OWNER, TEACHER), AnswersInvitation(TEACHER, "accepts"))


def told(*moves: Move, online: Sequence[str] = PEOPLE) -> list[str]:
    """The steps of a walk of these moves, with set-up."""
    return [line.text for line in walked(online, moves, Everything("dashboard"), len(moves)).lines]


def test_an_invitation_is_shown_and_counted_in_its_own_school_alone() -> None:
    steps = told(InvitesTeacher(OWNER, TEACHER))
    assert "the school owner has made user B an admin of the school" in steps
    assert "the school owner and user B are told once that the teacher has been invited" in steps
    assert "the school owner and user B are told once that the school now has 1 pending invitation" in steps
    assert "the school owner, user B and the owner of another school receive nothing else" in steps
    assert "the activity feed shows the school owner that the teacher has been invited" in steps


def test_a_user_is_invited_once_at_a_time_and_not_when_they_teach_already() -> None:
    invited = InvitesTeacher(OWNER, TEACHER)
    assert "user B is refused" in told(invited, InvitesAgain(ADMIN, TEACHER))
    assert "user B is refused" in told(invited, AnswersInvitation(TEACHER, "accepts"), InvitesAgain(ADMIN, TEACHER))
    again = told(invited, AnswersInvitation(TEACHER, "declines"), invited)
    assert again.count("the school owner invites the teacher") == 2


def test_classes_are_of_those_who_teach_and_are_counted_until_they_are_over() -> None:
    accepted = (InvitesTeacher(OWNER, TEACHER), AnswersInvitation(TEACHER, "accepts"))
    assert "the school owner is refused" in told(PlansWrongly(OWNER, TEACHER))
    steps = told(*accepted, PlansClass(OWNER, TEACHER), EndsClass(ADMIN, TEACHER, "cancels"))
    assert "the school owner and user B are told once that a class of the teacher has been planned" in steps
    assert "the school owner and user B are told once that the school now has 0 classes" in steps
    assert "the school owner and user B are told once that the school now has 0 pending invitations" in steps
    assert "the figures show the school owner 1 teacher" in steps


def test_of_what_happens_before_somebody_comes_they_are_told_nothing() -> None:
    steps = told(InvitesTeacher(OWNER, TEACHER), ComesOnline((ADMIN,)), online=(OWNER, OTHER))
    assert "the school owner is told once that the teacher has been invited" in steps


def test_settings_that_are_the_same_are_no_news() -> None:
    steps = told(*[DescribesSchool(OWNER, "Music for all")] * 2)
    assert steps.count("the school owner and user B are told once that the school owner has changed the settings") == 1


def test_of_settings_that_are_sent_together_those_are_told_that_have_changed() -> None:
    described = DescribesSchool(OWNER, "Music for all")
    moved = DescribesAndMoves(ADMIN, "Music for all", "1 Harbour Street")
    steps = told(described, moved, MovesSchool(OWNER, "1 Harbour Street"))
    alone = "the school owner and user B are told once that user B has changed the address of the school alone"
    assert steps.count(alone) == 1
    assert sum("told once that" in step for step in steps) == 2


def test_a_school_tells_what_share_of_its_classes_was_held_if_that_is_a_whole_number() -> None:
    ended = (PlansClass(OWNER, TEACHER), EndsClass(OWNER, TEACHER, "completes"))
    half = told(*TAUGHT, *ended, PlansClass(OWNER, TEACHER), EndsClass(OWNER, TEACHER, "cancels"))
    assert "the figures show the school owner that 50 % of the classes that are over were held" in half
    third = told(*TAUGHT, *ended, *ended, PlansClass(OWNER, TEACHER), EndsClass(OWNER, TEACHER, "cancels"))
    assert not any("of the classes that are over" in step for step in third)


def test_a_school_is_found_by_its_own_and_its_feed_has_pages_once_it_is_long_enough() -> None:
    leafed = "the activity feed can be leafed through by the school owner to its end, and back again"
    steps = told(InvitesTeacher(OWNER, TEACHER))
    assert "user B sees the school of the school owner among their own" in steps
    assert leafed not in steps
    assert leafed in told(*TAUGHT)


def test_nothing_is_said_of_silence_where_students_were_registered_for_markers_are_students() -> None:
    assert "the owner of another school receives nothing else" in told(RegistersStudent(OWNER, "Ana"))


def test_a_user_who_is_suspended_is_disconnected_and_told_no_more() -> None:
    steps = told(Suspends(OWNER, ADMIN), ComesOnline((ADMIN,)), InvitesTeacher(OWNER, TEACHER))
    assert "user B comes online" not in steps
    assert "user B is disconnected" in steps
    assert "user B can no longer connect" in steps
    assert "the school owner is told once that the teacher has been invited" in steps


def test_without_redis_dashboards_close_and_without_records_nothing_is_promised() -> None:
    assert "the school owner, user B and the owner of another school are disconnected" in told(
        LosesDatabase(PEOPLE, "Redis", "is lost and comes back")
    )
    assert told(LosesDatabase(PEOPLE, "Postgres", "is lost and comes back")) == []


def test_an_invitation_that_is_withdrawn_is_no_longer_counted_and_cannot_be_answered() -> None:
    invited, withdrawn = InvitesTeacher(OWNER, TEACHER), Withdraws(ADMIN, TEACHER)
    steps = told(invited, withdrawn, AnswersTooLate(TEACHER, "accepts"))
    assert "the school owner and user B are told once that an invitation has gone from pending to cancelled" in steps
    assert "the school owner and user B are told once that the school now has 0 pending invitations" in steps
    assert steps[steps.index("the teacher accepts the invitation") + 1] == "the teacher is refused"
    assert not any("withdraws" in step for step in told(withdrawn))


def test_an_invitation_is_answered_once() -> None:
    answered = AnswersTooLate(TEACHER, "declines")
    assert not any("declines" in step for step in told(InvitesTeacher(OWNER, TEACHER), answered))
    steps = told(InvitesTeacher(OWNER, TEACHER), AnswersInvitation(TEACHER, "accepts"), answered)
    assert "the teacher is refused" in steps


def test_a_class_that_ends_again_is_no_news() -> None:
    taught = (InvitesTeacher(OWNER, TEACHER), AnswersInvitation(TEACHER, "accepts"), PlansClass(OWNER, TEACHER))
    again = EndsClassAgain(OWNER, TEACHER)
    assert not any("cancels" in step for step in told(*taught, again))
    steps = told(*taught, EndsClass(OWNER, TEACHER, "cancels"), again)
    assert steps.count("the school owner cancels the class of the teacher") == 2
    assert steps.count("the school owner and user B are told once that a class of the teacher has been cancelled") == 1


def test_students_who_are_registered_without_a_pause_are_shown_in_order_and_once_in_a_walk() -> None:
    steps = told(RegistersMany(OWNER), RegistersMany(ADMIN))
    assert steps.count("the school owner is told of all 5 students in the order registered") == 1
    assert "user B registers 5 students without a pause" not in steps
    for first in (
        RegistersStudent(OWNER, "Ana"),
        InvitesTeacher(OWNER, TEACHER),
        DescribesSchool(OWNER, "Music for all"),
    ):
        assert not any("without a pause" in step for step in told(first, RegistersMany(OWNER)))
    assert "the owner of another school receives nothing else" in steps


def test_the_owner_of_another_school_is_refused_what_is_this_schools() -> None:
    steps = told(Intrudes(OTHER, OWNER, "read the figures"))
    attempt = "the owner of another school tries to read the figures in the school of the school owner"
    assert steps[steps.index(attempt) + 1] == "the owner of another school is refused"


def test_what_a_client_has_kept_opens_nothing_after_signing_out() -> None:
    tries = ConnectsSignedOut(OWNER, "a browser")
    assert not any("a browser" in step for step in told(tries))
    assert "the school owner is refused" in told(SignsOut(OWNER), tries)


def test_no_student_is_registered_where_silence_was_claimed_for_markers_are_students() -> None:
    wishes = [DescribesSchool(OWNER, "Music for all"), None, RegistersStudent(OWNER, "Ana"), RegistersMany(OWNER)]
    lines = walked(PEOPLE, wishes, Everything("dashboard"), 4).lines
    assert not any("registers" in line.text for line in lines)
