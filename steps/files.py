"""Phrases about files: sent piece by piece, followed, opened and deleted."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import FindsFiles, KeepsFiles, LimitsFiles
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import file_upload, repeated_requests
from support.scenario.world import World


@given("{user} has begun to upload the file {string} in {int} piece/pieces to {place}")
async def begins_upload(world: World, role: str, name: str, pieces: int, place: str) -> None:
    """Says what is to come; nothing of the file is sent yet.

    Example: Given user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(KeepsFiles).begin_upload(name, place, pieces))


@given("{user} follows the file {string}")
async def follows(world: World, role: str, name: str) -> None:
    """Wants to be told of the progress of a user's upload.

    Example: Given user B follows the file "plan.pdf"
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(KeepsFiles).follow(name))


@given("{user} has sent {int} piece/pieces of the file {string}")
async def has_sent_pieces(world: World, role: str, count: int, name: str) -> None:
    """The next pieces are there; that it was told is part of the set-up.

    Example: Given user A has sent 1 piece of the file "plan.pdf"
    """
    await file_upload.send(world, role, name, count)


@when("{user} uploads the file {string} in {int} piece/pieces to {place}")
async def uploads(world: World, role: str, name: str, pieces: int, place: str) -> None:
    """Sends a whole file, from beginning to end; a `Then` says how it ended.

    Example: When user A uploads the file "plan.pdf" in 3 pieces to the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(file_upload.upload(actor, name, pieces, place))


@when("{user} uploads the file {string} in {int} piece/pieces to no place")
async def uploads_nowhere(world: World, role: str, name: str, pieces: int) -> None:
    """Sends a whole file that is for nobody else; a `Then` says how it ended.

    Example: When user A uploads the file "diary.txt" in 1 piece to no place
    """
    actor = await world.actor(role)
    await actor.attempt(file_upload.upload(actor, name, pieces, None))


@when("{user} announces a file a byte larger than {size}")
async def announces_too_large(world: World, role: str, size: str) -> None:
    """Says that such a file is to come; a `Then` says how it ended.

    Example: When user A announces a file a byte larger than the largest one
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(LimitsFiles).announce_file(size, 1))


@when("{user} announces {int} files at once, each as large as {size}")
async def announces_at_once(world: World, role: str, count: int, size: str) -> None:
    """Says that so many files are to come, not waiting for an answer in between.

    Example: When user A announces 4 files at once, each as large as the room that is left
    """
    actor = await world.actor(role)
    files = actor.ability(LimitsFiles)
    announced = repeated_requests.all_at_once(actor, "announce a file", count, lambda: files.announce_file(size, 0))
    world.records.append(await announced)


@then("{user} can announce a file as large as {size}")
async def can_announce(world: World, role: str, size: str) -> None:
    """The word that such a file is to come is taken.

    Example: But user A can announce a file as large as the room that is left
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(LimitsFiles).announce_file(size, 0))


@when("{user} uploads {int} files of different kinds and sizes to {place}")
async def uploads_many(world: World, role: str, count: int, place: str) -> None:
    """Sends whole files, each of another kind and size; a `Then` says how it ended.

    Example: When user A uploads 15 files of different kinds and sizes to the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(file_upload.upload_many(actor, count, place))


@when("{user} uploads the files {string} and {string} in {int} pieces each to {place}, a piece of each by turns")
async def uploads_by_turns(world: World, role: str, one: str, other: str, pieces: int, place: str) -> None:
    """Sends two whole files at the same time; a `Then` says how it ended.

    Example: When user A uploads the files "a.pdf" and "b.csv" in 3 pieces each to the room "Launch", a piece of each by turns
    """  # noqa: E501
    actor = await world.actor(role)
    await actor.attempt(file_upload.upload_by_turns(actor, [one, other], pieces, place))


@when("{user} sends the rest of the file {string}")
async def sends_rest(world: World, role: str, name: str) -> None:
    """Sends the pieces that are missing, and completes the upload; a `Then` says how it ended.

    Example: When user A sends the rest of the file "plan.pdf"
    """
    actor = await world.actor(role)
    await actor.attempt(file_upload.finish(actor, name))


@when("{user} sends a piece of the file {string} that {manner}")
async def sends_piece(world: World, role: str, name: str, manner: str) -> None:
    """Sends a piece of a file that may be another user's, well or badly; a `Then` says how it ended.

    Example: When user A sends a piece of the file "plan.pdf" that is damaged
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(KeepsFiles).send_piece(name, manner))


