"""What somebody would show who has made something else from a user's credentials."""

from support.core.checks import check
from support.drivers.capabilities.sessions import HasClaims, PresentsTokens, RefreshesSessions
from support.scenario.actor import Actor
from support.vocabulary.invalid_credentials import Forgery, bears_claims, written


def token_of(owner: Actor, flaw: Forgery) -> str | None:
    """A token with this flaw, made from that of a user."""
    if flaw.former:
        check(owner.ability(PresentsTokens) and owner.former_token, f"{owner.role} has signed in once only")
        return flaw.made_from(owner.former_token)
    good = owner.ability(RefreshesSessions).refresh_token if flaw.refreshes else owner.token
    if flaw.claims and not bears_claims(good) and isinstance(owner.client, HasClaims):
        good = written(owner.client.claims)
    return flaw.made_from(good or "")


def password_of(owner: Actor, flaw: Forgery) -> str | None:
    """A password with this flaw, made from that of a user."""
    check(owner.former_password or not flaw.former, f"{owner.role} has had one password only")
    return flaw.made_from(owner.former_password if flaw.former else owner.account.password)
