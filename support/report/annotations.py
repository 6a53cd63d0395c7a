"""What went wrong, as marks on the lines of the feature files in a merge request."""

from collections.abc import Iterator

from support.report.outcome import Run


def github(run: Run) -> Iterator[str]:
    """A GitHub Actions command for each failure, and for each trouble outside the scenarios."""
    for found in run.outcomes:
        if found.bad:
            place = f"file={_value(found.file)},line={found.line},title={_value(found.scenario)}"
            yield f"::error {place}::{_text(found.details or found.message or found.status)}"
    for trouble in run.troubles:
        yield f"::error title={_value(trouble.where)}::{_text(trouble.message)}"


def _text(text: str) -> str:
    """A message: one line, with the marks of the command itself written otherwise."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    """A property of the command, in which colon and comma have a meaning too."""
    return _text(text).replace(":", "%3A").replace(",", "%2C")
