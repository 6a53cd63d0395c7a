"""Phrases about dashboards: opening them, what they show at once, and what they cost."""

from support.core.checks import check
from support.core.events import Answered
from support.core.wording import in_words
from support.drivers.capabilities.probing import StopsReading, TakesFrames
from support.drivers.capabilities.school import GuardsSchools, HasScreens
from support.scenario.needs import overheard_redis, several_processes
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import across_processes
from support.scenario.tasks.dashboard_checks import not_told, student_names, told_in_form, told_of_students, told_once
from support.scenario.tasks.resource_usage import MEGABYTE, grows, held_by_rounds, wear
from support.scenario.world import World
from support.vocabulary.terms.events import Happening

SERVER = "dashboard server"


@given("{user} has {int} dashboard/dashboards open")
async def has_dashboards_open(world: World, role: str, count: int) -> None:
    """Signed in, with the dashboard on several screens at once; what is told has to be shown on all of them.

    Example: Given the school owner has 3 dashboards open
    """
    actor = await world.actor(role)
    await actor.do(actor.sign_in())
    await actor.do(actor.ability(HasScreens).open_screens(count))


@when("{user} closes one of the dashboards")
async def closes_dashboard(world: World, role: str) -> None:
    """The last of the screens goes; on the others all goes on.

    Example: When the school owner closes one of the dashboards
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(HasScreens).close_screen())


@given("{user} has a dashboard open at every process of the {server}", needs=several_processes)
async def has_dashboards_everywhere(world: World, role: str, server: str) -> None:
    """Signed in, with a dashboard on a screen for each process of the server.

    Example: Given the school owner has a dashboard open at every process of the dashboard server
    """
    actor = await world.actor(role)
    await actor.do(actor.sign_in())
    await across_processes.open_everywhere(world, actor, server)


@when("{user} registers a student at every process of the {server}")
async def registers_everywhere(world: World, role: str, server: str) -> None:
    """A student for each process of the server, whose request that process serves.

    Example: When the school owner registers a student at every process of the dashboard server
    """
    actor = await world.actor(role)
    await actor.attempt(across_processes.register_everywhere(world, actor, server))


@when("{user} tries to connect to the dashboard of {school}")
async def connects_elsewhere(world: World, role: str, school: str) -> None:
    """Opens a dashboard that is not one's own.

    Example: When user B tries to connect to the dashboard of a school that does not exist
    """
    owner = school.removeprefix("the school of ") if school.startswith("the school of ") else None
    actor = await world.actor(role)
    await actor.attempt(actor.open(actor.ability(GuardsSchools).connect_to(owner)), access=True)


@when("{user} tries to connect with {client}")
async def connects_with_client(world: World, role: str, client: str) -> None:
    """Opens one's own dashboard in the way of another kind of client.

    Example: When the school owner tries to connect with the web client
    """
    actor = await world.actor(role)
    await actor.attempt(actor.open(actor.ability(GuardsSchools).connect_as(client)), access=True)


@when("{user} connects with {client}")
async def is_connected_with_client(world: World, role: str, client: str) -> None:
    """Has one's own dashboard open in the way of another kind of client.

    Example: When the school owner connects with the web client
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(GuardsSchools).connect_as(client))


@when("the client of {user} sends {frame}")
async def sends_frame(world: World, role: str, frame: str) -> None:
    """The client says something on its connection, whether or not it means anything.

    Example: When the client of the school owner sends a sign of life
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(TakesFrames).send_frame(frame))


@when(
    "{user} registers {int} students at the same moment, by turns in every process of the server",
    needs=several_processes,
)
async def registers_by_turns(world: World, role: str, count: int) -> None:
    """None waits for another; the students are called "Student 1 of 20" and so on.

    Example: When the school owner registers 20 students at the same moment, by turns in every process of the server
    """
    await across_processes.register_by_turns(await world.actor(role), student_names(count))


@when("the client of {user} reads nothing any more")
async def stops_reading(world: World, role: str) -> None:
    """It stays connected and goes on asking, until what it is to be told has no room on its connection.

    Example: When the client of user B reads nothing any more
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(StopsReading).stop_reading())


@when("{user} opens {int} dashboards, registers {int} students and closes them all, {int} times over")
async def wears_server(world: World, role: str, screens: int, students: int, rounds: int) -> None:
    """Uses the server and leaves it, again and again; the first time is to warm up.

    Example: When the school owner opens 30 dashboards, registers 5 students and closes them all, 4 times over
    """
    actor = await world.actor(role)
    await actor.attempt(wear(world, actor, SERVER, screens, students, rounds))


@then("{users} is/are told once that {happening}", silence=True)
async def is_told_once(world: World, roles: list[str], happening: Happening) -> None:
    """It is shown on every dashboard they have open, within the delivery limit, and not a second time.

    Example: Then the school owner is told once that student "Ana" has joined
    """
    for role in roles:
        await told_once(world, role, happening)


