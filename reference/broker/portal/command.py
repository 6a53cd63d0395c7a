"""The command line of the portal."""

import argparse

from reference.broker.portal.server import build
from reference.broker.portal.settings import add_settings, settings
from reference.kit.faults import Parts
from reference.kit.lag import Lag
from reference.kit.serving import serve

__all__ = ["add_settings", "run"]


def run(options: argparse.ArgumentParser, chosen: argparse.Namespace, parts: Parts, lag: Lag | None) -> None:
    """Serve until told to stop.

    Args:
        options: the command line, for complaints.
        chosen: what was chosen on it; see `add_settings`.
        parts: the class of each part.
        lag: how late every answer goes out.
    """
    serve(build(settings(options, chosen), parts, lag), chosen.host, chosen.port)
