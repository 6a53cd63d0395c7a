"""`python -m reference.broker worker`."""

import sys
from argparse import ArgumentParser, Namespace

from reference.broker.worker.server import build
from reference.broker.worker.settings import add_settings, settings
from reference.kit.faults import Parts
from reference.kit.lag import Lag
from reference.kit.serving import serve

__all__ = ["add_settings", "run"]


def run(options: ArgumentParser, chosen: Namespace, parts: Parts, lag: Lag | None) -> None:
    """Serve until told to end; files that make no sense end the program with one line.

    Args:
        options: the command line, for complaints.
        chosen: what was chosen on it; see `add_settings`.
        parts: the class of each part.
        lag: how late every answer goes out.
    """
    known = settings(options, chosen)
    try:
        app = build(known, parts, lag)
    except OSError as error:
        sys.exit(f"worker: {error}")
    serve(app, chosen.host, chosen.port)
