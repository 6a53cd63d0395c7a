"""XMPP servers that the suite can start by itself: Debian's, on 127.0.0.1 alone, with nothing kept after the run."""

from pathlib import Path

from support.drivers.kit.program import ServerProgram

#: A stream that is opened (RFC 6120, 4.2) and closed again.
_GREETING = (
    "<?xml version='1.0'?><stream:stream to='$domain' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'></stream:stream>"
)
_SERVES = b"mechanisms"

#: What it comes with, less what other servers and TLS want, and with people who may register.
_PROSODY = """
pidfile = "$folder/pid"
data_path = "$folder"
plugin_paths = {}
interfaces = { "127.0.0.1" }
c2s_ports = { $port }
c2s_direct_tls_ports = {}
modules_enabled = { "disco", "roster", "saslauth", "ping", "register", "blocklist", "carbons", "admin_adhoc" }
modules_disabled = { "s2s", "tls" }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
allow_registration = true
authentication = "internal_hashed"
admins = { "administrator@$domain" }
log = { { levels = { min = "warn" }, to = "console" } }
VirtualHost "$domain"
"""

#: The same of ejabberd. A client that answers no ping is gone when the keep-alive limit is up.
_EJABBERD = """
hosts: [$domain]
loglevel: warning
listen: [{port: $port, ip: "127.0.0.1", module: ejabberd_c2s}]
auth_password_format: scram
acl: {admin: {user: ["administrator@$domain"]}}
access_rules: {configure: {allow: admin}}
registration_timeout: infinity
modules:
  mod_adhoc: {}
  mod_blocking: {}
  mod_carboncopy: {}
  mod_configure: {}
  mod_disco: {}
  mod_last: {}
  mod_offline: {}
  mod_ping: {send_pings: true, ping_interval: $half_alive, ping_ack_timeout: $half_alive, timeout_action: kill}
  mod_privacy: {}
  mod_register: {ip_access: all, access: all}
  mod_roster: {}
"""

PROGRAMS = {
    "prosody": ServerProgram(
        name="Prosody",
        package="prosody",
        command=("prosody", "-F", "--config", "$folder/prosody.cfg.lua"),
        files={"prosody.cfg.lua": _PROSODY},
        question=_GREETING,
        answer=_SERVES,
    ),
    "ejabberd": ServerProgram(  # with no name in Erlang's network, whose port mapper would listen on every interface
        name="ejabberd",
        package="ejabberd",
        command=("erl", "-noinput", "+sbwt", "none", "-mnesia", "dir", '"$folder/db"', "-s", "ejabberd"),
        files={"ejabberd.yml": _EJABBERD},
        question=_GREETING,
        answer=_SERVES,
        environment={
            "ERL_LIBS": str(next((path.parent for path in Path("/usr/lib").glob("*/ejabberd-*")), "/usr/lib")),
            "EJABBERD_CONFIG_PATH": "$folder/ejabberd.yml",
            "EJABBERD_LOG_PATH": "$folder/log",
            "ERL_CRASH_DUMP": "$folder/crash",
            "HOME": "$folder",
        },
    ),
}
