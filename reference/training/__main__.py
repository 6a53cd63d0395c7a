"""`python -m reference.training`: the reference ChatTrain server."""

from reference.kit.command import add_troubles, parser, troubles
from reference.kit.serving import serve
from reference.training.faults import FAULTS
from reference.training.server import build
from reference.training.settings import add_settings, settings


def main() -> None:
    """Serve until told to stop."""
    options = parser("reference.training", "A reference ChatTrain server.")
    add_settings(options)
    add_troubles(options, FAULTS)
    chosen = options.parse_args()
    parts, lag = troubles(options, chosen, FAULTS)
    serve(build(settings(chosen), parts, lag), chosen.host, chosen.port)


if __name__ == "__main__":
    main()
