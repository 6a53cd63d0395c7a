"""How a chat client's connection begins (contract 3.1)."""

from support.drivers.capabilities import Rejected
from support.drivers.chat.options import Endpoint
from support.drivers.clients.socketio import ConnectionRefused, SocketIO


async def shake_hands(socket: SocketIO, server: Endpoint, credential: dict[str, str | None]) -> None:
    """Open a connection, showing a credential where this deployment wants it; what is None is left out.

    Raises:
        Rejected: the server refuses it.
        Unreachable: there is no answer in time.
    """
    places = server.options.token_in
    present = {name: value for name, value in credential.items() if value is not None}
    try:
        await socket.connect(
            server.address,
            auth=credential if "auth" in places else None,
            headers=present if "headers" in places else None,
            query=present if "query" in places else None,
            transport=server.options.transport,
            within=server.response,
        )
    except ConnectionRefused as refusal:
        raise Rejected(str(refusal)) from refusal
