"""The system of the threads spec."""

import re
from typing import cast

from support.config.profile import Limits
from support.drivers.threads import Threads, ThreadsBackend, ThreadsOptions
from support.environments.embedded.threads import SERVER, ThreadsDeployment
from support.environments.source_addresses import sharing
from support.environments.system_under_test import SystemUnderTest

#: The setting of the profile in which sessions last as long as `limits.short_session`.
SHORT_SESSIONS = "short sessions"
_JUDGED_BY_SHARE = [f"{what}_{share}" for what in ("request", "delivery") for share in ("mean", "p95", "p99")]


class ThreadsSystem(SystemUnderTest):
    """The ThreadFileSharing server and its PostgreSQL."""

    name = "threads"
    product = "ThreadFileSharing"
    server = SERVER
    Options = ThreadsOptions

    @property
    def limits(self) -> Limits:
        """The named limits; the limits of averages and shares count on top of a lag that we have added ourselves."""
        added = _longest(self.overrides.get("lag", ""))
        judged = {name: getattr(self.described.limits, name) + added for name in _JUDGED_BY_SHARE}
        return self.described.limits.model_copy(update=judged)

    def deploy_here(self) -> ThreadsDeployment:
        """The reference back end."""
        return ThreadsDeployment(self.described.server | self.overrides)

    def drive(self) -> Threads:
        """The driver."""
        address, options, limits = self.deployment.addresses[self.server], self._options, self.limits
        backend = ThreadsBackend(
            address,
            cast(ThreadsOptions, options),
            response=limits.response,
            delivery=limits.delivery,
            processes=sharing(self.described, address, self.processes),
            beside=self.processes,
        )
        return Threads(backend, short_sessions=SHORT_SESSIONS in self.described.settings)


def _longest(lag: str) -> float:
    """The longest delay of a lag such as "0-300ms", in seconds."""
    found = re.fullmatch(r"[\d.]+-([\d.]+)(ms|s|)", lag)
    return float(found[1]) / (1000 if found[2] == "ms" else 1) if found else 0.0
