"""The stage of the chat book where the chat server is a Matrix homeserver."""

from typing import cast

from support.config.account_pool import existing
from support.core.redaction import everywhere
from support.drivers.matrix import Matrix, MatrixOptions
from support.environments.embedded.synapse import SynapseDeployment
from support.environments.system_under_test import Stage


class MatrixStage(Stage):
    """A Matrix homeserver; here Synapse, by itself."""

    name = "chat"
    product = "Matrix homeserver"
    server = "chat server"
    Options = MatrixOptions
    takes_options = False

    def deploy_here(self) -> SynapseDeployment:
        """Synapse, held to the profile's bars where they are settings of the server too."""
        options = cast(MatrixOptions, self._options)
        return SynapseDeployment(options.lobby, self.bars.keep_alive, self.bars.short_session)

    def drive(self) -> Matrix:
        """The driver; we may register people in a homeserver that is our own."""
        deployment, administrator, bars = self.deployment, self.described.administrator, self.bars
        options = cast(MatrixOptions, self._options)
        secret = deployment.secret if isinstance(deployment, SynapseDeployment) else None
        everywhere.learn(secret)
        return Matrix(
            deployment.addresses[self.server],
            options.lobby,
            bars.response,
            bars.keep_alive,
            secret=secret,
            administrator=existing(administrator) if administrator else None,
        )
