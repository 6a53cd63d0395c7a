"""The command line: `earshot …`. Each command is one call into the module that does the work."""

import asyncio
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from support.cli import run
from support.cli.coverage import coverage
from support.cli.explore import explore
from support.cli.mutate import mutate
from support.cli.options import TAKES_BEHAVES
from support.core.checks import need_docstrings
from support.core.clean_text import for_console
from support.core.errors import EarshotError, EnvironmentFailure
from support.core.resource_shortage import shortage
from support.reporting.console import spell_out

app = typer.Typer(
    help="Acceptance tests in plain language for real-time messaging back ends.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"earshot {version('earshot')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Which Earshot this is.")
    ] = False,
) -> None:
    pass


app.command(context_settings=TAKES_BEHAVES, epilog=run.EXAMPLE)(run.run)


@app.command(epilog="Example: earshot setup")
def setup() -> None:
    """Bring Node.js and a browser if this machine has none. `make setup` calls it; what cannot be had is one line."""
    from support.environments import machine

    raise typer.Exit(machine.main())


@app.command(epilog="Example: earshot merge shard-1 shard-2")
def merge(
    folders: Annotated[list[Path], typer.Argument(help="The `reports` folder of each shard.")],
) -> None:
    """Put the results of several machines together in `reports`, for one report. Exit codes as those of `run`."""
    from support.execution import merging

    raise typer.Exit(merging.merge(folders))


@app.command(context_settings=TAKES_BEHAVES, epilog="Example: earshot watch features/chat --tags=@smoke")
def watch(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A feature file, or a folder of them.")],
) -> None:
    """Run a feature now and whenever it is saved, on servers that stay up. Takes more of behave's: --tags, -D …"""
    from support.execution import watching

    raise typer.Exit(watching.main(path, context.args))


@app.command(epilog="Example: earshot report")
def report() -> None:
    """Write the pages on the last run, the Allure report among them, and print where to begin reading."""
    from support.reporting.first_page import command

    raise typer.Exit(command.main())


@app.command(epilog="Example: earshot serve chat --fault delivers-to-everyone")
def serve(
    system: Annotated[str, typer.Argument(help="Which reference back end: that of a spec.")],
    list_faults: Annotated[bool, typer.Option("--list-faults", help="Only say how it can be broken.")] = False,
    fault: Annotated[str | None, typer.Option(help="A seeded fault; --list-faults names them.")] = None,
    lag: Annotated[str | None, typer.Option(help="Delay every answer and event, for example 0-300ms.")] = None,
    seed: Annotated[int | None, typer.Option(help="Makes the lag the same every time.")] = None,
) -> None:
    """Start a reference back end with all it needs, and keep it up until Ctrl-C."""
    from support.environments.systems import REFERENCES

    if system not in REFERENCES:
        raise EarshotError(f"there is no reference back end {system!r}; there are: {', '.join(REFERENCES)}")
    if list_faults:
        from support.verification.kill_matrix.faults import seeded

        for known in seeded(system):
            typer.echo(f"{known.name:32} the server {known.says}")
        return
    given = {"fault": fault, "lag": lag, "seed": None if seed is None else str(seed)}
    asyncio.run(_serve(system, {name: value for name, value in given.items() if value is not None}))


async def _serve(system: str, options: dict[str, str]) -> None:
    from support.config.profile import load
    from support.environments.systems import SYSTEMS

    sut = SYSTEMS[system](load("embedded"), options)
    await sut.open()
    try:
        for name, address in sut.deployment.addresses.items():
            typer.echo(f"{name}: {address}")
        typer.echo("Ctrl-C ends it.")
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        await ended.wait()
    finally:
        await sut.close()


@app.command(epilog="Example: earshot doctor -D profile=staging")
def doctor(
    system: Annotated[str | None, typer.Argument(help="One system; all that the profile names by default.")] = None,
    settings: Annotated[list[str] | None, typer.Option("-D", metavar="profile=NAME", help="Which profile.")] = None,
) -> None:
    """Look at the systems of a profile, and say what will run and what will not. Changes nothing.

    Exit codes: 0 everything is as the profile says, 2 the profile is wrong, 3 something is not there or otherwise.
    """
    from support.verification.doctor import command

    raise typer.Exit(command.main(settings or [], system))


@app.command(name="new-system", epilog="Example: earshot new-system helpdesk")
def new_system(
    name: Annotated[str, typer.Argument(help="The tag of its features: small letters and digits.")],
    plays: Annotated[str | None, typer.Option(help="A spec that there is, to play on it: chat.")] = None,
) -> None:
    """Write the skeleton of a system, with a spec of its own or a driver for one; docs/drivers.md says how to go on."""
    from support.cli import scaffold

    raise typer.Exit(scaffold.main(name, plays=plays))


@app.command(epilog="Example: earshot verdicts benchmarks/synapse.toml")
def verdicts(
    reasons: Annotated[Path, typer.Argument(help="Why what is not green is not: benchmarks/synapse.toml.")],
    reports: Annotated[Path, typer.Option(help="The `reports` folder of the run.")] = Path("reports"),
    write: Annotated[Path | None, typer.Option(help="Write it to a file, benchmarks/results/synapse.md.")] = None,
) -> None:
    """Show the verdict of each scenario of the last run, in Markdown, with the reason for each that is not green."""
    from support.reporting import verdict_table as table

    raise typer.Exit(table.main(reasons, reports, write))


