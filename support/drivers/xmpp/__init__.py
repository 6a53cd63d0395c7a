"""The driver of XMPP servers: the chat spec's verbs, spoken as RFC 6120 and 6121.

What XMPP has nothing for is not implemented, and so declared (docs/drivers.md).
"""

from pydantic import BaseModel, ConfigDict

from support.drivers.kit.driver import System
from support.drivers.kit.program import Deployed, Language
from support.drivers.xmpp.servers import PROGRAMS


class XmppOptions(BaseModel):
    """What has to be known of an XMPP server."""

    model_config = ConfigDict(extra="forbid")

    program: str = "prosody"
    """Which server to start, where the suite starts it."""
    domain: str = "earshot.test"
    """Whose users they are: what follows the @."""
    wants_signs_of_life: bool = False
    """Whether it ends the streams of those who do not answer its pings."""


def _drive(deployed: Deployed) -> System:
    from support.drivers.xmpp.driver import XmppServer  # an extra, and slow to import: for those who play on XMPP

    return XmppServer(deployed)


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
