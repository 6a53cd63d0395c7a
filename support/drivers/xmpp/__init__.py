"""The driver of XMPP servers: the chat spec's verbs, spoken as RFC 6120 and 6121.

What XMPP has nothing for is not implemented, and so declared (docs/drivers.md).
"""

import secrets

from support.core.people import Account
from support.drivers.kit.driver import System
from support.drivers.kit.program import Deployed, Language
from support.drivers.xmpp.options import XmppOptions
from support.drivers.xmpp.servers import PROGRAMS


def _drive(deployed: Deployed) -> System:
    from support.drivers.xmpp.driver import XmppServer  # an extra, and slow to import: for those who play on XMPP

    options, administrator = deployed.options, deployed.administrator
    if deployed.ours:
        administrator = Account(f"administrator@{options.domain}", secrets.token_urlsafe(12))
    response, wants = deployed.limits.response, options.wants_signs_of_life
    return XmppServer(deployed.address, options.domain, response, wants, administrator, deployed.ours)


LANGUAGE = Language(
    spec="chat",
    name="xmpp",
    product="XMPP server",
    server="chat server",
    scheme="xmpp",
    options=XmppOptions,
    drive=_drive,
    programs=PROGRAMS,
)
