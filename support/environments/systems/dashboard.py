"""The system of the dashboard spec."""

from typing import cast

from support.drivers.dashboard import Dashboard, DashboardBackend, DashboardOptions
from support.drivers.stores.redis import RedisStore
from support.environments.embedded.dashboard import SERVER, DashboardDeployment
from support.environments.external.command_control import run
from support.environments.system_under_test import SystemUnderTest


class DashboardSystem(SystemUnderTest):
    """The dashboard server in two processes, its PostgreSQL and its Redis."""

    name = "dashboard"
    product = "Aprende Comigo school dashboard"
    server = SERVER
    Options = DashboardOptions

    def deploy_here(self) -> DashboardDeployment:
        """The reference back end, with the profile's options."""
        return DashboardDeployment(self.described.server | self.overrides)

    def drive(self) -> Dashboard:
        """The driver, with what this deployment lets us see."""
        deployment, options = self.deployment, cast(DashboardOptions, self._options)
        redis = self.described.stores.get("redis")
        addresses = [address for name, address in deployment.addresses.items() if name.startswith(self.server)]
        if isinstance(deployment, DashboardDeployment):
            addresses, redis = deployment.server_addresses, deployment.redis.direct_url
            options = options.model_copy(update={"mail_folder": deployment.mail_folder})
        shorten = self._shorten if options.shorten_session else None
        backend = DashboardBackend(addresses, options, response=self.limits.response, shorten=shorten)
        return Dashboard(backend, RedisStore(redis) if redis else None)

    async def _shorten(self, session: str, seconds: float) -> None:
        line = str(cast(DashboardOptions, self._options).shorten_session)
        told = {"SESSION": session, "WITHIN": f"{seconds:g}"}
        await run(line, within=self.limits.response, tell=self.tell, whose="a session", environment=told)