@app.command(epilog="Example: earshot lint features/chat")
def lint(paths: Annotated[list[Path] | None, typer.Argument(help="Feature files or folders.")] = None) -> None:
    """Check the features and the vocabulary against the house rules."""
    from support.vocabulary.lint import main

    raise typer.Exit(main(paths or []))


@app.command(name="format", epilog="Example: earshot format --check")
def format_features(
    paths: Annotated[list[Path] | None, typer.Argument(help="Feature files or folders; all by default.")] = None,
    check: Annotated[bool, typer.Option(help="Change nothing, and fail if something would change.")] = False,
) -> None:
    """Lay feature files out in place: indentation, blank lines, tables in columns. Doc strings stay as they are."""
    from support.vocabulary.lint import formatting

    raise typer.Exit(formatting.main(paths or [Path("features")], check=check))


@app.command(epilog="Example: earshot steps message offline")
def steps(
    words: Annotated[list[str] | None, typer.Argument(help="Only phrases that speak of all these words.")] = None,
    reuse: Annotated[bool, typer.Option("--reuse", help="Which share of each spec an earlier one has said.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Renew docs/steps.md and .vscode/settings.json.")] = False,
) -> None:
    """List the phrases that scenarios are written in, and what may stand in their places."""
    from support.environments.systems import SYSTEMS
    from support.vocabulary import catalogue

    raise typer.Exit(catalogue.main(words or [], [*SYSTEMS], only_reuse=reuse, write=write))


@app.command(epilog="Example: earshot trace chat --check")
def trace(
    system: Annotated[str | None, typer.Argument(help="One system; all of them by default.")] = None,
    check: Annotated[bool, typer.Option(help="Fail on a requirement without scenario, or the reverse.")] = False,
) -> None:
    """Show which scenarios cover which requirement, with the last verdicts."""
    from support.reporting.traceability import trace as tracing

    raise typer.Exit(tracing.main(system, check=check))


@app.command(epilog="Example: earshot gate broker")
def gate(
    system: Annotated[str | None, typer.Argument(help="One system; all that have results by default.")] = None,
) -> None:
    """Decide from the last run's results whether a system is ready, by its document's rules.

    Exit codes: 0 green, or yellow and said so, 1 red, 4 the last run has no results of the system.
    """
    from support.reporting.gate import command

    raise typer.Exit(command.main(system))


@app.command(name="kill-matrix", epilog="Example: earshot kill-matrix chat --quick --check")
def kill_matrix(
    system: Annotated[str | None, typer.Argument(help="Whose faults; every system's by default.")] = None,
    quick: Annotated[bool, typer.Option(help="For each fault only the scenarios of its requirements.")] = False,
    check: Annotated[bool, typer.Option(help="Fail on a fault that survives or a scenario that kills none.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Trials at once.")] = 2,
    within: Annotated[float | None, typer.Option(help="Minutes after which no trial is begun.")] = None,
) -> None:
    """Run the scenarios against each seeded fault, and show which scenario notices which fault."""
    from support.environments.systems import REFERENCES
    from support.verification.kill_matrix import command

    systems = [system] if system else list(REFERENCES)
    raise typer.Exit(command.main(systems, quick=quick, check=check, jobs=jobs, within=within))


app.command(epilog="Example: earshot coverage chat")(coverage)
app.command(epilog="Example: earshot mutate chat --sample 50 --seed 1")(mutate)
app.command(epilog="Example: earshot explore chat --walks 50 --seed 7")(explore)


@app.command(name="crash-schedules", epilog="Example: earshot crash-schedules broker --seeds 5")
def crash_schedules(
    system: Annotated[str, typer.Argument(help="Whose processes crash: broker, chat or threads.")],
    seeds: Annotated[int, typer.Option(min=1, help="How many schedules.")] = 20,
    first: Annotated[int, typer.Option(help="The first seed: a schedule is played again by its own.")] = 1,
    fault: Annotated[str | None, typer.Option(help="Against a seeded fault, until it is found.")] = None,
) -> None:
    """Kill processes at seeded moments while messages flow, and account for every acknowledged message."""
    from support.environments.systems import REFERENCES
    from support.verification.crash_schedules import command

    if system not in REFERENCES:
        raise EarshotError(f"there is no system {system!r}; there are: {', '.join(REFERENCES)}")
    raise typer.Exit(command.main(system, seeds=seeds, first=first, fault=fault))


@app.command(epilog="Example: earshot repeat --runs 5 features/chat")
def repeat(
    runs: Annotated[int, typer.Option(min=1, help="How many whole runs, each in an order of its own.")] = 20,
    seed: Annotated[int, typer.Option(help="Makes the orders the same every time.")] = 1,
    paths: Annotated[list[str] | None, typer.Argument(help="What to run; all features by default.")] = None,
) -> None:
    """Run again and again in random order, and keep a record of every verdict that changes."""
    from support.execution import repeating

    raise typer.Exit(repeating.main(paths or ["features"], runs=runs, seed=seed))


def main() -> None:
    """Entry point: an error that is for people is one line on stderr, and an exit code."""
    spell_out()
    try:
        need_docstrings()
        app()
    except EarshotError as error:
        typer.echo(f"earshot: {for_console(str(error))}", err=True)
        sys.exit(3 if isinstance(error, EnvironmentFailure) else 2)
    except OSError as error:
        if not (short := shortage(error)):
            raise
        typer.echo(f"earshot: {for_console(f'{short} ({error})')}", err=True)
        sys.exit(3)
