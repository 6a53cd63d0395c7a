"""The system of the chat spec where the chat server is a Matrix homeserver."""

from typing import cast

from support.config.account_pool import existing
from support.core.redaction import everywhere
from support.drivers.matrix import MatrixHomeserver, MatrixOptions
from support.environments.embedded.synapse import SynapseDeployment
from support.environments.system_under_test import SystemUnderTest


class MatrixSystem(SystemUnderTest):
    """A Matrix homeserver; here Synapse, by itself."""

    name = "chat"
    product = "Matrix homeserver"
    server = "chat server"
    Options = MatrixOptions
    takes_options = False

    def deploy_here(self) -> SynapseDeployment:
        """Synapse, held to the profile's limits where they are settings of the server too."""
        options = cast(MatrixOptions, self._options)
        return SynapseDeployment(options.lobby, self.limits.keep_alive, self.limits.short_session)

    def drive(self) -> MatrixHomeserver:
        """The driver; we may register people in a homeserver that is our own."""
        deployment, administrator, limits = self.deployment, self.described.administrator, self.limits
        options = cast(MatrixOptions, self._options)
        secret = deployment.secret if isinstance(deployment, SynapseDeployment) else None
        everywhere.learn(secret)
        return MatrixHomeserver(
            deployment.addresses[self.server],
            options.lobby,
            limits.response,
            limits.keep_alive,
            secret=secret,
            administrator=existing(administrator) if administrator else None,
        )
