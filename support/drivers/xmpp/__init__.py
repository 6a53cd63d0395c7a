"""The driver of XMPP servers: the chat spec's verbs, spoken as RFC 6120 and 6121.

What XMPP has nothing for is not implemented, and so declared (docs/drivers.md).
"""

from pydantic import BaseModel, ConfigDict

from support.drivers.kit.program import Language
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


LANGUAGE = Language(
    spec="chat",
    name="xmpp",
    product="XMPP server",
    server="chat server",
    scheme="xmpp",
    options=XmppOptions,
    driver="support.drivers.xmpp.driver:XmppServer",
    programs=PROGRAMS,
)