@when("{user} {ending} the file {string}")
async def ends_with(world: World, role: str, ending: str, name: str) -> None:
    """Completes, gives up or deletes a file; a `Then` says how that ended.

    Example: When user A gives up the file "plan.pdf"
    """
    actor = await world.actor(role)
    await actor.attempt(file_upload.end(actor, ending, name))


@then("{users} is/are told of the progress of the file {string}, piece by piece")
async def told_of_progress(world: World, roles: list[str], name: str) -> None:
    """How far the upload is comes after each piece, each time once, in order, and ends at 100 %.

    Example: Then user B is told of the progress of the file "plan.pdf", piece by piece
    """
    for actor in await world.actors(roles):
        await file_upload.told_of_progress(world, actor, name)


@then("{users} can open the file {string}, as it was sent")
async def can_open(world: World, roles: list[str], name: str) -> None:
    """The file comes as what it is, to the last byte.

    Example: Then user B can open the file "plan.pdf", as it was sent
    """
    for actor in await world.actors(roles):
        await file_upload.opens(actor, name)


@then("{users} find/finds the file {string}")
async def find_file(world: World, roles: list[str], name: str) -> None:
    """A search for it by name shows it.

    Example: Then user B finds the file "plan.pdf"
    """
    await file_upload.told_to_any(world, name)
    for actor in await world.actors(roles):
        file_upload.found(world, actor, name, await actor.do(actor.ability(FindsFiles).find_files(name)))


@then("{user} finds the file {string} alone")
async def finds_file_alone(world: World, role: str, name: str) -> None:
    """A search for its whole name shows it, and no other file of the scenario.

    Example: Then user A finds the file "100%.txt" alone
    """
    actor = await world.actor(role)
    await file_upload.told_to_any(world, name)
    found = await actor.do(actor.ability(FindsFiles).find_files(name))
    file_upload.found(world, actor, name, found)
    check(found == {name}, f"{role} finds {in_words(found)}")


@then("{users} do/does not find the file {string}")
async def do_not_find_file(world: World, roles: list[str], name: str) -> None:
    """A search for it by name does not show it.

    Example: But user C does not find the file "plan.pdf"
    """
    await file_upload.told_to_any(world, name)
    for actor in await world.actors(roles):
        found = await actor.do(actor.ability(FindsFiles).find_files(name))
        check(name not in found, f"{actor.role} finds {name}")


@then("{user} can open all {int} files, as they were sent")
async def can_open_all(world: World, role: str, count: int) -> None:
    """Each of the files of "uploads … files of different kinds and sizes" comes as what it is, to the last byte.

    Example: Then user B can open all 15 files, as they were sent
    """
    actor = await world.actor(role)
    for name in file_upload.names(count):
        await file_upload.opens(actor, name)


@then("{user} can send the rest of the file {string}")
async def can_send_rest(world: World, role: str, name: str) -> None:
    """All that is missing of a file is taken.

    Example: And user A can send the rest of the file "plan.pdf"
    """
    actor = await world.actor(role)
    await actor.do(file_upload.finish(actor, name))


@then("{user} can send the rest of the file {string}, which is then as it was sent")
async def can_finish(world: World, role: str, name: str) -> None:
    """The pieces that are missing are taken, and what can be opened is the whole file.

    Example: And user A can send the rest of the file "plan.pdf", which is then as it was sent
    """
    actor = await world.actor(role)
    await actor.do(file_upload.finish(actor, name))
    await file_upload.opens(actor, name)


@then("{users} cannot open the file {string}")
async def cannot_open(world: World, roles: list[str], name: str) -> None:
    """Asking for the file is refused.

    Example: Then user C cannot open the file "plan.pdf"
    """
    for actor in await world.actors(roles):
        await actor.attempt(actor.ability(KeepsFiles).open_file(name))
        await actor.was_refused(access=True)
