-- Prosody as `behave -D profile=prosody` starts it: on 127.0.0.1 alone, with nothing kept after the run.
-- What it comes with, less what other servers and TLS want, and with people who may register.
data_path = "$folder"
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
