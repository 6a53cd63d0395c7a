"""The embedded deployment of the spec `chat`."""

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.core.people import Account
from support.drivers.chat import ADMIN
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.workspace import Workspace


class ChatDeployment(EmbeddedDeployment):
    """The reference chat server with its PostgreSQL, its Redis, and a stub for the API of its bots."""

    def __init__(
        self, options: Mapping[str, str | int | float] | None = None, standing_accounts: Sequence[str] = (ADMIN,)
    ) -> None:
        """Prepare it; nothing runs yet.

        Args:
            options: of the chat server, as on its command line without the dashes:
                `{"keep-alive-limit": 2.0, "lag": "0-300ms"}`; see `python -m reference.chat --help`.
            standing_accounts: logins that exist from the start, with passwords made up for this deployment.
        """
        super().__init__()
        self.path = (("chat server",), ("Postgres",), ("Redis",))
        self._options = dict(options or {})
        self._standing = {login: Account(login, secrets.token_urlsafe(9)) for login in standing_accounts}

    @property
    def administrator(self) -> Account:
        """Who may end other people's sessions."""
        return self._standing[ADMIN]

    async def set_up(self, workspace: Workspace) -> None:
        """Start what the chat server needs side by side, then the chat server."""
        self.postgres = Postgres(workspace)
        self.redis = Redis(workspace)
        self.bot_api = PythonServer("bot API", workspace, module="reference.bot_api")
        await self.start(self.postgres, self.redis, self.bot_api)
        self.server = PythonServer(
            "chat server",
            workspace,
            module="reference.chat",
            arguments=[
                *("--bot-api", self.bot_api.address, "--users", str(self._users_file(workspace)), "--test-support"),
                *(part for name, value in self._options.items() for part in (f"--{name}", str(value))),
            ],
            environment={"EARSHOT_POSTGRES": self.postgres.dsn, "EARSHOT_REDIS": self.redis.url},
        )
        await self.start(self.server)
        self.addresses |= {"chat server": self.server.address, "bot API": self.bot_api.direct_address}

    def _users_file(self, workspace: Workspace) -> Path:
        """The file of standing accounts, in the server's own format (contract 1.3); no other account may read it."""
        users = [
            {"id": number, "username": account.login, "password": account.password}
            for number, account in enumerate(self._standing.values(), start=1)
        ]
        file = workspace.path / "users.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps({"users": users}), encoding="utf-8")
        return file
