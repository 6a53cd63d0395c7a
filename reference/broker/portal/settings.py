"""What can be set, on the command line and in the environment."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from reference.broker.start import add_setting, whole
from reference.kit.command import from_environment


@dataclass(frozen=True)
class PortalSettings:
    """Everything the portal needs to know before it starts. Times are in seconds.

    `main` is the base URL of the main server and `ca` the file with the certificate it is checked against; `secret` is
    what session cookies are sealed with, the same for all portals that share their users.
    """

    main: str
    secret: str
    ca: Path | None = None
    session_max_age: float = 3600.0
    page_size: int = 20
    patience: float = 5.0


def add_settings(options: argparse.ArgumentParser) -> None:
    """Add what a command line can set."""
    add_setting(options, "--main", "MAIN_SERVER_URL", help="base URL of the main server")
    add_setting(options, "--ca", "CA_CERT_PATH", kind=Path, help="of the authority that signed the main server's")
    add_setting(
        options, "--session-max-age", "SESSION_MAX_AGE", kind=float, default="3600", help="idle seconds of a session"
    )
    add_setting(options, "--page-size", "MESSAGES_PER_PAGE", kind=whole(1), default="20", help="messages on a page")
    add_setting(
        options, "--main-timeout", "MAIN_SERVER_TIMEOUT", kind=float, default="5", help="seconds it may take to answer"
    )


def settings(options: argparse.ArgumentParser, chosen: argparse.Namespace) -> PortalSettings:
    """The settings chosen; ends the program with one line if the secret of the sessions is missing."""
    return PortalSettings(
        main=chosen.main.rstrip("/"),
        secret=from_environment(options, "SESSION_SECRET"),
        ca=chosen.ca,
        session_max_age=chosen.session_max_age,
        page_size=chosen.page_size,
        patience=chosen.main_timeout,
    )
