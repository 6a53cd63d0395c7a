"""What people do and see at a web portal, as far as it takes more than one verb of theirs."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import NameOID

from support.core import clock
from support.core.checks import check, fail
from support.core.errors import InvalidMeasurement
from support.core.wording import in_words
from support.drivers.capabilities.delivery import Letter, WorksInside
from support.drivers.capabilities.portal import AtPortal, HasPortal, Issued, Listed, Sight
from support.scenario.actor import Actor
from support.scenario.attempts import Attempt
from support.scenario.world import World
from support.vocabulary.terms.broker import MESSAGE_STATUSES
from support.vocabulary.terms.portal import ADMIN_FORMS, ADMIN_PAGES, OWN_PAGES

T = TypeVar("T")
#: The smallest text that can be read without effort, in pixels as the screen shows them.
READABLE = 12.0
#: Messages that are made at the same time; a deployed main server freezes when there are too many (contract 7.7).
_AT_ONCE = 8
#: How many times as long as an idle session lasts a user keeps using the portal.
_LONGER = 1.5
#: Parts of that time that two pauses take: together they are longer than it.
_UNEVEN = (0.3, 0.72)
#: Lists end somewhere; one that does not is turned no further.
_PAGES = 30


async def at(world: World, role: str) -> tuple[Actor, AtPortal]:
    """A user, and what they can do at the portal; their window is closed when the scenario ends."""
    actor = await world.actor(role)
    portal = actor.ability(HasPortal).portal
    world.cleanups.add(portal.close)
    return actor, portal


async def with_account(world: World, role: str) -> tuple[Actor, AtPortal]:
    """The same of a user who has an account, whether or not they have signed in."""
    actor, portal = await at(world, role)
    await actor.do(portal.have_account())
    return actor, portal


async def seen(world: World, role: str) -> tuple[Actor, AtPortal]:
    """A user, and what they can do at the portal, with a picture in the report of what they see now, if it is new."""
    actor, portal = await at(world, role)
    if picture := await portal.picture():
        world.attach(f"What {role} sees", picture, "png")
    return actor, portal


def worked(actor: Actor) -> None:
    """See that a user's last attempt was not refused."""
    refusal = actor.outcome.refusal if actor.outcome else "it was not tried"
    check(refusal is None, f"it did not work for {actor.role}: {refusal}")


async def sign_in(world: World, role: str) -> None:
    """Have a user sign in at the portal as people do, which has to succeed."""
    actor, portal = await at(world, role)
    await actor.do(portal.sign_in(actor.account.password))


async def be_signed_in(world: World, role: str) -> None:
    """Have a user be signed in at the portal, without the pages that this takes."""
    actor, portal = await at(world, role)
    await actor.do(portal.be_signed_in(actor.account.password))
    actor.signed_in_at = clock.now()


async def all_be_signed_in(world: World, roles: list[str]) -> None:
    """Have people be signed in at the portal."""
    await asyncio.gather(*(be_signed_in(world, role) for role in roles))


async def keep_using(world: World, role: str) -> None:
    """Have a user look at their messages for longer than an idle session lasts, each time before it is over.

    The pauses are uneven: what is renewed only after most of the time, or only before that, ends in one of them.

    Raises:
        InvalidMeasurement: the browser was so slow that the user was idle for as long as a session lasts.
    """
    actor, portal = await at(world, role)
    lasts, looked = actor.limits.short_session, clock.now()
    until = actor.signed_in_at + _LONGER * lasts
    for part in itertools.cycle(_UNEVEN):
        await clock.pause(part * lasts)
        before, looked = looked, clock.now()
        if looked - before >= lasts:
            late = f"{role} was idle for {looked - before:.1f} s"
            raise InvalidMeasurement(
                f"invalid, neither passed nor failed: {late}, for this machine was busy; try again"
            )
        await actor.attempt(portal.open(OWN_PAGES[0]))
        if clock.now() >= until:
            return


async def try_admin_pages(world: World, role: str) -> None:
    """Have a user open each page for administrators by its address; how that went is the outcome."""
    actor, portal = await at(world, role)
    actor.outcome = Attempt(answer={page: await actor.attempt(portal.open(page)) for page in ADMIN_PAGES})


async def try_admin_forms(world: World, role: str) -> None:
    """Have a user send each form for administrators, without having been shown it; how that went is the outcome."""
    actor, portal = await at(world, role)
    actor.outcome = Attempt(answer={form: await actor.attempt(portal.intrude(form)) for form in ADMIN_FORMS})


def was_refused_each(actor: Actor) -> None:
    """See that everything was refused that a user has tried one after the other."""
    refused = {words for words, one in _each(actor) if one.refusal and not one.unavailable and one.judges(access=True)}
    allowed = [words for words, _ in _each(actor) if words not in refused]
    check(not allowed, f"{actor.role} was not refused: {in_words(allowed)}")


def was_allowed_each(actor: Actor) -> None:
    """See that nothing was refused that a user has tried one after the other."""
    refused = [(words, outcome.refusal) for words, outcome in _each(actor) if outcome.refusal is not None]
    check(not refused, f"{actor.role} was refused: {in_words(refused)}")


def _each(actor: Actor) -> list[tuple[str, Attempt[None]]]:
    return list(actor.gained(dict, "has tried nothing").items())


