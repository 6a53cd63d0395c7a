"""What a listener may say, and what it is answered."""

import json
from typing import Any

from aiohttp import WSMessage, WSMsgType

from reference.dashboard.envelopes import Envelopes, Event


class Conversation:
    """Answers the frames of a client. Whatever it says, the socket stays usable.

    Args:
        envelopes: the form of the answers.
    """

    def __init__(self, envelopes: Envelopes) -> None:
        self._envelopes = envelopes

    def answer(self, frame: WSMessage) -> Event:
        """The answer to a frame."""
        if frame.type is not WSMsgType.TEXT:
            return self._envelopes.error("Binary frames not supported")
        try:
            said = json.loads(frame.data)
        except ValueError:
            return self._envelopes.error("Invalid JSON format")
        if not isinstance(said, dict):
            return self._envelopes.error("Invalid message format")
        if said.get("type") == "ping":
            return self.pong(said.get("data"))
        return self._envelopes.error("Client messages not supported yet")

    def pong(self, data: Any) -> Event:
        """The answer to a ping: what it carried."""
        return self._envelopes.event("pong", data if isinstance(data, dict) else {})
