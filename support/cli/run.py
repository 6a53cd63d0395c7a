"""`earshot run`."""

import os
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from support.core.errors import EarshotError

if TYPE_CHECKING:  # commands import what they need when they run
    from support.execution.display import Style
    from support.execution.display.lines import Display

EXAMPLE = "Example: earshot run --jobs 2 --tags=@smoke features/chat"


def run(
    context: typer.Context,
    jobs: Annotated[int, typer.Option(min=1, help="How many behave processes share the features.")] = 1,
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed in the last run.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Begin no scenario after one has failed.")] = False,
    only_list: Annotated[bool, typer.Option("--list", help="Run nothing: list what would be played.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show behave's full text.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show the findings and the verdict alone.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", "-C", help="No colours; as if NO_COLOR was set.")] = False,
    junit: Annotated[bool, typer.Option(help="Also write JUnit files to reports/junit.")] = False,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Share them out on a Dask cluster.")] = None,
    shard: Annotated[str | None, typer.Option(metavar="I/N", help="Only the I-th of N shares of the files.")] = None,
    retry: Annotated[int, typer.Option(min=0, help="Run what failed so often again; what passes then is flaky.")] = 0,
    annotations: Annotated[Literal["github"] | None, typer.Option(help="Also print what failed as marks.")] = None,
) -> None:
    """Run the specs. Takes whatever `behave` takes: paths, --tags, -D profile=NAME …

    Exit codes: 0 all green, 1 the product failed, 2 the suite is broken, 3 the system is not there, 4 nothing selected.
    """
    from support.execution import running
    from support.execution.launch import Launch

    _exclusive(cluster and jobs > 1, "--jobs and --cluster", ": a cluster has a share for each of its workers")
    _exclusive(verbose and quiet, "--verbose and --quiet")
    colour = not (no_color or os.environ.get("NO_COLOR"))
    arguments = _arguments(context.args, failed=failed, colour=colour)
    if only_list:
        raise typer.Exit(_listed(arguments))
    launch = Launch(
        arguments,
        jobs=jobs,
        cluster=cluster,
        junit=junit,
        shard=_shard(shard) if shard else None,
        retries=retry,
        annotate=annotations is not None,
        fail_fast=fail_fast,
        display=_display(verbose=verbose, quiet=quiet, colour=colour),
    )
    raise typer.Exit(running.run(launch))


def _arguments(given: list[str], *, failed: bool, colour: bool) -> list[str]:
    from support.execution import last_run
    from support.execution.launch import REPORTS

    arguments = given if colour else [*given, "--no-color"]
    return last_run.failed(arguments, REPORTS) if failed else arguments


def _listed(arguments: list[str]) -> int:
    from support.execution import listing  # it knows the drivers, whose libraries no other run needs here

    return listing.main(arguments)


def _display(*, verbose: bool, quiet: bool, colour: bool) -> "Display":
    from support.execution import display, sharding
    from support.execution.launch import REPORTS

    style: Style = "verbose" if verbose else "quiet" if quiet else "compact"
    return display.chosen(style, REPORTS, sharding.durations(REPORTS), colour=colour)


def _exclusive(both: object, options: str, why: str = "") -> None:
    if both:
        raise EarshotError(f"{options} exclude each other{why}")


def _shard(text: str) -> tuple[int, int]:
    index, _, count = text.partition("/")
    if not (index.isdigit() and count.isdigit() and 1 <= int(index) <= int(count)):
        raise EarshotError(f"--shard {text!r}: write which of how many, for instance 1/3")
    return int(index), int(count)
