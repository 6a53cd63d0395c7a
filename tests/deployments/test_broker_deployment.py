"""The embedded broker deployment, with the real reference back end."""

from collections.abc import AsyncIterator

import psutil
import pytest
import pytest_asyncio

from support.environments.embedded.broker import BrokerDeployment
from support.environments.embedded.tcp_probe import ask
from support.environments.embedded.tls_server import trusting

pytestmark = pytest.mark.asyncio(loop_scope="module")
HEALTH = b"GET /health HTTP/1.0\r\n\r\n"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deployment() -> AsyncIterator[BrokerDeployment]:
    async with BrokerDeployment({"main.bcrypt-rounds": 5, "worker.retry-interval": 0.5}) as deployment:
        yield deployment


async def test_everything_is_found_under_the_names_that_people_use(deployment: BrokerDeployment) -> None:
    servers = {"main server", "proxy", "second proxy", "portal", "worker 1", "worker 2", "worker 3"}
    assert set(deployment.addresses) == servers
    assert set(deployment.controls) == servers | {"the database", "Redis", "every worker"}
    assert all(control.running for control in deployment.controls.values())


async def test_to_ask_a_server_during_its_start_takes_no_time_for_authorities() -> None:
    assert trusting() is trusting()
    assert not trusting().get_ca_certs()


async def test_nothing_secret_is_in_a_list_of_processes_or_a_log(deployment: BrokerDeployment) -> None:
    secrets = [deployment.administrator.password, deployment.salt, deployment.postgres.dsn.split(":")[2].split("@")[0]]
    for server in (deployment.main, *deployment.proxies, *deployment.workers.members, deployment.portal):
        said = " ".join(psutil.Process(server.pid).cmdline()) + server.log.since(0)
        assert not [secret for secret in secrets if secret in said]


async def test_certificates_and_logs_can_be_looked_at(deployment: BrokerDeployment) -> None:
    flaws = deployment.flaws_of_certificates()
    assert {"authority", "main server", "proxy", "worker 1"} <= set(flaws)
    assert set(flaws.values()) == {""}
    assert all(deployment.sizes_of_logs().values())
    deployment.certificates["worker 1"].certificate.unlink()
    assert "FileNotFoundError" in deployment.flaws_of_certificates()["worker 1"]


async def test_other_ports_are_used_until_they_are_changed_back(deployment: BrokerDeployment) -> None:
    before = (deployment.main.port, deployment.proxies[0].port)
    await deployment.change("other ports")
    after = (deployment.main.port, deployment.proxies[0].port)
    assert not set(before) & set(after)
    assert deployment.main.direct_address in deployment.proxies[0].command()
    assert b" 200 " in await ask(deployment.main.link.port, HEALTH, tls=trusting())
    await deployment.change_back()
    assert deployment.main.direct_address not in deployment.proxies[0].command()


async def test_workers_that_are_cut_off_leave_the_main_server_to_others(deployment: BrokerDeployment) -> None:
    await deployment.workers.cut()
    assert not await ask(deployment.workers.line.port, HEALTH, tls=trusting())
    assert b" 200 " in await ask(deployment.main.link.port, HEALTH, tls=trusting())
    await deployment.workers.heal()
    assert b" 200 " in await ask(deployment.workers.line.port, HEALTH, tls=trusting())
