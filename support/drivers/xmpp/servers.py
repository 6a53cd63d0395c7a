"""XMPP servers that the suite can start by itself: Debian's, on 127.0.0.1 alone, with nothing kept after the run."""

from pathlib import Path

from support.drivers.kit.program import ServerPlace, ServerProgram
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


def _prosody(place: ServerPlace) -> dict[str, str]:
    return {"prosody.cfg.lua": _PROSODY.format(folder=place.folder, port=place.port)}


PROSODY = ServerProgram(
    name="Prosody",
    package="prosody",
    executable="prosody",
    command=lambda place: ["prosody", "-F", "--config", place.folder / "prosody.cfg.lua"],
    files=_prosody,
    question=_GREETING,
    answer=_SERVES,
)

#: The same of ejabberd. A client that answers no ping is gone when the keep-alive limit is up.
_EJABBERD = """
hosts: ["earshot.test"]
loglevel: warning
listen: [{{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s}}]
auth_password_format: scram
acl: {{admin: {{user: ["administrator@earshot.test"]}}}}
access_rules: {{configure: {{allow: admin}}}}
registration_timeout: infinity
modules:
  mod_adhoc: {{}}
  mod_blocking: {{}}
  mod_carboncopy: {{}}
  mod_configure: {{}}
  mod_disco: {{}}
  mod_last: {{}}
  mod_offline: {{}}
  mod_ping: {{send_pings: true, ping_interval: {interval}, ping_ack_timeout: {rest}, timeout_action: kill}}
  mod_privacy: {{}}
  mod_register: {{ip_access: all, access: all}}
  mod_roster: {{}}
"""


def _ejabberd(place: ServerPlace) -> dict[str, str]:
    interval = max(1, place.seconds_alive // 2)
    rest = max(1, place.seconds_alive - interval)
    return {"ejabberd.yml": _EJABBERD.format(port=place.port, interval=interval, rest=rest)}


def _environment(place: ServerPlace) -> dict[str, str]:
    libraries = next((path.parent for path in Path("/usr/lib").glob("*/ejabberd-*")), Path("/usr/lib"))
    files = {"EJABBERD_CONFIG_PATH": "ejabberd.yml", "EJABBERD_LOG_PATH": "log", "ERL_CRASH_DUMP": "crash", "HOME": ""}
    return {"ERL_LIBS": str(libraries), **{name: str(place.folder / file) for name, file in files.items()}}


#: Without a name of its own in the network of Erlang, whose port mapper would listen on every interface.
EJABBERD = ServerProgram(
    name="ejabberd",
    package="ejabberd",
    executable="erl",
    command=lambda place: [
        *("erl", "-noinput", "+sbwt", "none", "-mnesia", "dir", f'"{place.folder / "db"}"', "-s", "ejabberd")
    ],
    files=_ejabberd,
    question=_GREETING,
    answer=_SERVES,
    environment=_environment,
)

PROGRAMS = {"prosody": PROSODY, "ejabberd": EJABBERD}
