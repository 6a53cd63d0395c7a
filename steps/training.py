"""Phrases about training: sessions, documents, and what pilot users achieve together."""

from statistics import mean

from support.core.checks import check
from support.core.wording import first_difference, in_words
from support.drivers.capabilities.training import CompletesSessions, Greets, GuardsContent, TrainingSession, Trains
from support.scenario.needs import completion
from support.scenario.step_decorators import then, when
from support.scenario.tasks import attempt_log, load_runner, training_load, training_user
from support.scenario.tasks.documents import difference, misnomer
from support.scenario.world import World


@when("{users} look/looks around {times}")
async def look_around(world: World, roles: list[str], times: int) -> None:
    """They use every way into the system, all at the same time: its state, trainings, documents and new sessions.

    Example: When all five pilot users look around 4 times each
    """
    await training_user.together(
        world, roles, lambda actor: training_user.look_around(actor, "customer service", times)
    )


@when("{users} look/looks around for {duration}, each pausing {duration}", margin=2 * 60 * 60)
async def look_around_for(world: World, roles: list[str], duration: float, pause: float) -> None:
    """The closed model: each uses one way into the system after the other, and pauses after each answer.

    Example: When all five pilot users look around for 1 minute, each pausing 0.1 seconds
    """
    await training_load.look_around(world, roles, duration, pause)


@when("{users} converse/converses for {duration}, each pausing {duration}", margin=2 * 60 * 60)
async def converse_for(world: World, roles: list[str], duration: float, pause: float) -> None:
    """The closed model: each waits for reply and feedback, pauses, and says the next thing.

    Example: When all five pilot users converse for 10 minutes, each pausing 1 second
    """
    await training_load.converse(world, roles, duration, pause)


@when("{user} says {string} in every training")
async def say_in_every_training(world: World, role: str, line: str) -> None:
    """Opens a session in each training that is listed, and says it there, waiting for reply and feedback each time.

    Example: When pilot user 1 says "I am glad that you called" in every training
    """
    await training_user.together(
        world, [role], lambda actor: training_user.say_everywhere(actor, world.own_words(line))
    )


@when("{users} train/trains {trainings}")
async def train(world: World, roles: list[str], trainings: list[str]) -> None:
    """They open a session, read the documents and converse, one training after the other; the sessions stay open.

    Example: When all five pilot users train customer service and claim handling
    """
    await training_user.together(world, roles, lambda actor: training_user.train(actor, trainings))


@when("{users} train/trains {trainings} from beginning to end", needs=completion)
async def train_to_the_end(world: World, roles: list[str], trainings: list[str]) -> None:
    """They open a session, read the documents, converse and complete it, one training after the other.

    Example: When all five pilot users train customer service and claim handling from beginning to end
    """
    await training_user.together(world, roles, lambda actor: training_user.train_to_the_end(actor, trainings))


@when("{user} trains {trainings} for {int} minutes", margin=2 * 60 * 60)
async def train_for(world: World, role: str, trainings: list[str], minutes: int) -> None:
    """Converses with long pauses; the profile says how long a minute is here.

    Example: When pilot user 1 trains customer service for 30 minutes
    """
    pause = training_user.lasting(world, minutes) / len(training_user.LINES)
    await training_user.together(world, [role], lambda actor: training_user.train(actor, trainings, pause))


@when("{user} tries to open {forbidden}")
async def tries_to_open(world: World, role: str, what: str) -> None:
    """Asks for what is not there, or not for everybody.

    Example: When pilot user 1 tries to open a session that does not exist
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(GuardsContent).open(what))


@when("{user} tries to complete the session", needs=completion)
async def tries_to_complete(world: World, role: str) -> None:
    """Asks for the end of the session; a `Then` says how it ended.

    Example: When pilot user 1 tries to complete the session
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(CompletesSessions).complete())


@when("{user} says {int} things without a pause")
async def says_many(world: World, role: str, count: int) -> None:
    """Says things back to back, not waiting for replies in between.

    Example: When pilot user 1 says 20 things without a pause
    """
    await training_user.together(
        world, [role], lambda actor: training_user.flood(actor, [f"line {number}" for number in range(count)])
    )


