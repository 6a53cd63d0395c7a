"""What can be wrong with tokens."""

from typing import Any

import jwt
from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.main.access import ADMIN, MANAGER, Access
from reference.broker.main.portal_api import PortalApi
from reference.broker.main.tokens import Tokens
from reference.broker.refusals import Rejected
from reference.kit.postgres import Row
from reference.kit.tokens import verified


@FAULTS.seed("takes-refresh-for-access", "takes a refresh token for an access token", "TC-S-007 TC-I-008")
class TakesRefreshForAccess(Tokens):
    def access_claims(self, token: str) -> dict[str, Any]:
        try:
            return super().access_claims(token)
        except Rejected:
            return self.refresh_claims(token)


@FAULTS.seed("takes-access-for-refresh", "renews access for an access token", "TC-M-005 TC-S-008 TC-I-008")
class TakesAccessForRefresh(Tokens):
    def refresh_claims(self, token: str) -> dict[str, Any]:
        try:
            return super().refresh_claims(token)
        except Rejected:
            return self.access_claims(token)


@FAULTS.seed("renews-access-for-nothing", "renews the first user's access, whatever is shown", "TC-M-005 TC-S-008")
class RenewsAccessForNothing(PortalApi):
    async def refresh(self, request: web.Request) -> web.Response:
        try:
            return await super().refresh(request)
        except (ValueError, Rejected):
            user = await self.inside.access.account("1")
            return web.json_response(self.token_answer(self.inside.access.tokens.access(user)))


@FAULTS.seed("never-expires-tokens", "takes tokens whose time is up", "TC-S-008 TC-I-008")
class NeverExpires(Tokens):
    def decode(self, token: str) -> dict[str, Any]:
        return verified(token, self.secret, "sub", "type")


@FAULTS.seed("accepts-unsigned-tokens", "takes unsigned tokens", "TC-S-007 TC-S-006")
class AcceptsUnsigned(Tokens):
    def decode(self, token: str) -> dict[str, Any]:
        if jwt.get_unverified_header(token).get("alg") == "none":
            unsigned: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
            return unsigned
        return super().decode(token)


@FAULTS.seed("accepts-any-signature", "does not check who has signed a token", "TC-S-006 TC-S-007")
class AcceptsAnySignature(Tokens):
    def decode(self, token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False, "verify_exp": True})
        return claims


@FAULTS.seed("breaks-over-bad-tokens", "breaks down over a token that is none", "TC-S-007")
class BreaksOverBadTokens(Tokens):
    def decode(self, token: str) -> dict[str, Any]:
        try:
            return super().decode(token)
        except jwt.DecodeError as error:
            raise RuntimeError("bad token") from error


@FAULTS.seed(
    "signs-with-another-key", "signs tokens with a key that it does not accept", "TC-M-004 TC-S-006 TC-I-007 TC-I-012"
)
class SignsWithAnotherKey(Tokens):
    def sign(self, claims: dict[str, Any], user: Row, kind: str, lifetime: float) -> str:
        other = Tokens(self.secret[::-1], self.access_lifetime, lifetime)
        return other.sign(claims, user, kind, lifetime)


@FAULTS.seed("refreshes-nothing", "gives the refresh token back for an access token", "TC-M-005 TC-I-008 TC-S-008")
class RefreshesNothing(PortalApi):
    async def refresh(self, request: web.Request) -> web.Response:
        await super().refresh(request)
        return web.json_response(self.token_answer((await request.json())["refresh_token"]))


@FAULTS.seed("refuses-to-refresh", "renews no access", "TC-M-005 TC-I-008 TC-S-008")
class RefusesToRefresh(Tokens):
    def refresh_claims(self, token: str) -> dict[str, Any]:
        raise Rejected(401, "Invalid refresh token")


@FAULTS.seed("expires-tokens-at-once", "gives out tokens that are over soon", "TC-M-004 TC-I-008 TC-S-006")
class ExpiresAtOnce(Tokens):
    def access(self, user: Row) -> str:
        return self.sign({}, user, "access", -1)


@FAULTS.seed(
    "ignores-lifetimes", "keeps to the usual lifetime of tokens whatever it is set to", "REG-CFG-1 TC-S-008 TC-I-008"
)
class IgnoresLifetimes(Tokens):
    def __init__(self, secret: str, access_lifetime: float, refresh_lifetime: float) -> None:
        super().__init__(secret, 86400, 2592000)


@FAULTS.seed("forgets-who-asks", "takes everybody who signs in for its first user", "TC-M-007 TC-M-006 TC-I-007")
class ForgetsWhoAsks(Access):
    async def account(self, subject: str) -> Row:
        return await super().account("1")


class AdministratorsTokens(Access):
    """Judges the tokens of administrators and user managers less strictly than those of others."""

    async def administrator(self, request: web.Request) -> Row:
        return self.require(await self.account(self.claims(self.bearer(request))["sub"]), ADMIN)

    async def manager(self, request: web.Request) -> Row:
        return self.require(await self.account(self.claims(self.bearer(request))["sub"]), ADMIN, MANAGER)

    def claims(self, token: str) -> dict[str, Any]:
        """What a token says."""
        raise NotImplementedError


@FAULTS.seed("administrates-with-any-signature", "does not check who has signed an administrator's token", "TC-S-007")
class AdministratesWithAnySignature(AdministratorsTokens):
    def claims(self, token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        except jwt.InvalidTokenError:
            raise Rejected(401, "Invalid or expired token") from None
        return claims


@FAULTS.seed("administrates-with-refresh-tokens", "takes an administrator's refresh token for access", "BROKER-X3")
class AdministratesWithRefreshTokens(AdministratorsTokens):
    def claims(self, token: str) -> dict[str, Any]:
        try:
            return self.tokens.access_claims(token)
        except Rejected:
            return self.tokens.refresh_claims(token)


@FAULTS.seed("tells-lifetimes-in-milliseconds", "tells how long a token lasts in milliseconds", "TC-M-004 TC-M-005")
class TellsLifetimesInMilliseconds(PortalApi):
    def token_answer(self, token: str) -> dict[str, Any]:
        answer = super().token_answer(token)
        return answer | {"expires_in": 1000 * answer["expires_in"]}
