"""XMPP servers that the suite can start by itself: Debian's, on 127.0.0.1 alone, with nothing kept after the run."""

from support.drivers.kit.program import Place, Program
from support.drivers.xmpp.options import HEADER

#: A stream that is opened and closed again.
_GREETING = (HEADER.format("earshot.test") + "</stream:stream>").encode()
_SERVES = b"mechanisms"

#: What it comes with, less what other servers and TLS want, and with people who may register.
_PROSODY = """
pidfile = "{folder}/pid"
data_path = "{folder}"
plugin_paths = {{}}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_direct_tls_ports = {{}}
modules_enabled = {{ "disco", "roster", "saslauth", "ping", "register", "blocklist", "carbons", "admin_adhoc" }}
modules_disabled = {{ "s2s", "tls" }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
allow_registration = true
authentication = "internal_hashed"
admins = {{ "administrator@earshot.test" }}
log = {{ {{ levels = {{ min = "warn" }}, to = "console" }} }}
VirtualHost "earshot.test"
"""


def _prosody(place: Place) -> dict[str, str]:
    return {"prosody.cfg.lua": _PROSODY.format(folder=place.folder, port=place.port)}


PROSODY = Program(
    name="Prosody",
    package="prosody",
    executable="prosody",
    command=lambda place: ["prosody", "-F", "--config", place.folder / "prosody.cfg.lua"],
    files=_prosody,
    question=_GREETING,
    answer=_SERVES,
)

PROGRAMS = {"prosody": PROSODY}
