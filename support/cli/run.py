"""`earshot run`."""

import os
from typing import Annotated, Literal

import typer

from support.core.errors import EarshotError

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
    from support.execution import display, last_run, running, sharding
    from support.execution.launch import REPORTS, Launch

    if cluster and jobs > 1:
        raise EarshotError("--jobs and --cluster exclude each other: a cluster has a share for each of its workers")
    if verbose and quiet:
        raise EarshotError("--verbose and --quiet exclude each other")
    colour = not (no_color or os.environ.get("NO_COLOR"))
    arguments = context.args if colour else [*context.args, "--no-color"]
    if failed:
        arguments = last_run.failed(arguments, REPORTS)
    if only_list:
        from support.execution import listing  # it knows the drivers, whose libraries no other run needs here

        raise typer.Exit(listing.main(arguments))
    style: display.Style = "verbose" if verbose else "quiet" if quiet else "compact"
    shown = display.chosen(style, REPORTS, sharding.durations(REPORTS), colour=colour)
    launch = Launch(
        arguments,
        jobs=jobs,
        cluster=cluster,
        junit=junit,
        shard=_shard(shard) if shard else None,
        retries=retry,
        annotate=annotations is not None,
        fail_fast=fail_fast,
        display=shown,
    )
    raise typer.Exit(running.run(launch))


def _shard(text: str) -> tuple[int, int]:
    index, _, count = text.partition("/")
    if not (index.isdigit() and count.isdigit() and 1 <= int(index) <= int(count)):
        raise EarshotError(f"--shard {text!r}: write which of how many, for instance 1/3")
    return int(index), int(count)
