"""What a profile may say of an XMPP server."""

from pydantic import BaseModel, ConfigDict

#: What opens a stream, filled in with the domain (RFC 6120, 4.2).
HEADER = (
    "<?xml version='1.0'?><stream:stream to='{}' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)


class XmppOptions(BaseModel):
    """What has to be known of an XMPP server."""

    model_config = ConfigDict(extra="forbid")

    program: str = "prosody"
    """Which server to start, where the suite starts it."""
    domain: str = "earshot.test"
    """Whose users they are: what follows the @."""
    wants_signs_of_life: bool = False
    """Whether it ends the streams of those who do not answer its pings."""
