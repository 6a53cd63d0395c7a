"""How people send files, and what they are told of it."""

import asyncio
from collections.abc import Awaitable

from support.core import clock
from support.core.checks import check, fail
from support.core.errors import Untried
from support.core.events import Arrival, Word
from support.core.inbox import Received
from support.core.wording import first_difference
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.collaboration import File, KeepsFiles, ListsFiles
from support.scenario.actor import Actor
from support.scenario.tasks.silence import no_more
from support.scenario.tasks.workspace import drain
from support.scenario.world import World
from support.vocabulary.terms.collaboration import sentence
from support.vocabulary.terms.events import happening

_KINDS = ("pdf", "txt", "csv", "png", "jpg", "zip", "json")


async def upload(actor: Actor, name: str, pieces: int, place: str | None) -> None:
    """Send a whole file, from beginning to end; for nobody else if no place is given."""
    await actor.ability(KeepsFiles).begin_upload(name, place, pieces)
    await finish(actor, name)


async def upload_by_turns(actor: Actor, files: list[str], pieces: int, place: str) -> None:
    """Send several files at once: a piece of each by turns, until all are there."""
    keeper = actor.ability(KeepsFiles)
    for name in files:
        await keeper.begin_upload(name, place, pieces)
    for _ in range(pieces):
        for name in files:
            await keeper.send_pieces(name, 1)
    for name in files:
        await keeper.finish_upload(name)


async def finish(actor: Actor, name: str) -> None:
    """Send what is missing of a file, and say that this is all."""
    await actor.ability(KeepsFiles).finish_upload(name)


async def end(actor: Actor, how: str, name: str) -> None:
    """End with a file: one of `collaboration.ENDINGS`."""
    files = actor.ability(KeepsFiles)
    ends = {"tries to complete": files.complete_upload, "gives up": files.cancel_upload, "deletes": files.delete_file}
    if how == "completes twice at the same moment":
        await _complete_at_once(files, name)
    else:
        await ends[how](name)


async def _complete_at_once(files: KeepsFiles, name: str) -> None:
    """Complete an upload twice, neither waiting for the other; raises `Rejected` unless one of them is taken."""
    ended = await asyncio.gather(*(files.complete_upload(name) for _ in range(2)), return_exceptions=True)
    failed = [trouble for trouble in ended if isinstance(trouble, BaseException)]
    if len(failed) > 1 or any(not isinstance(trouble, Rejected) for trouble in failed):
        raise failed[0]


async def upload_many(actor: Actor, count: int, place: str) -> None:
    """Send files of different kinds and sizes: one to five pieces, which keeps below a limit of requests."""
    for number, name in enumerate(names(count)):
        await upload(actor, name, 1 + number % 5, place)


def names(count: int) -> list[str]:
    """The names of files that are sent one after the other, each of the next kind."""
    return [f"file {number}.{_KINDS[number % len(_KINDS)]}" for number in range(1, count + 1)]


async def opens(actor: Actor, name: str) -> None:
    """See that a user who has been told that a file is ready can open it, and that it is what was sent."""
    await told_ready(actor, name)
    try:
        await is_as_sent(actor, name, actor.ability(KeepsFiles).open_file(name))
    except Untried as missing:  # it was to be there: that is the question here
        fail(str(missing))


async def size_of(actor: Actor, name: str) -> int:
    """Bytes of a file that a user can open."""
    await told_ready(actor, name)
    return len((await actor.do(actor.ability(KeepsFiles).open_file(name))).sent)


def found(world: World, actor: Actor, name: str, names: frozenset[str], where: str = "") -> None:
    """See that a user has found a file among these.

    Raises:
        AssertionError: they have not; `Untried` if no user was told that it is there, for then it is no fault of lists.
    """
    if name in names:
        return
    said = f"{actor.role} finds {', '.join(sorted(names)) or 'nothing'}{where}"
    raise AssertionError(said) if _is_told(world, name) else Untried(f"no user was told that {name} is there")


async def is_not_listed(actor: Actor, name: str, place: str) -> None:
    """See that the list of the files of a place does not name a file, or is refused."""
    listed = await actor.attempt(actor.ability(ListsFiles).files_in(place))
    if listed.refusal is not None:
        await actor.was_refused(access=True)
    check(name not in (listed.answer or frozenset()), f"{actor.role} finds {name} in {place}")


async def told_to_any(world: World, name: str) -> None:
    """Wait until any user has been told that a file is ready, or should have been: until then no list need have it."""
    await clock.until(lambda: _is_told(world, name), within=world.limits.delivery)


def _is_told(world: World, name: str) -> bool:
    ready = sentence("ready", text=f'"{name}"')
    return any(ready in map(_words, inbox.received) for one in world.cast.values() for inbox in one.inboxes)


async def told_ready(actor: Actor, name: str) -> None:
    """Wait until a user has been told that a file is ready, or should have been: before, a system may hold it back."""
    ready = sentence("ready", text=f'"{name}"')
    await clock.until(lambda: ready in map(_words, actor.inbox.received), within=actor.limits.delivery)


async def is_as_sent(actor: Actor, name: str, opening: Awaitable[File]) -> None:
    """See that a user can open a file, and that it is what was sent."""
    file = await actor.do(opening)
    if file.content != file.sent:
        fail(f"{name} is not as it was sent: {difference(file.content, file.sent)}")
    check(file.kind == file.sent_kind, f"{name} came as {file.kind}, not as {file.sent_kind}")
    check(file.name in ("", name), f'{name} came by the name of "{file.name}"')


def difference(content: bytes, sent: bytes) -> str:
    """In which way a file is not what was sent, in words."""
    if len(content) != len(sent):
        return f"it has {len(content)} bytes, {len(sent)} were sent"
    wrong = [place for place, (one, other) in enumerate(zip(content, sent, strict=True)) if one != other]
    return f"{len(wrong)} of its {len(sent)} bytes are others, the first of them byte {wrong[0] + 1}"


async def send(world: World, role: str, name: str, count: int) -> None:
    """Send the next pieces; what people are told of them is part of the set-up."""
    actor = await world.actor(role)
    await actor.do(actor.ability(KeepsFiles).send_pieces(name, count))
    await drain(world)


async def told_of_progress(world: World, actor: Actor, name: str) -> None:
    """See that a user is told how far a file is after each piece that they have not been told of before.

    Raises:
        AssertionError: not in time, not in order, or more than once; says what was told.
    """
    milestones = actor.ability(KeepsFiles).milestones(name)
    steps = [sentence("progress", text=f'"{name}"', number=percent) for percent in milestones]
    last = happening(steps[-1])
    await actor.inbox.expect(last.wanted, within=world.limits.delivery, called=last.called)
    words = [_words(item) for item in actor.inbox.received if _is_progress(item.what)]
    wrong = first_difference(words, steps)
    check(not wrong, f"{actor.role} was not told of each piece in order: {wrong}")
    reported = actor.ability(KeepsFiles).reported(name)
    wrong = first_difference(list(map(str, reported)), list(map(str, milestones))) if reported else ""
    check(not wrong, f"the pieces were not answered with how far the file is: {wrong}")
    actor.inbox.settle(_is_progress)
    await no_more(world, [actor.role], _is_progress)


def _words(item: Received) -> str:
    return item.what.what if isinstance(item.what, Word) else ""


def _is_progress(what: Arrival) -> bool:
    return isinstance(what, Word) and what.what.endswith(" %")