@then("{user} is not told that {happening}", silence=True)
async def is_not_told(world: World, role: str, happening: Happening) -> None:
    """None of the user's dashboards shows it, up to a marker that comes behind all that was sent.

    Example: Then the school owner is not told that the teacher has joined as a teacher
    """
    await not_told(world, role, happening)


@then("{user} is told of all {int} students in the order registered")
async def is_told_of_all(world: World, role: str, count: int) -> None:
    """The numbered students of "registers … students without a pause" are shown everywhere, soon, and in order.

    Example: Then the school owner is told of all 20 students in the order registered
    """
    await told_of_students(world, role, student_names(count))


@then("every dashboard of {user} shows each of these students once")
async def shows_each_once(world: World, role: str) -> None:
    """The students of "registers a student at every process" are shown on all screens soon, and not a second time.

    Example: Then every dashboard of the school owner shows each of these students once
    """
    await across_processes.shown_everywhere(world, await world.actor(role))


@then("word of these students of {user} has gone by way of Redis", needs=overheard_redis)
async def has_gone_by_redis(world: World, role: str) -> None:
    """What was given to Redis while they were registered speaks of each of them.

    Example: And word of these students of the school owner has gone by way of Redis
    """
    across_processes.went_by_redis(await world.actor(role))


@then("nothing about the dashboards of {user} is left in Redis", needs=overheard_redis)
async def nothing_left_in_redis(world: World, role: str) -> None:
    """Within the delivery limit Redis holds no listener and no message of this user's school.

    Example: Then nothing about the dashboards of the school owner is left in Redis
    """
    left = await across_processes.left_in_redis(world, await world.actor(role))
    check(not left, f"Redis still holds: {in_words(left)}")


@then("everything that {user} is told is in the agreed form", silence=True)
async def is_told_in_form(world: World, role: str) -> None:
    """Something was told, and all of it says of which kind it is and carries what belongs to that kind.

    Example: Then everything that the school owner is told is in the agreed form
    """
    await told_in_form(world, role)


@then("the client of {user} is answered")
async def is_answered(world: World, role: str) -> None:
    """The sign of life is answered in kind.

    Example: Then the client of the school owner is answered
    """
    actor = await world.actor(role)
    await actor.receives(Answered())


@then("the dashboards of {user} have cost the dashboard server no lasting memory")
async def has_cost_no_memory(world: World, role: str) -> None:
    """After the last round the server holds hardly more memory than after the first: within the limit `growth`.

    Example: Then the dashboards of the school owner have cost the dashboard server no lasting memory
    """
    first, *_, last = held_by_rounds(await world.actor(role)).planned
    growth = (last.memory - first.memory) / MEGABYTE
    check(growth <= world.limits.growth, f"the dashboard server has grown by {growth:.1f} MB over the rounds")


@then("the dashboards of {user} have left nothing open at the dashboard server")
async def has_left_nothing_open(world: World, role: str) -> None:
    """The server does not hold more connections and files open after each round than after the one before.

    A pool may grow for some rounds and stay; what is left open by each use grows with each, however often it is tried.

    Example: Then the dashboards of the school owner have left nothing open at the dashboard server
    """
    held = held_by_rounds(await world.actor(role)).files
    check(not grows(held), f"the dashboard server holds ever more files open, after each round: {in_words(held)}")


@then("{user} is shown all {int} students in the order in which the activity feed has them")
async def shown_as_in_feed(world: World, role: str, count: int) -> None:
    """Each arrives within the delivery limit, and the school's record, read from its oldest entry, has the same order.

    Example: Then the school owner is shown all 20 students in the order in which the activity feed has them
    """
    await across_processes.told_as_in_feed(world, await world.actor(role), student_names(count))


@then("the activity feed has all that {user} was told, in the same order")
async def feed_is_as_told(world: World, role: str) -> None:
    """The school's record, read from its oldest entry, has what came live of it, which is two entries at least.

    Example: And the activity feed has all that the school owner was told, in the same order
    """
    await across_processes.kept_as_told(await world.actor(role))


@given("{user} has looked at the figures at every process of the {server}", needs=several_processes)
async def has_looked_at_figures(world: World, role: str, server: str) -> None:
    """Reads the school's figures from each process of the server, as a dashboard does when it opens.

    Example: Given the school owner has looked at the figures at every process of the dashboard server
    """
    actor = await world.actor(role)
    await actor.do(actor.sign_in())
    await across_processes.figures_everywhere(world, actor, server)


@then("the figures show {user} {int} {figure} at every process of the {server}", needs=several_processes)
async def figures_show_everywhere(world: World, role: str, count: int, figure: str, server: str) -> None:
    """The school's figures, read now from each process of the server, are the same everywhere.

    Example: Then the figures show the school owner 1 student at every process of the dashboard server
    """
    shown = await across_processes.figures_everywhere(world, await world.actor(role), server)
    counts = [figures[figure] for figures in shown]
    check(counts == [count] * len(counts), f"the figures show {role} of the kind {figure}: {in_words(counts)}")
