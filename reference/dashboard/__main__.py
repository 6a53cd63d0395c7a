"""`python -m reference.dashboard`."""

from reference.dashboard.faults import FAULTS
from reference.dashboard.server import DashboardServer
from reference.dashboard.settings import from_command_line, options
from reference.kit import command
from reference.kit.serving import serve


def main() -> None:
    """Serve, until told to end."""
    known = options()
    command.add_troubles(known, FAULTS)
    chosen = known.parse_args()
    parts, lag = command.troubles(known, chosen, FAULTS)
    server = DashboardServer(from_command_line(known, chosen), parts, lag)
    serve(server.app(), chosen.host, chosen.port)


main()
