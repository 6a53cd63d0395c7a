"""Phrases about what people do in a school or a company, and what outsiders try there."""

from support.core.checks import check
from support.drivers.capabilities.school import (
    Appoints,
    AppointsForLater,
    GivesSeveralPositions,
    RunsSchool,
    TurnsIntrudersAway,
)
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks.dashboard_checks import student_names, told_once
from support.scenario.world import World
from support.vocabulary.terms.events import happening


@given("{user} has made {user} {position} of the school/company")
@when("{user} makes {user} {position} of the school/company")
async def has_made_member(world: World, role: str, other: str, position: str) -> None:
    """A user belongs to it from now on, or has another position there.

    Example: Given the school owner has made user B an admin of the school
    """
    owner, _ = await world.actors([role, other])
    await owner.do(owner.ability(Appoints).appoint(other, position))


@when("{user} makes {user} {position} of the school who is not active yet")
async def makes_member_for_later(world: World, role: str, other: str, position: str) -> None:
    """A user is entered as a member, and does not count as one yet.

    Example: When the school owner makes the teacher a teacher of the school who is not active yet
    """
    owner, _ = await world.actors([role, other])
    await owner.do(owner.ability(AppointsForLater).appoint_for_later(other, position))


@when("{user} {dismissal} {user}")
async def dismisses(world: World, role: str, dismissal: str, other: str) -> None:
    """Suspends, removes or takes back a user of the school or the company; a `Then` says how it ended.

    Example: When the school owner suspends user B
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(Appoints).dismiss(other, dismissal))


@when("{user} takes the position of {position} from {user}")
async def takes_position(world: World, role: str, position: str, other: str) -> None:
    """A user who may have other positions in the school does not have this one any more.

    Example: When the school owner takes the position of a teacher from user B
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(GivesSeveralPositions).end_position(other, position))


@when("{user} registers the student {string}")
async def registers_student(world: World, role: str, name: str) -> None:
    """A new student of the school; a `Then` says how it ended.

    Example: When the school owner registers the student "Ana"
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).register_student(name))


@when("{user} registers {int} students without a pause")
async def registers_students(world: World, role: str, count: int) -> None:
    """Numbered new students, one right after the other.

    Example: When the school owner registers 20 students without a pause
    """
    owner = await world.actor(role)
    for name in student_names(count):
        await owner.do(owner.ability(RunsSchool).register_student(name))


@when("{user} plans a class of {user}")
async def plans_class(world: World, role: str, teacher: str) -> None:
    """A class that one of the school's teachers is to hold; a `Then` says how it ended.

    Example: When the school owner plans a class of the teacher
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).plan_class(teacher))


@when("{user} plans a class of {user} for today")
async def plans_class_today(world: World, role: str, teacher: str) -> None:
    """A class that is to be held late this evening; a `Then` says how it ended.

    Example: When the school owner plans a class of the teacher for today
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).plan_class(teacher, today=True))


@when("{user} plans a class of {user} of {int} minutes")
async def plans_class_of_length(world: World, role: str, teacher: str, minutes: int) -> None:
    """A class that lasts so long; a `Then` says how it ended.

    Example: When the school owner plans a class of the teacher of 45 minutes
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).plan_class(teacher, minutes=minutes))


@when("{user} {class_end} the class of {user}")
async def ends_class(world: World, role: str, ending: str, teacher: str) -> None:
    """The last class of a teacher is over, or will not be held; a `Then` says how it ended.

    Example: When the school owner completes the class of the teacher
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).end_class(teacher, ending))


@when("{user} describes the school as {string}")
async def describes_school(world: World, role: str, words: str) -> None:
    """Changes the settings of the school; a `Then` says how it ended.

    Example: When the school owner describes the school as "Music for all"
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).describe_school(words))


@when("{user} moves the school to {string}")
async def moves_school(world: World, role: str, place: str) -> None:
    """Changes the school's address; a `Then` says how it ended.

    Example: When the school owner moves the school to "1 Harbour Street"
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).move_school(place))


@when("{user} renames the school to {string}")
async def renames_school(world: World, role: str, name: str) -> None:
    """Gives the school another name; a `Then` says how it ended.

    Example: When the school owner renames the school to "Harbour School"
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).rename_school(name))


@when("{user} describes the school as {string} and moves it to {string}")
async def describes_and_moves_school(world: World, role: str, words: str, place: str) -> None:
    """Sends two settings of the school together, whether or not each has changed; a `Then` says how it ended.

    Example: When the school owner describes the school as "Music for all" and moves it to "1 Harbour Street"
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(RunsSchool).describe_and_move_school(words, place))


@when("{user} tries to {intrusion} in the school/company of {user}")
async def intrudes(world: World, role: str, intrusion: str, owner: str) -> None:
    """Does something that is not for everybody.

    Example: When the owner of another school tries to invite a user in the school of the school owner
    """
    outsider, _ = await world.actors([role, owner])
    await outsider.attempt(outsider.ability(TurnsIntrudersAway).intrude(intrusion, owner), access=True)


@then("{user} can {intrusion} in the school/company of {user}")
async def may_do(world: World, role: str, action: str, owner: str) -> None:
    """The same action, done by a user who may do it, succeeds.

    Example: But the company owner can add a member in the company of the company owner
    """
    actor, _ = await world.actors([role, owner])
    await actor.do(actor.ability(TurnsIntrudersAway).intrude(action, owner))


@then("{user} can see a new student join", silence=True)
async def can_see_student(world: World, role: str) -> None:
    """A student whom the user registers now is shown on the user's own dashboard, once.

    Example: Then the school owner can see a new student join
    """
    owner = await world.actor(role)
    await owner.do(owner.ability(RunsSchool).register_student("Rui"))
    await told_once(world, role, happening('student "Rui" has joined'))


@then("{user} is turned away")
async def is_turned_away(world: World, role: str) -> None:
    """What the user tried last was not done, and the system said in time that it cannot be done now.

    Example: Then the school owner is turned away
    """
    (await world.actor(role)).was_turned_away()


@then("{user} is not turned away")
async def is_not_turned_away(world: World, role: str) -> None:
    """What the user did last was done, and the system said so in time.

    Example: Then the school owner is not turned away
    """
    outcome = (await world.actor(role)).outcome
    check(outcome is not None, f"{role} has not done anything")
    turned_away = outcome.refusal if outcome else None
    check(turned_away is None, f"{role} was turned away: {turned_away}")
