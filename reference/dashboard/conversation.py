"""What a listener may say, and what it is answered."""

import json
from typing import Any

from aiohttp import WSMessage, WSMsgType

from reference.dashboard.envelopes import Envelopes, Event
from reference.kit.parts import part


@part
class Conversation:
    """Answers the frames of a client. Whatever it says, the socket stays usable."""

    envelopes: Envelopes  # the form of the answers

    def answer(self, frame: WSMessage) -> Event:
        """The answer to a frame."""
        if frame.type is not WSMsgType.TEXT:
            return self.envelopes.error("Binary frames not supported")
        try:
            said = json.loads(frame.data)
        except ValueError:
            return self.envelopes.error("Invalid JSON format")
        if not isinstance(said, dict):
            return self.envelopes.error("Invalid message format")
        if said.get("type") == "ping":
            return self.pong(said.get("data"))
        return self.envelopes.error("Client messages not supported yet")

    def pong(self, data: Any) -> Event:
        """The answer to a ping: what it carried."""
        return self.envelopes.event("pong", data if isinstance(data, dict) else {})
