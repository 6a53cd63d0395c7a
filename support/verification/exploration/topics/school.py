"""Schools: what happens in one is shown at once on the dashboards of its own people, is recorded, and is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from support.drivers.capabilities.school import Appoints, RunsSchool
from support.verification.exploration.model import Due, Model, Whereabouts
from support.verification.exploration.moves import Choices, Move, MoveOfOne, MustBeRefused
from support.verification.exploration.topic import Topic

#: Those who may be invited to teach.
TEACHERS = ("the teacher", "user D")
_STUDENTS = ("Ana", "Rui", "Eva", "Tom", "Mia", "Leo", "Ida", "Max", "Zoé", "Søren")
#: Students who are registered without a pause.
_MANY = 5
#: Whereabouts of those who have a session.
SIGNED_IN = (Whereabouts.ONLINE, Whereabouts.AWAY, Whereabouts.LOST)


@dataclass
class School:
    """A school: its own people, its owner first; what there is in it, and what has happened there."""

    staff: tuple[str, ...]
    suspended: list[str] = field(default_factory=list)
    students: list[str] = field(default_factory=list)
    teachers: list[str] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    ended: dict[str, str] = field(default_factory=dict)
    """How the last class of a teacher has ended."""
    crowded: bool = False
    """Whether numbered students were registered, who are numbered alike each time."""
    held: int = 0
    over: int = 0
    """Of so many classes that are over so many were held."""
    settings: dict[str, str] = field(default_factory=dict)
    feed: list[str] = field(default_factory=list)

    @property
    def viewers(self) -> list[str]:
        """Those on whose dashboards all is shown."""
        return [name for name in self.staff if name not in self.suspended]


class Schools:
    """The school of the first of the people, in which the second has a say too; and that of the third."""

    def __init__(self, people: Sequence[str]) -> None:
        self.all = (School(tuple(people[:2])), School(tuple(people[2:])))

    def of(self, who: str) -> School:
        return next((one for one in self.all if who in one.staff), self.all[0])


def happens(model: Model, school: School, *news: str, figure: str = "") -> None:
    """Owe word of it to the school's own people, of the figure that it has moved too, and keep it for the feed."""
    for words in news:
        model.owe(school.viewers, words)
        school.feed.append(words)
    if figure:
        model.owe(school.viewers, f"the school now has {figure}")


def counted(count: int, one: str, several: str) -> str:
    """So many of something."""
    return f"{count} {one if count == 1 else several}"


def may_be_crowded(model: Model, school: School) -> bool:
    """Whether something may be shown in a school that no phrase accounts for."""
    return not model.quiet & set(school.viewers)


@dataclass(frozen=True)
class InSchool(MoveOfOne):
    """What one of a school's own people does there. All its people are shown it, so each has had what came before."""

    needs: ClassVar[tuple[type, ...]] = (RunsSchool,)
    disturbs_all = True

    def school(self, model: Model) -> School:
        return model.part(Schools).of(self.who)

    def fits(self, model: Model) -> bool:
        school = self.school(model)
        return self.who in school.viewers and model.whereabouts(self.who) in SIGNED_IN and self.may(school)

    def may(self, school: School) -> bool:
        """Whether it can be done in the school as it is."""
        return True


@dataclass(frozen=True)
class RegistersStudent(InSchool):
    """A new student, of a name that is new in the school.

    Markers of silence are students too where there are no messages, so nothing is said of how many there are now, and
    the word of it that comes is accounted for by no phrase.
    """

    says = '{who} registers the student "{name}"'
    choices = (_STUDENTS,)
    weight = 4
    name: str

    def fits(self, model: Model) -> bool:
        return super().fits(model) and may_be_crowded(model, self.school(model))

    def may(self, school: School) -> bool:
        return self.name not in school.students

    def happen(self, model: Model) -> None:
        school = self.school(model)
        school.students.append(self.name)
        happens(model, school, f'student "{self.name}" has joined')
        model.unsettled |= {name for name in school.viewers if model.is_online(name)}