@then("{user} is greeted on connecting")
async def is_greeted(world: World, role: str) -> None:
    """The server speaks first on the live connection.

    Example: Then pilot user 1 is greeted on connecting
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(Greets).be_greeted())


@then("{user} is in an open session in {training}")
async def is_in_session(world: World, role: str, training: str) -> None:
    """The system shows the session as this user's own, in this training, and not completed.

    Example: Then pilot user 1 is in an open session in customer service
    """
    actor = await world.actor(role)
    session: TrainingSession = await actor.do(actor.ability(Trains).session())
    check((session.owner, session.training, session.completed) == (role, training, False), f"it is {in_words(session)}")


@then("{users} has/have {int} sessions, each its own")
async def have_sessions(world: World, roles: list[str], count: int) -> None:
    """So many sessions were opened, and no two of them are the same.

    Example: Then all five pilot users have 25 sessions, each its own
    """
    found = attempt_log.of(world.records, roles)
    numbers = [number for record in found for number in record.sessions]
    told = f"the sessions are {in_words(sorted(numbers))}; {attempt_log.troubles(found)}"
    check(len(numbers) == len(set(numbers)) == count, told)


@then("{users} see/sees at least {int} different trainings")
async def see_trainings(world: World, roles: list[str], count: int) -> None:
    """There are so many to choose from, none of them listed twice.

    Example: Then pilot user 1 sees at least 2 different trainings
    """
    for record in attempt_log.of(world.records, roles):
        listed = record.trainings
        seen = f"{record.who} sees the trainings {in_words(listed)}; {attempt_log.troubles([record])}"
        check(len(set(listed)) == len(listed) >= count, seen)


@then("{users} can view at least {int} documents, all complete")
async def can_view_documents(world: World, roles: list[str], count: int) -> None:
    """So many different ones come, each to the last byte and as the kind that it was announced as.

    Example: Then pilot user 1 can view at least 2 documents, all complete
    """
    for record in attempt_log.of(world.records, roles):
        names = {document.name for document in record.documents}
        check(
            len(names) >= count, f"{record.who} got the documents {in_words(names)}; {attempt_log.troubles([record])}"
        )
        flaws = [found for document in record.documents if (found := difference(document))]
        check(not flaws, f"{record.who} found: {in_words(flaws)}")


@then("the documents of {users} are what they are called")
async def are_what_they_are_called(world: World, roles: list[str]) -> None:
    """Each has a title, and is by its content of the kind that it came as: a PDF is one. Unknown kinds are not judged.

    Example: Then the documents of pilot user 1 are what they are called
    """
    for record in attempt_log.of(world.records, roles):
        check(record.documents, f"{record.who} got no documents")
        flaws = [found for document in record.documents if (found := misnomer(document))]
        check(not flaws, f"{record.who} found: {in_words(flaws)}")


@then("{user} finds the conversation again")
async def finds_conversation(world: World, role: str) -> None:
    """What is kept of the session is what was said and replied, in order; asked for, or else read from the database.

    Example: Then pilot user 1 finds the conversation again
    """
    actor = await world.actor(role)
    wrong = first_difference(await training_user.kept_conversation(actor), training_user.heard_conversation(actor))
    check(not wrong, f"{role} does not find the conversation as it was: {wrong}")


@then("{user} can complete the session", needs=completion)
async def can_complete(world: World, role: str) -> None:
    """The session is completed, as it shows, and its average is that of the points given in it; none are no points.

    Example: Then pilot user 1 can complete the session
    """
    actor = await world.actor(role)
    average = await actor.do(actor.ability(CompletesSessions).complete())
    points = list(filter(None, attempt_log.points(attempt_log.of(world.records, [role]))))
    check(points and average == round(mean(points), 1), f"the average of {in_words(points)} is not {average}")
    check((await actor.do(actor.ability(Trains).session())).completed, "the session is still open")


@then("{user} can talk to {bot}")
async def can_talk(world: World, role: str, bot: str) -> None:
    """A new message gets its own reply, and points, at once; an apology is no answer.

    Example: And pilot user 2 can talk to ChatGPT
    """
    await training_user.talk(world, await world.actor(role), bot, "How can I help you?")


@then("the conversation of {user} with {bot} goes on")
async def goes_on(world: World, role: str, bot: str) -> None:
    """A new message on the same connection gets its own reply, and points, whatever comes of what was sent before.

    Example: Then the conversation of pilot user 1 with ChatGPT goes on
    """
    await training_user.talk(world, await world.actor(role), bot, "How can I help you?", unless=None)


@then("{user} can talk to {bot} again")
async def can_talk_again(world: World, role: str, bot: str) -> None:
    """A new message gets its own reply, and points, if not at once then within the recovery limit.

    Example: And pilot user 1 can talk to ChatGPT again
    """
    actor = await world.actor(role)
    await training_user.talk_at_last(world, actor, bot, "How can I help you?", within=world.limits.recovery)


@then("{int} % of the answers come within {int} seconds")
async def come_within(world: World, share: int, seconds: int) -> None:
    """Of all that was tried in this scenario; what failed did not come.

    Example: Then 95 % of the answers come within 3 seconds
    """
    tried = attempt_log.tried(world.records)
    slow = [one for one in tried if one.trouble or one.seconds >= seconds]
    kept = 100 * (len(tried) - len(slow)) >= share * len(tried) > 0
    load_runner.believable(world, limit=seconds, kept=kept)
    check(kept, f"of {len(tried)}: {attempt_log.slowest(slow)}")


@then("fewer than {int} % of all attempts fail")
async def few_fail(world: World, share: int) -> None:
    """Of all that was tried in this scenario.

    Example: Then fewer than 5 % of all attempts fail
    """
    tried = attempt_log.tried(world.records)
    failed = [one for one in tried if one.trouble]
    kept = 100 * len(failed) < share * len(tried)
    load_runner.believable(world, kept=kept)
    check(kept, f"of {len(tried)}: {attempt_log.slowest(failed)}")


@then("at least {int} % of the {int} sessions are completed")
async def are_completed(world: World, share: int, count: int) -> None:
    """So many sessions were opened, each its own, and so many of them show as completed.

    Example: Then at least 80 % of the 10 sessions are completed
    """
    sessions = {number for record in world.records for number in record.sessions}
    completed = sum(record.completed for record in world.records)
    check(len(sessions) == count, f"there are {len(sessions)} sessions")
    check(
        100 * completed >= share * count, f"{completed} sessions are completed; {attempt_log.troubles(world.records)}"
    )


@then("the session is completed")
async def is_completed(world: World) -> None:
    """The one session that was opened in this scenario has been completed.

    Example: Then the session is completed
    """
    await are_completed(world, 100, 1)


@then("{string} is stored nowhere")
async def is_stored_nowhere(world: World, words: str) -> None:
    """These words do not stand in its database, in whatever table.

    Example: And "4111 1111 1111 1111" is stored nowhere
    """
    found = await training_user.stored(world, words)
    check(found == 0, f'"{words}" stands in {found} rows of the database')
