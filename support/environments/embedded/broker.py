"""The embedded deployment of the spec `broker`."""

import asyncio
import base64
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

from support.core.errors import SuiteError
from support.core.people import Account
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.pki import Authority, IssuedCertificate
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.redis import Redis
from support.environments.embedded.tls_server import ChangeableServer, TlsServer
from support.environments.embedded.worker_control import Workers
from support.environments.embedded.workspace import Workspace
from support.vocabulary.terms.broker import DATABASE

MAIN, PROXY, SECOND_PROXY, PORTAL, WORKERS = "main server", "proxy", "second proxy", "portal", "every worker"
#: What the processes are to their command line, and to an option that is for one kind of them alone.
KINDS = ("main", "proxy", "worker", "portal")
#: The logs that the processes keep (contract 1.4).
LOGS = ("main_server", "proxy", "worker", "portal")
#: Which components the main server still lets in, by the setting in which it does not let in all.
_ADMITTED = {"no workers admitted": "proxy", "no proxies admitted": "worker"}

S = TypeVar("S", bound=ChangeableServer)


class BrokerDeployment(EmbeddedDeployment):
    """The reference message broker: a main server, two proxies, three workers and a portal over PostgreSQL and Redis.

    Args:
        options: of each process, as on its command line without the dashes and after the process it is for:
            `{"main.bcrypt-rounds": 12, "worker.retry-interval": 0.5}`; without a process it is for all of them:
            `{"lag": "0-300ms"}`. See `python -m reference.broker main --help`.
        workers: how many.
        short_session: seconds that sessions last where they are set to be short.
    """

    def __init__(
        self,
        options: Mapping[str, str | int | float] | None = None,
        workers: int = 3,
        short_session: float = 1.0,
    ) -> None:
        super().__init__()
        self._options = _for_processes(options or {})
        self._worker_names = [f"worker {number}" for number in range(1, workers + 1)]
        self.path = ((PROXY, SECOND_PROXY), ("Redis",), tuple(self._worker_names), (MAIN,), (DATABASE,))
        self.administrator = Account("admin@example.com", secrets.token_urlsafe(12))
        self.salt = secrets.token_hex(8)
        self.encryption_key = secrets.token_bytes(32)
        self._short_session = short_session
        self._altered: list[ChangeableServer] = []
        self.certificates: dict[str, IssuedCertificate] = {}
        """What the processes show to each other, by whose it is."""

    async def set_up(self, workspace: Workspace) -> None:
        """Start the databases side by side, then everything else side by side."""
        self.postgres, self.redis = Postgres(workspace, DATABASE), Redis(workspace)
        self.authority = Authority(workspace.path / "certificates")
        self.log_folder = workspace.path / "logs"
        self.log_folder.mkdir(exist_ok=True)
        await self.start(self.postgres, self.redis)
        self._key_file = _kept(workspace.path / "encryption.key", self.encryption_key)
        self.main = self._main()
        await self.main.link.open()  # the others are told its address before it is up
        self.workers = Workers(WORKERS, self.main.link)
        await self.workers.line.open()
        self.proxies = [self._proxy(name) for name in (PROXY, SECOND_PROXY)]
        workers = [self._worker(name) for name in self._worker_names]
        self.workers.members = workers
        self.portal = self._portal()
        servers = (self.main, *self.proxies, *workers, self.portal)
        await self.start(*servers)
        self.controls[WORKERS] = self.workers
        self.addresses |= {server.name: server.address for server in servers}

    async def close(self) -> None:
        """End everything, the workers' line included."""
        await super().close()
        if hasattr(self, "workers"):
            await self.workers.line.close()

    async def change(self, setting: str) -> None:
        """Start what a setting concerns again with it; see `support.vocabulary.terms.broker.SETTINGS`."""
        if setting == "short sessions":
            await self._changed(self.main, {"access-lifetime": f"{self._short_session:g}"})
        elif setting == "short idle sessions":
            await self._changed(self.portal, {"session-max-age": f"{self._short_session:g}"})
        elif setting == "passwords as in production":
            await self._changed(self.main, {"bcrypt-rounds": "12"})
        elif setting == "2 attempts":
            async with asyncio.TaskGroup() as changes:
                for worker in self.workers.members:
                    changes.create_task(self._changed(worker, {"max-attempts": "2"}))
        elif setting in _ADMITTED:
            await self._changed(self.main, {"internal-clients": _ADMITTED[setting]})
        elif setting == "a list of revoked certificates that cannot be written":
            await self._changed(self.main, {"crl": str(self._sealed_list())})
        elif setting == "other ports":
            await self.main.change({}, moves=True)
            await self._changed(self.proxies[0], {"main": self.main.direct_address}, moves=True)
        else:
            await self._changed(self.main, {}, {"DATABASE_URL": await self.postgres.another("another")})

    async def change_back(self) -> None:
        """Undo `change`, for all that it concerned at the same time."""
        altered, self._altered = set(self._altered), []
        await asyncio.gather(*(server.change({}) for server in altered))

    async def _changed(
        self,
        server: ChangeableServer,
        settings: Mapping[str, str],
        environment: Mapping[str, str] | None = None,
        *,
        moves: bool = False,
    ) -> None:
        self._altered.append(server)
        await server.change(settings, environment, moves=moves)

    def _sealed_list(self) -> Path:
        """A list of revoked certificates, as it is now, where there is no place for the next one."""
        sealed = self.authority.revocation_list.parent / "sealed" / "list.pem"
        sealed.with_suffix(".new").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.authority.revocation_list, sealed)
        return sealed

    def flaws_of_certificates(self) -> dict[str, str]:
        """What is wrong with each certificate, by whose it is; nothing if it is valid."""
        own = IssuedCertificate(self.authority.certificate, self.authority.key)
        return {name: self.authority.flaw(one) for name, one in self.certificates.items() | {("authority", own)}}

    def sizes_of_logs(self) -> dict[str, int]:
        """How much is in each log; the folder has to take another file too."""
        probe = self.log_folder / "probe"
        probe.touch()
        probe.unlink()
        logs = {name: self.log_folder / f"{name}.log" for name in LOGS}
        return {name: path.stat().st_size if path.exists() else 0 for name, path in logs.items()}

    # -- the processes --------------------------------------------------------------------------------------------

    def _main(self) -> TlsServer:
        secret = {
            "DATABASE_URL": self.postgres.dsn,
            "JWT_SECRET": secrets.token_hex(32),
            "HASH_SALT": self.salt,
            "ADMIN_PASSWORD": self.administrator.password,
        }
        options = ["--ca-key", str(self.authority.key), "--encryption-key", str(self._key_file)]
        options += ["--admin-email", self.administrator.login, *self._as_server(MAIN)]
        return self._made(TlsServer, MAIN, "main", options, secret)

    def _proxy(self, name: str) -> TlsServer:
        own = self._certified(f"{name} as a client", self.authority.client("proxy"))
        options = ["--client-certificate", str(own.certificate), "--client-key", str(own.key)]
        return self._made(TlsServer, name, "proxy", ["--main", self.main.address, *options, *self._as_server(name)])

    def _worker(self, name: str) -> ChangeableServer:
        own = self._certified(name, self.authority.client("worker"))
        options = ["--main", self.workers.address_of_main, "--id", name.replace(" ", "-")]
        options += ["--ca", str(self.authority.certificate), *_shown(own)]
        return self._made(ChangeableServer, name, "worker", options)

    def _portal(self) -> ChangeableServer:
        options = ["--main", self.main.address, "--ca", str(self.authority.certificate)]
        options += ["--ended-sessions", str(self.log_folder.with_name("ended-sessions"))]
        return self._made(ChangeableServer, PORTAL, "portal", options, {"SESSION_SECRET": secrets.token_urlsafe(32)})

    def _made(
        self, server: type[S], name: str, kind: str, options: list[str], secret: Mapping[str, str] | None = None
    ) -> S:
        own = {option.removeprefix(f"{kind}."): value for option, value in self._options.items()}
        chosen = [part for option, value in own.items() if "." not in option for part in (f"--{option}", str(value))]
        return server(
            name,
            cast(Workspace, self._workspace),
            module=f"reference.broker.{kind}",
            arguments=[*options, "--log-folder", str(self.log_folder), *chosen],
            environment={"REDIS_URL": self.redis.url} | dict(secret or {}),
        )

    def _as_server(self, name: str) -> list[str]:
        own = self._certified(name, self.authority.server("server"))
        trusted = ["--ca", str(self.authority.certificate), "--crl", str(self.authority.revocation_list)]
        return [*trusted, *_shown(own)]

    def _certified(self, name: str, credential: IssuedCertificate) -> IssuedCertificate:
        self.certificates[name] = credential
        return credential


def _for_processes(options: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """The options as they are.

    Raises:
        SuiteError: one is for a process that there is not: it would be lost.
    """
    for option in options:
        process, dot, _ = option.partition(".")
        if dot and process not in KINDS:
            raise SuiteError(f"option {option!r}: there is no process {process!r}; there are: {', '.join(KINDS)}")
    return dict(options)


def _shown(credential: IssuedCertificate) -> list[str]:
    return ["--certificate", str(credential.certificate), "--key", str(credential.key)]


def _kept(file: Path, key: bytes) -> Path:
    file.touch(mode=0o600)
    file.write_bytes(base64.urlsafe_b64encode(key))
    return file
