"""Phrases about how a system works: how its components are, what they count and need, and what time it is to them."""

from support.core.checks import check
from support.core.wording import in_words
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import deployment_checks, message_delivery, monitoring, shown_times
from support.scenario.world import World
from support.vocabulary.terms.broker import DATABASE


@given("the operator has looked at the figures of all components", alone=True)
async def looks_at_figures(world: World) -> None:
    """Notes what each component counts; a `Then` says what they tell, or by how much it has grown.

    Example: Given the operator has looked at the figures of all components
    """
    await monitoring.look(world)


@when("the operator asks every component how it is")
async def asks_health(world: World) -> None:
    """Asks all components that can say; the phrases with "well" tell what each says.

    Example: When the operator asks every component how it is
    """
    await monitoring.ask_all(world)


@when("the operator checks the deployment")
async def goes_through(world: World) -> None:
    """Looks at all that belongs to it: processes, stores, certificates and logs.

    Example: When the operator checks the deployment
    """
    await deployment_checks.inspect(world)


@then("the {component} is well")
async def is_well(world: World, component: str) -> None:
    """The component says so, of itself and of all that it needs.

    Example: Then the main server is well
    """
    health = await monitoring.well(world, component)
    ill = [part for part, well in health.parts.items() if not well]
    check(health.well, f"the {component} says that it is not well: {in_words(ill)}")
    check(not ill, f"the {component} says that it is well, but not its {in_words(ill)}")


@then("the {component} says that it is not well")
async def says_it_is_ill(world: World, component: str) -> None:
    """Within the outage limit the component says so.

    Example: Then the threads server says that it is not well
    """
    health = await monitoring.ill(world, component, within=world.limits.outage)
    check(not health.well, f"the {component} says that it is well")


@then("the {component} says that {database} is not well")
async def says_database_ill(world: World, component: str, database: str) -> None:
    """Within the outage limit the component says that it is not well, and that it is because of this database.

    Example: Then the main server says that Postgres is not well
    """
    health = await monitoring.ill(world, component, within=world.limits.outage)
    check(not health.well, f"the {component} says that it is well without {database}")
    said = health.parts.get(database)
    check(said is False, f"the {component} does not say that {database} is what is not well: {in_words(health)}")


@then("the {component} counts {int} more message/messages")
async def counts_more(world: World, component: str, count: int) -> None:
    """Since the operator looked, this component says that it has done its part for so many more messages.

    Example: Then the proxy counts 3 more messages
    """
    grown = await monitoring.grown(world, component)
    check(grown == count, f"the {component} counts {grown} more{message_delivery.left_by_others(world)}")


@then("the {component} counts {int} more attempt/attempts without permission")
async def counts_intruders(world: World, component: str, count: int) -> None:
    """Since the operator looked, so many have been rejected here for their certificate.

    Example: Then the proxy counts 1 more attempt without permission
    """
    grown = await monitoring.grown(world, component, monitoring.INTRUSIONS)
    check(grown == count, f"the {component} counts {grown} more attempts without permission")


@then("the {component} says that no message waits any more", alone=True)
async def says_none_waits(world: World, component: str) -> None:
    """Within the delivery limit the figure that it shows of waiting messages is 0.

    Example: Then the proxy says that no message waits any more
    """
    waiting = await monitoring.waiting(world, component)
    check(waiting == 0, f"the {component} says that {waiting:g} messages wait{message_delivery.left_by_others(world)}")


@then("the workers count {int} more message/messages together")
async def workers_count_more(world: World, count: int) -> None:
    """Since the operator looked, all workers together say that they have delivered so many more.

    Example: Then the workers count 3 more messages together
    """
    grown = await monitoring.workers_grown(world, count)
    check(grown == count, f"the workers count {grown} more{message_delivery.left_by_others(world)}")


@then("every component runs on Python {word} or later")
async def runs_on_python(world: World, oldest: str) -> None:
    """What the components say of themselves. One that does not answer fails; of one that does not say nothing is known.

    Example: Then every component runs on Python 3.8 or later
    """
    deployment_checks.all_run_on(oldest, deployment_checks.found(world, "versions"))


@then("no component misses a package")
async def misses_no_package(world: World) -> None:
    """All of them are up, and none has said since its start that something could not be imported.

    Example: Then no component misses a package
    """
    found = deployment_checks.found(world, "components", "packages")
    check(not found.down, f"these are not up: {in_words(found.down)}")
    check(not found.missing, f"these miss something: {in_words(found.missing)}")


@then("every component is there")
async def all_there(world: World) -> None:
    """Main server, proxies, workers and portal run, each as a process, and answer.

    Example: Then every component is there
    """
    found = deployment_checks.found(world, "components")
    check(not found.down, f"these are not up: {in_words(found.down)}")
    check(not found.silent, f"these do not answer: {in_words(found.silent)}")


@then("{database} can be reached and answers")
async def database_answers(world: World, database: str) -> None:
    """With the credentials that the system itself has.

    Example: Then Postgres can be reached and answers
    """
    trouble = deployment_checks.found(world, database).stores[database]
    check(not trouble, f"{database} does not answer: {trouble}")


@then("the database has a place for users, clients, messages, the audit log and the version of the schema")
async def schema_is_there(world: World) -> None:
    """All that the document names is there.

    Example: Then the database has a place for users, clients, messages, the audit log and the version of the schema
    """
    wanted = {"users", "clients", "messages", "audit log", "version of the schema"}
    missing = wanted - deployment_checks.found(world, DATABASE).places
    check(not missing, f"there is no place for {in_words(missing)}")


@then("the certificates of the authority, the servers, the proxy and the workers are there and valid")
async def certificates_are_valid(world: World) -> None:
    """Each belongs to its key, is signed by the authority and is neither too old nor too new; one of each kind is seen.

    Example: Then the certificates of the authority, the servers, the proxy and the workers are there and valid
    """
    deployment_checks.all_are_certified(deployment_checks.found(world, "certificates"))


@then("every component that keeps a log has written to it")
async def logs_are_written(world: World) -> None:
    """The folder of the logs can be written to, and there is a log of each kind of component with words in it.

    Example: Then every component that keeps a log has written to it
    """
    logs = deployment_checks.found(world, "logs").logs
    check(logs, "there are no logs")
    empty = [kind for kind, size in logs.items() if size == 0]
    check(not empty, f"these logs are missing or empty: {in_words(empty)}")


@then("no component has reported a serious error", alone=True)
async def no_serious_error(world: World) -> None:
    """What the components have printed since the scenario began speaks of none.

    Example: Then no component has reported a serious error
    """
    errors = deployment_checks.serious_errors(world)
    check(not errors, f"these were reported: {in_words(errors)}")


@then("the times that {user} is shown are true")
async def times_are_true(world: World, role: str) -> None:
    """What the user is shown to have happened in this scenario has happened just now, and not in another time zone.

    Example: And the times that pilot user 1 is shown are true
    """
    await shown_times.are_true(await world.actor(role))