async def asks_to_sign_in(world: World, role: str) -> None:
    """See that the portal asks a user to sign in, wherever among their own pages they want to go."""
    actor, portal = await at(world, role)
    for page in OWN_PAGES:
        await actor.attempt(portal.open(page))
        if not await portal.is_asked_to_sign_in():
            fail(f"{role} wanted {page}, and sees: {await portal.text()}")
    await seen(world, role)


async def opens_nothing(world: World, role: str) -> None:
    """See that the portal refuses a user each of their own pages, in whatever way."""
    actor, portal = await at(world, role)
    for page in OWN_PAGES:
        outcome = await actor.attempt(portal.open(page))
        check(outcome.refusal is not None, f"the portal was to open nothing to {role}, and shows {page}")
        await actor.was_refused(access=True)
    await seen(world, role)


async def has_messages(world: World, role: str, messages: Iterable[tuple[str, str]]) -> None:
    """See to it that a user has messages of these texts and statuses."""
    actor, portal = await at(world, role)
    inside, in_turn = actor.ability(WorksInside), asyncio.Semaphore(_AT_ONCE)

    async def has_message(text: str, status: str) -> None:
        async with in_turn:
            receipt = await inside.register(Letter(text))
            if status != "queued":
                await inside.report(receipt.message, status)
        portal.remember(receipt.message, text, status)

    await actor.do(asyncio.gather(*(has_message(*each) for each in messages)))


def every_status(count: int) -> list[str]:
    """So many statuses, by turns."""
    return [MESSAGE_STATUSES[number % len(MESSAGE_STATUSES)] for number in range(count)]


async def pages(portal: AtPortal, until: frozenset[str] | None = None) -> list[list[Listed]]:
    """The messages of this page of a list and of those after it; to the last, or until these were among them."""
    shown = [await portal.listed()]
    while len(shown) < _PAGES and not _among(shown, until) and await portal.turn_page():
        shown.append(await portal.listed())
    return shown


def _among(shown: list[list[Listed]], wanted: frozenset[str] | None) -> bool:
    return wanted is not None and wanted <= {item.mark for page in shown for item in page}


async def shows_exactly(world: World, role: str, wanted: Iterable[Listed]) -> list[int]:
    """See that a list of a user's own messages shows these and no others, each once.

    Returns:
        How many messages each of its pages shows.
    """
    actor, portal = await seen(world, role)
    turned = await actor.do(pages(portal))
    shown = [(item.mark, item.status) for page in turned for item in newer(world, portal, page)]
    same(role, shown, [(item.mark, item.status) for item in wanted])
    return [len(page) for page in turned]


def as_on_a_page(item: Listed) -> Listed:
    """A message as a browser shows it: blanks and line breaks that stand together become one blank."""
    return replace(item, text=" ".join(item.text.split()))


def newer(world: World, portal: AtPortal, listed: Iterable[Listed]) -> list[Listed]:
    """What is listed, without what its owner had before this scenario."""
    before = {portal.mark(message) for message in world.dispatch.before}
    return [item for item in listed if item.mark not in before]


def same(role: str, shown: Iterable[T], wanted: Iterable[T]) -> None:
    """See that a list shows a user what it should, in whatever order."""
    found, expected = Counter(shown), Counter(wanted)
    faults = (("missing", expected - found), ("too many", found - expected))
    odd = [f"{fault} {number.total()}, as {in_words(next(iter(number)))}" for fault, number in faults if number]
    check(not odd, f"{role} sees {found.total()} messages in place of {expected.total()}: {in_words(odd)}")


async def found(world: World, role: str, wanted: list[Listed]) -> list[Listed]:
    """What a list of everybody's messages shows a user of these; it holds others too, and is long."""
    actor, portal = await seen(world, role)
    marks = frozenset(item.mark for item in wanted)
    return [item for page in await actor.do(pages(portal, marks)) for item in page if item.mark in marks]


async def own_of(world: World, roles: list[str]) -> list[Listed]:
    """All messages that these people are known to have."""
    visitors = await asyncio.gather(*(at(world, role) for role in roles))
    return [item for _, portal in visitors for item in portal.own]


async def walked(world: World, role: str) -> list[Sight]:
    """The pages as a user has just seen them on their screen."""
    actor = await world.actor(role)
    return actor.gained(list, "has seen no page")


def fits(sight: Sight) -> bool:
    """Whether a page is no wider than the screen; a fraction of a pixel is nothing."""
    return sight.width < sight.screen + 1


async def lists_certificate(world: World, role: str, client: str, validity: str) -> None:
    """See how a client's certificate is listed, when the list is opened anew."""
    actor, portal = await at(world, role)
    await actor.do(portal.open("the certificates"))
    listed = await actor.do(portal.certificates())
    await seen(world, role)
    found = listed.get(client, f"not among the {len(listed)} that are listed")
    check(found == validity, f"the certificate of {client} is {found}, not {validity}")


def certified(actor: Actor, client: str) -> None:
    """See that a certificate was handed out that is in a client's name and valid now, and that its key fits it."""
    issued = actor.gained(Issued, "was handed no certificate")
    certificate = x509.load_pem_x509_certificate(issued.certificate.encode())
    names = [str(name.value) for name in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    check(names == [client], f"the certificate is in the name of {in_words(names)}, not of {client}")
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    check(begins <= datetime.now(UTC) < ends, f"it is valid from {begins} to {ends}")
    key = load_pem_private_key(issued.key.encode(), password=None)
    check(key.public_key() == certificate.public_key(), "the key does not fit the certificate")
