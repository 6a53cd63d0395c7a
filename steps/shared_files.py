"""Phrases about files that are there: shared and listed in further places, linked to, and how far they are."""

from support.core.checks import check
from support.drivers.capabilities.collaboration import LinksFiles, ListsFiles, SharesFiles, TellsProgress
from support.scenario.step_decorators import then, when
from support.scenario.tasks import file_upload
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


@when("{user} shares the file {string} in {place}")
async def shares(world: World, role: str, name: str, place: str) -> None:
    """Puts a file that is there into a thread; a `Then` says how it ended.

    Example: When user A shares the file "plan.pdf" in the thread "Budget"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(SharesFiles).share_file(name, place))


@when("{user} takes the file {string} out of {place}")
async def takes_out(world: World, role: str, name: str, place: str) -> None:
    """A file is in a thread no longer, and stays in its room; a `Then` says how it ended.

    Example: When user A takes the file "plan.pdf" out of the thread "Budget"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(SharesFiles).take_out_file(name, place))


@when("{user} gets a link to the file {string}")
async def gets_link(world: World, role: str, name: str) -> None:
    """Asks for what opens a file for a while without a session; a `Then` says how it ended.

    Example: When user A gets a link to the file "plan.pdf"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(LinksFiles).get_link(name))


@then("the link of {user} opens the file {string}, as it was sent")
async def link_opens(world: World, role: str, name: str) -> None:
    """Without a session the file comes as what it is, to the last byte.

    Example: Then the link of user A opens the file "plan.pdf", as it was sent
    """
    actor = await world.actor(role)
    await file_upload.told_ready(actor, name)
    await file_upload.is_as_sent(actor, name, actor.ability(LinksFiles).open_link(name))


@then("the link of {user} to the file {string} is good for as long as they were told")
async def link_lasts(world: World, role: str, name: str) -> None:
    """The end that the link itself shows is the one that was told with it.

    Example: Then the link of user A to the file "plan.pdf" is good for as long as they were told
    """
    told, shown = (await world.actor(role)).ability(LinksFiles).link_ends(name)
    check(abs(told - shown) <= 1, f"{role} was told that the link ends {told - shown:+.0f} s from when it does")


@then("the link of {user} does not open the file {string}")
async def link_does_not_open(world: World, role: str, name: str) -> None:
    """Without a session the file is refused.

    Example: Then the link of user B does not open the file "plan.pdf"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(LinksFiles).open_link(name))
    await actor.was_refused(access=True)


@then("the link of {user} does not open the file {string} with {token}")
async def altered_link_does_not_open(world: World, role: str, name: str, token: Forgery) -> None:
    """Without a session the file is refused, when another token stands in the link than the one that was given out.

    Example: Then the link of user B does not open the file "plan.pdf" with a garbled token
    """
    actor, owner = await world.actors([role, token.owner or role])
    links = actor.ability(LinksFiles)
    await actor.attempt(links.open_link(name, lambda good: token.made_from(owner.token if token.owner else good)))
    await actor.was_refused(access=True)


@then("{users} see/sees the file {string} at {int} %")
async def see_progress(world: World, roles: list[str], name: str, percent: int) -> None:
    """Asked how far an upload is, the system says so.

    Example: Then user A sees the file "plan.pdf" at 57 %
    """
    for actor in await world.actors(roles):
        told = await actor.do(actor.ability(TellsProgress).progress(name))
        check(told == percent, f"{actor.role} sees {name} at {told} %")


@then("{users} cannot see how far the file {string} is")
async def cannot_see_progress(world: World, roles: list[str], name: str) -> None:
    """Asking how far an upload is is refused.

    Example: But user C cannot see how far the file "plan.pdf" is
    """
    for actor in await world.actors(roles):
        await actor.attempt(actor.ability(TellsProgress).progress(name))
        await actor.was_refused(access=True)


@then("{users} find/finds the file {string} in {place}")
async def find_file_in(world: World, roles: list[str], name: str, place: str) -> None:
    """The list of the files of a place names it.

    Example: Then user B finds the file "plan.pdf" in the room "Launch"
    """
    await file_upload.told_to_any(world, name)
    for actor in await world.actors(roles):
        listed = await actor.do(actor.ability(ListsFiles).files_in(place))
        file_upload.found(world, actor, name, listed, f" in {place}")


@then("{users} do/does not find the file {string} in {place}")
async def do_not_find_file_in(world: World, roles: list[str], name: str, place: str) -> None:
    """The list of the files of a place does not name it, or is refused.

    Example: Then user B does not find the file "plan.pdf" in the thread "Budget"
    """
    await file_upload.told_to_any(world, name)
    for actor in await world.actors(roles):
        await file_upload.is_not_listed(actor, name, place)


@then("{user} finds the file {string} among their own")
async def finds_own_file(world: World, role: str, name: str) -> None:
    """The list of the files that the user has uploaded names it.

    Example: Then user A finds the file "diary.txt" among their own
    """
    actor = await world.actor(role)
    await file_upload.told_to_any(world, name)
    listed = await actor.do(actor.ability(ListsFiles).files_in(None))
    file_upload.found(world, actor, name, listed, " among their own")
