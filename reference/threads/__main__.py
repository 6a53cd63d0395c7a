"""`python -m reference.threads`."""

from reference.kit import command
from reference.kit.serving import serve
from reference.threads.faults import FAULTS
from reference.threads.server import ThreadsServer
from reference.threads.settings import from_command_line, options


def main() -> None:
    """Serve, until told to end."""
    known = options()
    command.add_troubles(known, FAULTS)
    chosen = known.parse_args()
    parts, lag = command.troubles(known, chosen, FAULTS)
    server = ThreadsServer(from_command_line(known, chosen), parts, lag)
    serve(server.app(), chosen.host, chosen.port)


main()
