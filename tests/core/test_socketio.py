"""A Socket.IO connection loses nothing that nobody could read."""

import pytest

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.socketio import SocketIO


async def test_what_nobody_could_read_is_no_silence() -> None:
    def read(event: str, payload: object) -> None:
        raise KeyError(event)

    transcript = Transcript(Redactor())
    socket = SocketIO("user A", transcript, read, lambda: None)
    socket._heard("news", {"of": "nothing"})
    assert "news: not understood: KeyError('news')" in str(transcript)
    with pytest.raises(KeyError, match="news"):
        await socket.call("connection_alive", {}, within=1)
    socket._heard("news", {"of": "nothing"})
    with pytest.raises(KeyError, match="news"):
        await socket.emit("connection_alive")
