"""Whether a system that we have not started is what the profile says, asked once before anything is done to it."""

from collections.abc import Sequence

from support.config.account_pool import existing
from support.config.profile import LeasedAccount, SystemProfile
from support.core.errors import EnvironmentFailure
from support.core.inbox import Inbox
from support.core.people import People
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.probing import KnowsItself
from support.drivers.capabilities.sessions import Adopts, Lends, SignsIn
from support.drivers.clients.http import Http, Unreachable
from support.drivers.kit.driver import System
from support.drivers.kit.read_only import reading
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.sign_out import signed_out
from support.drivers.stores.versions import place, version


async def vet(name: str, system: System, described: SystemProfile, transcript: Transcript) -> dict[str, str]:
    """Look at a system that serves.

    Args:
        name: what it is called in the profile.
        system: its driver.
        described: what the profile says of it.
        transcript: gets what is said.

    Returns:
        The versions of its stores.

    Raises:
        EnvironmentFailure: another system answers, a store is not there or of another version, no user can sign in, or
            not the administrator, if it is the suite's own account.
    """
    await is_itself(name, system, transcript)
    versions: dict[str, str] = {}
    for kind, url in described.stores.items():
        versions[kind] = await store(kind, url, described.versions.get(kind, ""))
    leased = [one for one in described.accounts if one.own or not described.protected]
    await somebody_signs_in(system, leased, transcript)
    if described.administrator and described.administrator.own:
        await administrator_signs_in(system, described.administrator, transcript)
    return versions


async def answers(address: str, within: float, transcript: Transcript) -> bool:
    """Whether a server answers a request of HTTP in so many seconds: a look, at whatever stands at its root."""
    http = Http(address, patience=within)
    try:
        with reading("look whether it is there"):
            answer = await http.request(transcript.of(EARSHOT), "GET", "/")
    except Unreachable:
        return False
    finally:
        await http.close()
    return answer.status < 500


async def is_itself(name: str, system: System, transcript: Transcript) -> None:
    """See that the system is no other.

    Raises:
        EnvironmentFailure: it is.
    """
    if not isinstance(system, KnowsItself):
        return
    try:
        itself = await system.is_itself(transcript)
    except Unreachable as silence:
        raise EnvironmentFailure(f"{name}: {silence}") from silence
    except Exception:  # whatever our parsers make of another system's words
        itself = False
    if not itself:
        raise EnvironmentFailure(
            f"{name}: what answers at {system.address} is not a {name} system: are two profiles mixed up?"
        )


async def store(kind: str, url: str, wanted: str) -> str:
    """The version of a store.

    Raises:
        EnvironmentFailure: it cannot be looked into, or its version is not the one that is wanted.
    """
    found = await version(kind, url)
    if not found.startswith(wanted):
        raise EnvironmentFailure(f"{kind} at {place(url)} is of version {found}, and the profile wants {wanted}")
    return found


async def somebody_signs_in(system: System, accounts: Sequence[LeasedAccount], transcript: Transcript) -> None:
    """See that one of the accounts to lease can sign in: if none can, no scenario is worth its while.

    Raises:
        EnvironmentFailure: none can.
    """
    refusal = None
    for account in accounts:
        refusal = await signs_in(system, account, transcript)
        if refusal is None:
            return
    if refusal is not None:
        raise EnvironmentFailure(f"none of the {len(accounts)} accounts that the profile names can sign in: {refusal}")


async def administrator_signs_in(system: System, account: LeasedAccount, transcript: Transcript) -> None:
    """See that the administrator can sign in, who makes accounts for everybody else.

    Raises:
        EnvironmentFailure: they cannot.
    """
    if isinstance(system, Lends):
        system.at_hand("the administrator")
    if refusal := await signs_in(system, account, transcript):
        raise EnvironmentFailure(f"the administrator {account.login} cannot sign in: {refusal}")


async def signs_in(system: System, account: LeasedAccount, transcript: Transcript) -> str | None:
    """Sign in with an account and out again; where no answer comes, try once more.

    Returns:
        Why it was refused; None if it was not.
    """
    people, person = People(), existing(account)
    people.add(account.login, person)
    transcript.redactor.learn(person.password)
    client = system.client(ScenarioUser(account.login, people, transcript, Inbox(account.login, transcript.began)))
    if not isinstance(client, SignsIn):
        return None
    try:
        if isinstance(system, Adopts):
            await system.adopt(account.login, person, transcript)
        try:
            await client.sign_in(person.password)
        except Unreachable:  # several processes that begin at once on a busy machine get an answer late
            await client.sign_in(person.password)
    except (Rejected, Unreachable) as refusal:
        return str(refusal)
    await signed_out(client)
    return None
