"""Phrases about a web portal: what people see there of their own, and on which screens."""

from support.core.checks import check, fail
from support.core.wording import in_words
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import portal as at_portal
from support.scenario.tasks import portal_pages
from support.scenario.world import World
from support.vocabulary.terms.broker import LONGEST
from support.vocabulary.terms.words import KINDS


@given("{user} is signed in at the portal on {screen}")
async def signed_in_on(world: World, role: str, screen: str) -> None:
    """Signed in, on a screen of that size.

    Example: Given the administrator is signed in at the portal on a phone
    """
    actor, portal = await at_portal.at(world, role)
    await actor.do(portal.look_with(screen))
    await at_portal.be_signed_in(world, role)


@given("{users} has/have {int} message/messages")
async def have_messages(world: World, roles: list[str], count: int) -> None:
    """So many messages each; queued, delivered and failed by turns.

    Example: Given user A and user B have 3 messages
    """
    for role in roles:
        texts = (f"Message {number} of {role}" for number in range(1, count + 1))
        await at_portal.has_messages(world, role, zip(texts, at_portal.every_status(count), strict=True))


@given("{user} has messages with words of every kind")
async def has_messages_with_words(world: World, role: str) -> None:
    """One message of each kind that the suite knows, as much of each as a message may say, all still queued.

    Example: Given user A has messages with words of every kind
    """
    await at_portal.has_messages(world, role, [(words[:LONGEST], "queued") for words in KINDS.values()])


@when("{user} opens {page} at the portal")
@when("{user} tries to open {page} at the portal")
async def opens(world: World, role: str, page: str) -> None:
    """Goes to a page by its address; a `Then` says how it ended.

    Example: When user A tries to open the overview at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.attempt(portal.open(page), access=True)


@when("{user} chooses the {status} messages at the portal")
async def chooses(world: World, role: str, status: str) -> None:
    """Opens one's own messages, and filters them by status.

    Example: When user A chooses the failed messages at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.do(portal.open("the messages"))
    await actor.attempt(portal.filter(status))


@when("{user} visits every page of the portal by its menu")
async def visits_every_page(world: World, role: str) -> None:
    """One page after the other, each with its measures taken; a page that the menu does not lead to, by its address.

    Example: When the administrator visits every page of the portal by its menu
    """
    actor, portal = await at_portal.at(world, role)
    await actor.attempt(portal.walk())


@then("{user} is shown {page} of the portal")
async def is_shown(world: World, role: str, page: str) -> None:
    """The last attempt has led to this page, and there is something to be read on it that does not ask to sign in.

    Example: Then user A is shown the messages of the portal
    """
    actor, portal = await at_portal.seen(world, role)
    at_portal.worked(actor)
    shown = await portal.text()
    right = await portal.is_at(page) and not await portal.is_asked_to_sign_in()
    check(right and shown, f"{role} is not shown {page}, but: {shown or 'a blank page'}")


@then("the portal tells {user} that it did not work")
async def is_told_of_failure(world: World, role: str) -> None:
    """The page says what has gone wrong.

    Example: Then the portal tells user A that it did not work
    """
    actor, portal = await at_portal.seen(world, role)
    await actor.was_refused()
    if not await portal.complaint():
        fail(f"no word of it on the page: {await portal.text()}")


@then("the portal tells {user} that it is done")
async def is_told_of_success(world: World, role: str) -> None:
    """The page says that the last attempt has succeeded.

    Example: Then the portal tells the administrator that it is done
    """
    actor, portal = await at_portal.seen(world, role)
    at_portal.worked(actor)
    if not await portal.praise():
        fail(f"no word of it on the page: {await portal.text()}")


@then("the portal repeats {string} to {user} as it was written")
async def is_told_as_written(world: World, name: str, role: str) -> None:
    """What the page says of the last attempt has a name of this scenario in it, letter by letter.

    Example: And the portal repeats "acme" to the administrator as it was written
    """
    _, portal = await at_portal.seen(world, role)
    said = await portal.praise() or await portal.complaint()
    check(world.own_name(name) in said, f"the portal tells {role}: {said}")


@then("{user} can open {page} at the portal")
async def can_open(world: World, role: str, page: str) -> None:
    """Going there by its address works, now.

    Example: But the administrator can open the overview at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.do(portal.open(page))
    await at_portal.seen(world, role)


@then("the portal shows {user} their own messages, all of them and no others")
async def shows_own_messages(world: World, role: str) -> None:
    """On all pages of the list together, each once, with its status.

    Example: Then the portal shows user A their own messages, all of them and no others
    """
    await at_portal.shows_exactly(world, role, await at_portal.own_of(world, [role]))


@then("the portal shows {user} their own {status} messages and no others")
async def shows_own_of_status(world: World, role: str, status: str) -> None:
    """On all pages of the list together, each once.

    Example: Then the portal shows user A their own failed messages and no others
    """
    own = await at_portal.own_of(world, [role])
    await at_portal.shows_exactly(world, role, [item for item in own if item.status == status])


@then("the portal shows {user} all {int} messages once, on several pages")
async def shows_pages(world: World, role: str, count: int) -> None:
    """There is more than one page, all but the last are equally long, and together they show each message once.

    Example: Then the portal shows user A all 45 messages once, on several pages
    """
    own = await at_portal.own_of(world, [role])
    lengths = await at_portal.shows_exactly(world, role, own)
    check(len(own) == count, f"{role} has {len(own)} messages")
    check(
        len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0],
        f"not several pages of equal length, but of {lengths} messages",
    )


@then("the portal shows {user} no empty page of messages")
async def shows_no_empty_page(world: World, role: str) -> None:
    """Each page that the list leads to has something on it, and together they show each message once.

    Example: Then the portal shows user A no empty page of messages
    """
    lengths = await at_portal.shows_exactly(world, role, await at_portal.own_of(world, [role]))
    check(all(lengths), f"the pages have {in_words(lengths)} messages")


@then("the portal shows {user} their own profile")
async def shows_profile(world: World, role: str) -> None:
    """The account's login stands there, and no other; and whether it is a user's or an administrator's.

    Example: Then the portal shows user A their own profile
    """
    await portal_pages.shows_own_profile(world, role)


@then("no page is wider than the screen of {user}")
async def nothing_is_wider(world: World, role: str) -> None:
    """Of all pages that were visited.

    Example: Then no page is wider than the screen of the administrator
    """
    wide = [sight for sight in await at_portal.walked(world, role) if not at_portal.fits(sight)]
    told = {sight.page: f"{sight.width:g} pixels on a screen of {sight.screen:g}" for sight in wide}
    check(not wide, f"wider than the screen: {in_words(told)}")


@then("{user} has found every page by the menu")
async def found_by_menu(world: World, role: str) -> None:
    """The menu, unfolded if it has to be, has led to each page.

    Example: Then the administrator has found every page by the menu
    """
    await at_portal.seen(world, role)
    lost = {sight.page: sight.trouble for sight in await at_portal.walked(world, role) if sight.trouble}
    check(not lost, f"not to be reached by the menu: {in_words(lost)}")


@then("{user} can read all that the pages say")
async def can_read_all(world: World, role: str) -> None:
    """No text is smaller than what can be read without effort.

    Example: Then the administrator can read all that the pages say
    """
    small = {sight.page: sight.smallest_text for sight in await at_portal.walked(world, role)}
    tiny = {page: f"{size:g}" for page, size in small.items() if size < at_portal.READABLE}
    check(not tiny, f"the smallest text is of fewer than {at_portal.READABLE:g} pixels: {in_words(tiny)}")
