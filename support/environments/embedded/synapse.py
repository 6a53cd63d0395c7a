"""Synapse, a Matrix homeserver, as a process of this machine; `make synapse` installs it beside the suite."""

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from support.core.errors import EnvironmentFailure
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.tcp_probe import ask
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import HOST

PROGRAMS = Path(__file__).parents[3] / ".venv-synapse" / "bin"
_VERSION = "from importlib.metadata import version; print(version('matrix-synapse'))"
#: As good as none: what is judged here is not how much Synapse lets through.
_FREELY = {"per_second": 1_000_000, "burst_count": 1_000_000}
_LIMITS: dict[str, Any] = {
    "rc_message": _FREELY,
    "rc_registration": _FREELY,
    "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), _FREELY),
    "rc_joins": {"local": _FREELY},
    "rc_joins_per_room": _FREELY,
    "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), _FREELY),
    "rc_room_creation": _FREELY,
    "rc_presence": {"per_user": _FREELY},
}
_LOG = {
    "version": 1,
    "handlers": {"output": {"class": "logging.StreamHandler"}},
    "root": {"level": "WARNING", "handlers": ["output"]},
}


class Synapse(ManagedProcess):
    """A fresh Synapse with keys of its own; see `Control`."""

    #: It takes seconds where other servers take tenths of one, and many on a machine that is busy.
    start_limit = 120.0

    def __init__(
        self, name: str, workspace: Workspace, dsn: str, settings: Mapping[str, Any], programs: Path = PROGRAMS
    ) -> None:
        """Prepare it; nothing runs yet.

        Args:
            name: as people say it.
            workspace: where its keys and log are kept.
            dsn: libpq URI of its database, which is empty, in UTF-8, and sorts by bytes.
            settings: of Synapse's own configuration, beyond what it needs in order to start here.
            programs: where Synapse is installed.
        """
        super().__init__(name, workspace)
        self._dsn = dsn
        self._settings = settings
        self._python = programs / "python"

    @property
    def address(self) -> str:
        """Base URL by way of the fault proxy; the same over all restarts."""
        return f"http://{HOST}:{self.link.port}"

    async def prepare(self) -> None:
        """Write the configuration, and make the key.

        Raises:
            EnvironmentFailure: Synapse is not installed.
        """
        if not self._python.exists():
            raise EnvironmentFailure(f"there is no Synapse in {self._python.parent}: run `make synapse` once")
        version = await self.run([self._python, "-c", _VERSION])
        self.version = f"Synapse {version.strip()}"
        self._write("log.yaml", _LOG)
        self._write("synapse.yaml", _LIMITS | self._own() | dict(self._settings))
        await self.run([self._python.with_name("generate_signing_key"), "-o", self.folder / "signing.key"])

    def command(self) -> Sequence[str | Path]:
        """The homeserver, on its port."""
        self._write("port.yaml", {"listeners": [_listener(self.port)]})
        files = ("synapse.yaml", "port.yaml")
        configuration = [part for file in files for part in ("--config-path", self.folder / file)]
        return [self._python, "-m", "synapse.app.homeserver", *configuration]

    async def serves(self) -> bool:
        """Whether it says that it is well."""
        request = f"GET /health HTTP/1.0\r\nHost: {HOST}:{self.port}\r\n\r\n"
        return b" 200 OK" in await ask(self.port, request.encode())

    def _own(self) -> dict[str, Any]:
        folder = self.folder
        return {
            "server_name": "earshot.test",
            "report_stats": False,
            "trusted_key_servers": [],
            "signing_key_path": str(folder / "signing.key"),
            "media_store_path": str(folder / "media"),
            "log_config": str(folder / "log.yaml"),
            "pid_file": str(folder / "pid"),
            "database": {"name": "psycopg2", "args": {"dsn": self._dsn}},
            "macaroon_secret_key": secrets.token_urlsafe(24),
            "form_secret": secrets.token_urlsafe(24),
            "bcrypt_rounds": 4,
        }

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(json.dumps(content))  # which is YAML as well


class SynapseDeployment(EmbeddedDeployment):
    """Synapse, on PostgreSQL, as the chat server of the spec `chat`. Everybody who registers is in the lobby."""

    def __init__(self, lobby: str, keep_alive: float, short_session: float) -> None:
        """Prepare it; nothing runs yet.

        Args:
            lobby: the local name of the room that everybody is in.
            keep_alive: seconds without a sign of life after which a user is shown as offline.
            short_session: seconds that a session lasts which its client can renew.
        """
        super().__init__()
        self.secret = secrets.token_urlsafe(24)
        self._settings = {
            "registration_shared_secret": self.secret,
            "auto_join_rooms": [f"#{lobby}:earshot.test"],
            "presence": {"enabled": True, "sync_online_timeout": _milliseconds(keep_alive)},
            "refreshable_access_token_lifetime": _milliseconds(short_session),
        }

    async def set_up(self, workspace: Workspace) -> None:
        """Start PostgreSQL, then Synapse."""
        postgres = Postgres(workspace)
        await self.start(postgres)
        server = Synapse("chat server", workspace, postgres.dsn, self._settings)
        await self.start(server)
        self.addresses["chat server"] = server.address


def _listener(port: int) -> dict[str, Any]:
    return {"port": port, "type": "http", "bind_addresses": [HOST], "resources": [{"names": ["client"]}]}


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
