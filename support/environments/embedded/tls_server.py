"""A reference back end that serves over TLS, or changes its settings on the way."""

import ssl
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from support.environments.embedded.python_server import PythonServer


class ChangeableServer(PythonServer):
    """A server whose settings can be changed by starting it again with others; see `PythonServer`."""

    _changed: Mapping[str, str] = {}

    def command(self) -> Sequence[str | Path]:
        """The module, with its changed settings last: the last one counts."""
        return [*super().command(), *(part for name, value in self._changed.items() for part in (f"--{name}", value))]

    async def change(
        self, settings: Mapping[str, str], environment: Mapping[str, str] | None = None, *, moves: bool = False
    ) -> None:
        """Start it again with other settings; with none, as it was at first.

        Args:
            settings: as on its command line, without the dashes.
            environment: what differs there.
            moves: whether it is to use another port of its own.

        Raises:
            EnvironmentFailure: it does not come up with them.
        """
        self._changed = settings
        self.environment = self._usual | dict(environment or {})
        await self.stop()
        self.port = 0 if moves else self.port
        await self.start()


@cache
def trusting() -> ssl.SSLContext:
    """For a client that asks a server of ours without caring for its certificate: made once, without any authorities.

    To load the machine's takes 20 ms, and a start asks a hundred times: it would be all that the processor does.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class TlsServer(ChangeableServer):
    """An HTTPS server; see `ChangeableServer`. Its certificate is its clients' business, not that of a start."""

    tls = trusting()
