"""The secrets and certificates of the systems in docker-compose.yml, made where they are kept: in a volume.

`python -m support.environments.compose.keys FOLDER` makes what is missing, then stays, so that a run on the host can
ask this container for it.
"""

import base64
import json
import secrets
import signal
import sys
from pathlib import Path

from support.environments.embedded.pki import Authority, IssuedCertificate

#: The last to be made: its presence says that all is there.
READY = "ready"
#: What certificates of servers are for: the services of docker-compose.yml.
SERVERS = ("broker-main", "broker-proxy", "broker-proxy-2")
#: Who may sign in without registering.
ADMINISTRATOR = "Admin"


def main() -> None:
    """Make them, and stay until told to end."""
    folder = Path(sys.argv[1])
    if not (folder / READY).exists():
        make(folder)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


def make(folder: Path) -> None:
    """Make all secrets, a file each, and all certificates, two files each."""
    keep = {name: secrets.token_urlsafe(32) for name in ("postgres", "admin", "jwt", "salt", "session")}
    keep["encryption"] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    keep["users.json"] = json.dumps(
        {"users": [{"id": 1, "username": ADMINISTRATOR, "password": keep["admin"]}]}
    )  # as the chat server reads it
    for name, secret in keep.items():
        _write(folder / name, secret)
    _make_certificates(folder)
    _write(folder / READY, "")


def _make_certificates(folder: Path) -> None:
    authority = Authority(folder)
    made = {
        "server": authority.server("server", *SERVERS),
        "proxy": authority.client("proxy"),
        "worker": authority.client("worker"),
        "expired": authority.expired("client"),
        "not-yet-valid": authority.not_yet_valid("client"),
        "foreign": authority.foreign("client"),
        "self-signed": authority.self_signed("client"),
        "for-servers": authority.wrong_usage("client"),
    }
    for name, credential in made.items():
        _name(credential, name)


def _name(credential: IssuedCertificate, name: str) -> None:
    """Call its files so that a compose file and a profile can name them."""
    for file in (credential.certificate, credential.key):
        file.rename(file.with_name(name).with_suffix(file.suffix))


def _write(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
