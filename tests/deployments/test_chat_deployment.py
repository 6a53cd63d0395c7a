"""The embedded chat deployment, with the real reference back end."""

import psutil

from support.environments.embedded.chat import ChatDeployment
from support.environments.embedded.tcp_probe import ask

LOG_IN = b"POST /log_in HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


async def test_it_serves_and_keeps_its_secrets() -> None:
    async with ChatDeployment({"keep-alive-limit": 5}) as deployment:
        assert set(deployment.controls) == {"chat server", "bot API", "Postgres", "Redis"}
        assert set(deployment.addresses) == {"chat server", "bot API"}
        assert all(deployment.versions.values())
        assert b"200 OK" in await ask(deployment.server.link.port, LOG_IN)
        password = deployment.postgres.dsn.split(":")[2].split("@")[0]
        for control in (deployment.postgres, deployment.redis, deployment.bot_api, deployment.server):
            assert password not in " ".join(psutil.Process(control.pid).cmdline()) + control.log.since(0)
