"""Attachments and second thoughts, from anywhere: hooks, steps, and coroutines on the background loop."""

from support.core.errors import SuiteError
from support.reporting.outcome import Status
from support.reporting.reporting_context import session


def attach(name: str, body: str | bytes, kind: str = "text") -> None:
    """Attach something to the scenario that is running, below the step that is running, if one is.

    Args:
        name: its title in the report.
        body: text is redacted on the way; bytes are kept as they are, so they must hold nothing secret.
        kind: text, json, csv, html, svg, png, xml or another of Allure's attachment types.

    Without an Allure formatter, or between scenarios, there is nowhere to keep it and it is dropped.
    """
    if session.sink:
        session.sink.attach(name, body, kind)


def note_trouble(where: str, error: Exception) -> None:
    """Keep what went wrong outside every scenario: it is in each report, and counts in the exit code.

    Args:
        where: in people's words.
        error: what went wrong; its family decides whose fault it is.
    """
    if session.amender:
        session.amender.note(where, error)


def amend(scenario: str, status: Status, message: str) -> None:
    """Change the verdict of a scenario that has ended: a leak was noticed later, by the trailing audit.

    Args:
        scenario: its name, or its `file:line`: rows of an outline may share a name, and then all are amended.
        status: `failed` for the product's fault, `broken` for the suite's.
        message: what was noticed.

    Raises:
        SuiteError: no such scenario has ended, or nobody records this run: the change would be lost.
    """
    if not session.amender:
        raise SuiteError(
            f"{scenario}: {message} (and no report records it: run behave from the folder of pyproject.toml)"
        )
    session.amender.amend(scenario, status, message)
