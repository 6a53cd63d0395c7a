"""Phrases about lists that are longer than a page."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import ReadsByPages
from support.scenario.step_decorators import then, when
from support.scenario.tasks.pages import all_once, in_full_pages, numbered_in_place, post_numbered, stand_on_one_page
from support.scenario.world import World


@when("{user} sends {int} messages in {place}, one after the other")
async def sends_many_in(world: World, role: str, count: int, place: str) -> None:
    """Sends numbered messages to everybody in a place, each when the one before has been taken.

    Example: When user A sends 51 messages in the room "Launch", one after the other
    """
    await post_numbered(await world.actor(role), count, place)


@when("{user} reads the last {int} message/messages in {place}")
async def reads_last(world: World, role: str, count: int, place: str) -> None:
    """Reads the first page of what has been said there, of so many messages, and no other.

    Example: When user B reads the last 1 message in the room "Launch"
    """
    actor = await world.actor(role)
    page = await actor.do(actor.ability(ReadsByPages).last_of_history(place, count))
    check(len(page) == count, f"{role} finds {len(page)} messages on the page: {in_words(text for _, text in page)}")


@then("the history of {place} tells {user} that it has {int} message/messages")
async def history_tells_length(world: World, place: str, role: str, count: int) -> None:
    """The list of what has been said there says how many messages it has on all pages together.

    Example: Then the history of the room "Launch" tells user B that it has 2 messages
    """
    actor = await world.actor(role)
    told = await actor.do(actor.ability(ReadsByPages).length_of_history(place))
    check(told == count, f"the history of {place} tells {role} that it has {told} messages")


@then("{user} finds all {int} messages of {user} in {place}, {int} on a page")
async def finds_by_pages(world: World, role: str, count: int, sender: str, place: str, size: int) -> None:
    """The numbered messages are read page by page: each once, newest first, and only the last page is not full.

    Example: Then user B finds all 51 messages of user A in the room "Launch", 50 on a page
    """
    actor = await world.actor(role)
    pages = await actor.do(actor.ability(ReadsByPages).history_by_pages(place, size))
    wanted = [(sender, text) for text in reversed(numbered_in_place(count))]
    found = in_full_pages(pages, size)
    check(found == wanted, f"{role} finds {len(found)} messages: {in_words(text for _, text in found)}")


@then("{user} sees all {int} people of the company, {int} on a page")
async def sees_people_by_pages(world: World, role: str, count: int, size: int) -> None:
    """The members are read page by page: each once, and only the last page is not full.

    Example: Then the admin sees all 20 people of the company, 19 on a page
    """
    actor = await world.actor(role)
    pages = await actor.do(actor.ability(ReadsByPages).members_by_pages(size))
    found = in_full_pages(pages, size)
    check(len(found) == len(set(found)) == count, f"{role} sees {in_words(found)}")


@then("{user} is shown all {int} {listing}, {int} on a page, each of them once")
async def sees_listing_by_pages(world: World, role: str, count: int, what: str, size: int) -> None:
    """What the scenario has made of them is all listed, page by page, each once; only the last page is not full.

    Example: Then user A is shown all 3 rooms, 2 on a page, each of them once
    """
    actor = await world.actor(role)
    lists = actor.ability(ReadsByPages)
    found, wanted = in_full_pages(await actor.do(lists.listed_by_pages(what, size)), size), lists.listed_here(what)
    check(len(wanted) == count, f"the scenario has made {len(wanted)} {what}, not {count}")
    all_once(found, wanted, what)


@then("{user} is shown the {listing} on a page that just holds them, and on no other")
async def sees_listing_on_one_page(world: World, role: str, what: str) -> None:
    """A page as long as the whole list has it all, and leads to no further one.

    Example: Then user A is shown the rooms on a page that just holds them, and on no other
    """
    actor = await world.actor(role)
    await stand_on_one_page(actor, actor.ability(ReadsByPages), what)
