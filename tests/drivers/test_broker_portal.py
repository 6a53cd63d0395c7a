"""The portal's driver copes with the deployed portal, and with a third one, whose pages are not ours."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.broker.admin_api import Holding
from support.drivers.broker.portal import Portal, PortalVisitor
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.portal import Listed
from support.drivers.clients.browser import NO_BROWSER, is_here
from support.drivers.clients.http import Unreachable
from support.drivers.kit.scenario_user import ScenarioUser
from tests.drivers.deployed import every_arrow_says_what_is_wanted
from tests.drivers.deployed_portal import DeployedPortal
from tests.drivers.other_portal import OtherPortal
from tests.serving import served

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not is_here(), reason=NO_BROWSER),
]

USER, ADMIN, NEWCOMER = "user A", "the administrator", "user B"
LOGINS = {USER: "a@example.com", ADMIN: "admin@example.com", NEWCOMER: "b@example.com"}
FATES = ("queued", "delivered", "failed")


class Registry:
    """Whose accounts there are."""

    def __init__(self) -> None:
        self.holdings = {
            login: Holding(role, Account(login, "right"), "+1", has_account=role != NEWCOMER)
            for role, login in LOGINS.items()
        }

    def holding(self, login: str) -> Holding:
        return self.holdings[login]

    async def create_account(self, holding: Holding, transcript: Transcript) -> None:
        raise AssertionError("nobody else is to create accounts")


@pytest.fixture(scope="module", params=[DeployedPortal, OtherPortal], ids=["deployed", "other"])
def deployed(request: pytest.FixtureRequest) -> DeployedPortal:
    messages = [(f"{number}-message-id", FATES[number % 3]) for number in range(5)]
    portal: DeployedPortal = request.param({LOGINS[USER]: "right", LOGINS[ADMIN]: "right"}, messages)
    return portal


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def portal(deployed: DeployedPortal) -> AsyncIterator[Portal]:
    async with served(deployed.app()) as server:
        portal = Portal(str(server.make_url("")).rstrip("/"), 5.0)
        yield portal
        await portal.close()


@pytest_asyncio.fixture(loop_scope="module")
async def cast(portal: Portal) -> AsyncIterator[dict[str, PortalVisitor]]:
    people, registry, transcript = People(), Registry(), Transcript(Redactor())
    for role, login in LOGINS.items():
        people.add(role, Account(login, "right"))
    visitors = {role: portal.visitor(ScenarioUser(role, people, transcript, Inbox(role)), registry) for role in LOGINS}
    yield visitors
    for visitor in visitors.values():
        await visitor.close()
    every_arrow_says_what_is_wanted(transcript)


async def test_signing_in_and_out(deployed: DeployedPortal, cast: dict[str, PortalVisitor]) -> None:
    user = cast[USER]
    with pytest.raises(Rejected, match="Invalid email or password"):
        await user.sign_in("wrong")
    assert await user.is_asked_to_sign_in()
    await user.sign_in("right")
    assert await user.is_at("the messages")
    await user.open("the profile")
    assert LOGINS[USER] in await user.text()
    await user.sign_out()
    assert await user.is_asked_to_sign_in()
    asks = isinstance(deployed, OtherPortal)
    with pytest.raises(Rejected, match="asks to sign in" if asks else "401"):
        await user.open("the profile")
    assert await user.is_asked_to_sign_in() == asks


async def test_being_signed_in_past_the_pages(cast: dict[str, PortalVisitor]) -> None:
    user = cast[USER]
    await user.be_signed_in("right")
    await user.open("the profile")
    assert LOGINS[USER] in await user.text()


async def test_lists_of_messages(cast: dict[str, PortalVisitor]) -> None:
    user = cast[USER]
    await user.sign_in("right")
    assert await user.listed() == [Listed("0-messag", "queued"), Listed("1-messag", "delivered")]
    assert [await user.turn_page(), await user.turn_page(), await user.turn_page()] == [True, True, False]
    assert await user.listed() == [Listed("4-messag", "delivered")]
    await user.open("the messages")
    await user.filter("failed")
    assert await user.listed() == [Listed("2-messag", "failed")]


async def test_a_list_that_does_not_say_what_is_wanted_is_not_taken_for_an_empty_one(
    cast: dict[str, PortalVisitor],
) -> None:
    admin = cast[ADMIN]
    await admin.sign_in("right")
    await admin.open("the certificates")
    with pytest.raises(AssertionError, match="no table of /admin/certificates has columns for id, status"):
        await admin.listed()


async def test_administrators_pages(cast: dict[str, PortalVisitor]) -> None:
    user, admin = cast[USER], cast[ADMIN]
    await user.sign_in("right")
    with pytest.raises(Rejected, match="403"):
        await user.open("the overview")
    with pytest.raises(Rejected, match="403"):
        await user.intrude("create an account")
    await admin.sign_in("right")
    await admin.open("the overview")
    figures = await admin.figures()
    assert (figures["total messages"], figures["total clients"]) == (1001, 3)
    assert figures.get("queued", 1000) == 1000


@pytest.mark.parametrize("screen", ["a phone", "a desktop"])
async def test_every_page_is_found_by_a_menu_that_has_to_be_unfolded(
    cast: dict[str, PortalVisitor], screen: str
) -> None:
    admin = cast[ADMIN]
    await admin.look_with(screen)
    await admin.be_signed_in("right")
    assert [sight.trouble for sight in await admin.walk()] == [""] * 6


async def test_pages_that_get_their_looks_from_where_we_do_not_reach_are_not_judged(
    deployed: DeployedPortal, cast: dict[str, PortalVisitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployed, "head", '<link rel="stylesheet" href="http://looks.invalid/portal.css">')
    admin = cast[ADMIN]
    await admin.be_signed_in("right")
    with pytest.raises(NotSupported, match=r"looks\.invalid"):
        await admin.walk()


async def test_administrators_forms(deployed: DeployedPortal, cast: dict[str, PortalVisitor]) -> None:
    admin, newcomer = cast[ADMIN], cast[NEWCOMER]
    await admin.sign_in("right")
    with pytest.raises(Rejected, match=r"the form is not sent: (Password.*5 characters|it cannot be pressed)"):
        await admin.create_account(NEWCOMER, "not")
    assert await admin.complaint()
    assert LOGINS[NEWCOMER] not in deployed.users
    await admin.create_account(NEWCOMER, "right")
    assert "created successfully" in await admin.praise()
    await newcomer.sign_in("right")
    with pytest.raises(Rejected, match="Failed to create user"):
        await admin.create_account(NEWCOMER, "right")


async def test_administrators_certificates(deployed: DeployedPortal, cast: dict[str, PortalVisitor]) -> None:
    admin = cast[ADMIN]
    await admin.sign_in("right")
    await admin.open("the certificates")
    assert await admin.certificates() == {"acme": "active"}
    assert (await admin.praise(), await admin.complaint()) == ("", "")
    await admin.revoke_certificate("acme")  # for which the deployed one asks whether one is sure
    assert await admin.praise() == "Certificate for acme: revoked successfully"
    assert await admin.certificates() == {"acme": "revoked"}
    issued = await admin.generate_certificate("globex")
    assert (issued is not None) == isinstance(deployed, OtherPortal)
    assert issued is None or (issued.certificate[:27], issued.key[:30]) == (
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN EC PRIVATE KEY-----",
    )


async def test_what_is_said_is_known_when_it_is_no_longer_to_be_seen(
    cast: dict[str, PortalVisitor],
) -> None:
    admin = cast[ADMIN]
    await admin.sign_in("right")
    await admin.revoke_certificate("acme")
    await admin._pages.window.page.evaluate("document.body.replaceChildren()")
    assert "revoked" in await admin.praise()


async def test_a_dead_session_that_leads_nowhere_is_told_as_that(
    deployed: DeployedPortal, cast: dict[str, PortalVisitor]
) -> None:
    user = cast[USER]
    await user.sign_in("right")
    deployed.expired = {LOGINS[USER]}
    with pytest.raises(Unreachable, match="TOO_MANY_REDIRECTS"):
        await user.open("the messages")
    deployed.expired = set()
    await user.sign_in("right")
    assert await user.is_at("the messages")


async def test_a_notice_of_another_page_is_not_taken_for_a_refusal(
    deployed: DeployedPortal, cast: dict[str, PortalVisitor]
) -> None:
    admin = cast[ADMIN]
    await admin.sign_in("right")
    deployed.notice = '<div class="alert alert-danger">Could not &lt;revoke&gt; acme</div>'
    await admin.open("the overview")
    assert (await admin.figures())["total clients"] == 3
    assert await admin.complaint() == "Could not <revoke> acme"
    await admin.open("the overview")
    assert await admin.complaint() == ""
