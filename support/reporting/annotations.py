"""What went wrong, as marks on the lines of the feature files in a merge request."""

from collections.abc import Iterator

from support.core.clean_text import for_annotation, for_annotation_value, shortened
from support.reporting.outcome import RunResults

#: Characters of a mark; GitHub shows no more than 4 KiB.
_LONGEST = 3000


def github(run: RunResults) -> Iterator[str]:
    """A GitHub Actions command for each failure, and for each trouble outside the scenarios."""
    for found in run.outcomes:
        if found.bad:
            file, title = for_annotation_value(found.file), for_annotation_value(found.scenario)
            said = shortened(found.details or found.message or found.status, _LONGEST)
            yield f"::error file={file},line={found.line},title={title}::{for_annotation(said)}"
    for trouble in run.troubles:
        said = shortened(trouble.message, _LONGEST)
        yield f"::error title={for_annotation_value(trouble.where)}::{for_annotation(said)}"
