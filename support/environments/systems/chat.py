"""The system of the chat spec."""

from typing import cast

from support.config.account_pool import existing
from support.core.redaction import everywhere
from support.drivers.chat import Chat, ChatOptions
from support.drivers.kit.llm_stub import LlmStub
from support.drivers.stores.redis import RedisStore
from support.environments.embedded.chat import ChatDeployment
from support.environments.system_under_test import SystemUnderTest


class ChatSystem(SystemUnderTest):
    """The chat server, its PostgreSQL, its Redis and the stand-in for its bots' interfaces."""

    name = "chat"
    product = "I See Cubes chat server"
    server = "chat server"
    Options = ChatOptions

    def deploy_here(self) -> ChatDeployment:
        """The reference back end, held to the profile's limits where they are settings of the server too."""
        options = cast(ChatOptions, self._options)
        limits = {"keep-alive-limit": self.limits.keep_alive, "sweep-interval": self.limits.sweep / 2}
        return ChatDeployment(limits | self.described.server | self.overrides, options.standing_accounts)

    def drive(self) -> Chat:
        """The driver, with what this deployment lets us see."""
        deployment, redis = self.deployment, self.described.stores.get("redis")
        administrator = None
        if isinstance(deployment, ChatDeployment):
            administrator, redis = deployment.administrator, deployment.redis.direct_url
            everywhere.learn(administrator.password)
        elif self.described.administrator:
            administrator = existing(self.described.administrator)
        if "bot API" in deployment.addresses:
            self.bots = LlmStub(deployment.addresses["bot API"])
        return Chat(
            deployment.addresses[self.server],
            cast(ChatOptions, self._options),
            response=self.limits.response,
            keep_alive=self.limits.keep_alive,
            administrator=administrator,
            redis=RedisStore(redis) if redis else None,
        )
