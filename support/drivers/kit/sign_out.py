"""How people leave a system whose accounts others will use: without a session that lives on."""

from contextlib import suppress

from support.core.errors import NotSupported
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.sessions import SignsIn
from support.drivers.clients.http import Unreachable


async def signed_out(client: SignsIn) -> None:
    """End the session, on a live connection where there is no other way; silent where that does not work either."""
    try:
        with suppress(Rejected, Unreachable, NotSupported):
            await _sign_out(client)
    finally:
        if isinstance(client, Connects):
            await client.close()


async def _sign_out(client: SignsIn) -> None:
    try:
        await client.sign_out()
    except Rejected:
        if not isinstance(client, Connects) or client.connected:
            raise
        await client.connect()
        await client.sign_out()
