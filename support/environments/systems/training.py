"""The system of the training spec."""

from pathlib import Path
from typing import cast

from support.drivers.kit.llm_stub import LlmStub
from support.drivers.stores.sqlite import SqliteStore
from support.drivers.training import Training, TrainingOptions
from support.environments.embedded.training import TrainingDeployment
from support.environments.system_under_test import SystemUnderTest


class TrainingSystem(SystemUnderTest):
    """The ChatTrain server, its SQLite file and the stand-in for its language model."""

    name = "training"
    product = "ChatTrain MVP1"
    server = "chat server"
    Options = TrainingOptions

    def deploy_here(self) -> TrainingDeployment:
        """The reference back end."""
        return TrainingDeployment(self.described.server | self.overrides)

    def drive(self) -> Training:
        """The driver, with what this deployment lets us see."""
        deployment, options = self.deployment, cast(TrainingOptions, self._options)
        file, model = self.described.stores.get("sqlite"), options.model
        if isinstance(deployment, TrainingDeployment):
            file, model = str(deployment.database), deployment.addresses["bot API"]
        self.bots = LlmStub(model) if model else None
        return Training(
            deployment.addresses[self.server],
            options,
            response=self.limits.response,
            store=SqliteStore(Path(file)) if file else None,
        )
