"""Phrases about companies: who belongs to one, who is there, and what each may do."""

from support.core.checks import check
from support.core.people import UNNAMED
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import HasAddresses, TakesIn
from support.drivers.capabilities.sessions import GuardsPasswords, Registers, RegistersAmiss
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import file_upload, repeated_requests, workspace
from support.scenario.world import World


@given("{int} others have accounts", afresh=True)
@given("{int} others have accounts in the same company", afresh=True)
async def others_have_accounts(world: World, count: int) -> None:
    """Further people, or members of the company, whom the scenario does not name.

    Example: Given 17 others have accounts in the same company
    """
    await world.actors([f"{UNNAMED} {number}" for number in range(1, count + 1)])


@when("{user} registers")
async def registers(world: World, role: str) -> None:
    """A person without an account makes one, with a company of their own; a `Then` says how it ended.

    Example: When the newcomer registers
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(Registers).register())


@given("{user} has tried to sign in before registering")
async def has_tried_before(world: World, role: str) -> None:
    """A person without an account tries to sign in, and is refused.

    Example: Given the newcomer has tried to sign in before registering
    """
    actor = await world.actor(role)
    actor.ability(Registers)  # where people cannot, there is none without an account
    await actor.attempt(actor.sign_in())
    await actor.was_refused()


@given("{user} has tried to register with something that cannot be kept")
async def has_registered_amiss(world: World, role: str) -> None:
    """A person without an account sends a registration in which one sign is wrong, and is refused.

    Example: Given the newcomer has tried to register with something that cannot be kept
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(RegistersAmiss).register_amiss())
    await actor.was_refused()


@when("{user} registers {int} times at once")
async def registers_at_once(world: World, role: str, times: int) -> None:
    """Sends the same registration again and again, not waiting for an answer in between.

    Example: When the newcomer registers 5 times at once
    """
    world.records.append(await repeated_requests.register_at_once(await world.actor(role), times))


@when("{user} tries to give the company the address of the company of {user}")
async def takes_address(world: World, role: str, other: str) -> None:
    """Asks that the company be called as another one is in addresses; a `Then` says how it ended.

    Example: When the company owner tries to give the company the address of the company of the owner of another company
    """
    actor, owner = await world.actors([role, other])
    address = await owner.do(owner.ability(HasAddresses).company_address())
    await actor.attempt(actor.ability(HasAddresses).move_company(address))


@when("{user} adds {user} to the company")
async def adds(world: World, role: str, other: str) -> None:
    """Makes a person without an account a member of the company; a `Then` says how it ended.

    Example: When the company owner adds the newcomer to the company
    """
    actor, _ = await world.actors([role, other])
    await actor.attempt(actor.ability(TakesIn).take_in(other))


@then("{user} sees {int} people/person in the contact list, all of their own company", afresh=True)
async def sees_company(world: World, role: str, count: int) -> None:
    """A contact list read now names those of the scenario who belong to the company, and no other account.

    Example: Then the guest sees 20 people in the contact list, all of their own company
    """
    everyone = await workspace.colleagues(await world.actor(role))
    check(len(everyone) == count, f"{role} sees {in_words(everyone)}")
    strangers = everyone - await workspace.members(world, role)
    check(not strangers, f"{role} sees strangers: {in_words(strangers)}")


@then("{user} is told that the company has {int} people/person and stores the file {string} alone", afresh=True)
async def told_usage(world: World, role: str, count: int, name: str) -> None:
    """What the company uses, as the system tells it, is what is there, and nothing that has gone.

    Example: Then the company owner is told that the company has 2 people and stores the file "plan.pdf" alone
    """
    actor = await world.actor(role)
    usage = await workspace.usage(actor)
    check(usage.people == count, f"{role} is told that the company has {usage.people} people")
    size = await file_upload.size_of(actor, name)
    check(usage.stored == size, f"{role} is told that {usage.stored} bytes are stored; {name} has {size}")


@then("no answer has shown {user} a password")
async def no_password_shown(world: World, role: str) -> None:
    """Nothing that this user was shown in the scenario holds a password, hashed or not: answers, and what came live.

    Example: And no answer has shown the newcomer a password
    """
    password_leaks = (await world.actor(role)).ability(GuardsPasswords).password_leaks
    check(not password_leaks, f"{role} was shown a password {in_words(password_leaks)}")