@dataclass(frozen=True)
class RegistersMany(InSchool):
    """Numbered students, which are shown in this order: as the first news of a school, for all news counts."""

    says = "{who} registers {count} students without a pause"
    weight = 8
    count: int = _MANY

    def fits(self, model: Model) -> bool:
        there = model.is_online(self.who) and may_be_crowded(model, self.school(model))
        return super().fits(model) and there

    def may(self, school: School) -> bool:
        return not (school.crowded or school.feed or school.classes or school.ended or school.settings)

    def happen(self, model: Model) -> None:
        school = self.school(model)
        school.crowded = True
        model.due(self.who, f"is told of all {self.count} students in the order registered")
        model.unsettled |= {name for name in school.viewers if model.is_online(name)}


@dataclass(frozen=True)
class ToTeacher(InSchool):
    """What is done to a user who teaches, or may."""

    choices: ClassVar[Choices] = (TEACHERS,)
    teacher: str

    def worded(self, model: Model) -> Self:
        """To another one, if it cannot be done to this one."""
        school = self.school(model)
        ways = (replace(self, teacher=one) for one in (self.teacher, *TEACHERS))
        return next((way for way in ways if way.may(school)), self)


@dataclass(frozen=True)
class PlansClass(ToTeacher):
    """A class of one of the school's teachers."""

    says = "{who} plans a class of {teacher}"
    weight = 30

    def may(self, school: School) -> bool:
        return self.teacher in school.teachers and self.teacher not in school.classes

    def happen(self, model: Model) -> None:
        school = self.school(model)
        school.classes.append(self.teacher)
        figure = counted(len(school.classes), "class", "classes")
        model.owe(school.viewers, f"a class of {self.teacher} has been planned")
        happens(model, school, figure=figure)


@dataclass(frozen=True)
class PlansWrongly(MustBeRefused, PlansClass):
    """A class of a user who does not teach there."""

    weight = 2

    def may(self, school: School) -> bool:
        return self.teacher not in school.teachers


@dataclass(frozen=True)
class EndsClass(ToTeacher):
    """A class that was planned is over, or is called off."""

    says = "{who} {how} the class of {teacher}"
    choices: ClassVar[Choices] = (TEACHERS, ("completes", "cancels"))
    weight = 40
    how: str = "completes"

    def may(self, school: School) -> bool:
        return self.teacher in school.classes

    def happen(self, model: Model) -> None:
        school, ended = self.school(model), {"completes": "completed", "cancels": "cancelled"}[self.how]
        school.classes.remove(self.teacher)
        school.ended[self.teacher] = self.how
        school.over += 1
        school.held += self.how == "completes"
        model.owe(school.viewers, f"a class of {self.teacher} has been {ended}")
        happens(model, school, figure=counted(len(school.classes), "class", "classes"))


@dataclass(frozen=True)
class EndsClassAgain(EndsClass):
    """A class that has ended in the same way: it is no news."""

    choices = (TEACHERS,)
    weight = 30

    def worded(self, model: Model) -> Self:
        once_more = super().worded(model)
        return replace(once_more, how=self.school(model).ended.get(once_more.teacher, ""))

    def may(self, school: School) -> bool:
        return self.teacher in school.ended and self.teacher not in school.classes

    def happen(self, model: Model) -> None:
        """It changes nothing."""


@dataclass(frozen=True)
class Suspends(Move):
    """The owner suspends the other user of the school, who is disconnected and let in no more."""

    says = "{who} suspends {other}"
    needs = (RunsSchool, Appoints)
    weight = 3
    disturbs_all = True
    who: str
    other: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield cls(people[0], people[1])

    def fits(self, model: Model) -> bool:
        signed_in = model.whereabouts(self.who) in SIGNED_IN
        school = model.part(Schools).of(self.other)
        return signed_in and model.is_online(self.other) and self.other not in school.suspended

    def happen(self, model: Model) -> None:
        model.part(Schools).of(self.other).suspended.append(self.other)
        model.participants[self.other].whereabouts = Whereabouts.BARRED
        model.dues.append(Due(f"{self.other} is disconnected", frozenset((self.other,))))


TOPIC = Topic(
    (
        RegistersStudent, RegistersMany, PlansClass, EndsClass, EndsClassAgain, PlansWrongly, Suspends,
    ),
)  # fmt: skip
