"""Invitations to teach at a school: each user is invited once at a time, and answers once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from support.drivers.capabilities.school import Invites, RunsSchool, WithdrawsInvitations
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.school import TEACHERS, School, Schools, ToTeacher, counted, happens


@dataclass(frozen=True)
class InvitesTeacher(ToTeacher):
    """A user who is neither invited nor a teacher of the school."""

    says = "{who} invites {teacher}"
    weight = 14
    needs = (RunsSchool, Invites)

    def may(self, school: School) -> bool:
        return self.teacher not in (*school.invited, *school.teachers)

    def happen(self, model: Model) -> None:
        school = self.school(model)
        school.invited.append(self.teacher)
        figure = counted(len(school.invited), "pending invitation", "pending invitations")
        happens(model, school, f"{self.teacher} has been invited", figure=figure)


@dataclass(frozen=True)
class InvitesAgain(MustBeRefused, InvitesTeacher):
    """A user who is invited already, or teaches there."""

    weight = 3

    def may(self, school: School) -> bool:
        return not super().may(school)


@dataclass(frozen=True)
class AnswersInvitation(Move):
    """The last invitation that a user has got, and has not answered; they teach then, or do not."""

    says = "{who} {answer} the invitation"
    needs = (RunsSchool, Invites)
    weight = 18
    disturbs_all = True
    who: str
    answer: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        answers = ("accepts", "accepts", "declines")
        yield from (cls(who, answer) for answer in answers for who in TEACHERS)

    def worded(self, model: Model) -> Self:
        """By another user who is invited, if this one is not."""
        ways = (replace(self, who=one) for one in (self.who, *TEACHERS))
        return next((way for way in ways if way.fits(model)), self)

    def schools(self, model: Model) -> list[School]:
        """Those that have invited the user: the last invitation is the only one if there is one school."""
        return [school for school in model.part(Schools).all if self.who in school.invited]

    def fits(self, model: Model) -> bool:
        answered = [one for one in model.part(Schools).all if any(self.who in words for words in one.feed)]
        return len(self.schools(model)) == 1 and len(answered) == 1

    def happen(self, model: Model) -> None:
        (school,) = self.schools(model)
        school.invited.remove(self.who)
        accepts = self.answer == "accepts"
        if accepts:
            school.teachers.append(self.who)
            happens(model, school, f"{self.who} has joined as a teacher", f"{self.who} has accepted the invitation")
            model.owe(school.viewers, f"the school now has {counted(len(school.teachers), 'teacher', 'teachers')}")
        else:
            happens(model, school, f"{self.who} has declined the invitation")
        status, left = "accepted" if accepts else "declined", len(school.invited)
        model.owe(school.viewers, f"the school now has {counted(left, 'pending invitation', 'pending invitations')}")
        model.owe(school.viewers, f"an invitation has gone from pending to {status}")


@dataclass(frozen=True)
class AnswersTooLate(MustBeRefused, AnswersInvitation):
    """An invitation that has been answered, or withdrawn. The user who answers is none of those who walk."""

    weight = 8

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, answer) for answer in ("accepts", "declines") for who in TEACHERS)

    def fits(self, model: Model) -> bool:
        invited_by = [one for one in model.part(Schools).all if any(self.who in words for words in one.feed)]
        return len(invited_by) == 1 and not self.schools(model)

    def happen(self, model: Model) -> None:
        model.dues.append(Due(f"{self.who} is refused", frozenset((self.who, *model.participants))))


@dataclass(frozen=True)
class Withdraws(ToTeacher):
    """An invitation that has not been answered."""

    says = "{who} withdraws the invitation of {teacher}"
    weight = 6
    needs = (RunsSchool, WithdrawsInvitations)

    def may(self, school: School) -> bool:
        return self.teacher in school.invited

    def fits(self, model: Model) -> bool:
        """The last invitation of a user is the one, whichever school it is of."""
        return super().fits(model) and sum(self.teacher in one.invited for one in model.part(Schools).all) == 1

    def happen(self, model: Model) -> None:
        school = self.school(model)
        school.invited.remove(self.teacher)
        left = len(school.invited)
        model.owe(school.viewers, "an invitation has gone from pending to cancelled")
        model.owe(school.viewers, f"the school now has {counted(left, 'pending invitation', 'pending invitations')}")


TOPIC = Topic((InvitesTeacher, AnswersInvitation, InvitesAgain, AnswersTooLate, Withdraws))
