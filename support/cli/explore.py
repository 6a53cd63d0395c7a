"""`earshot explore …`."""

from typing import Annotated

import typer

from support.core.errors import EarshotError


def explore(
    system: Annotated[str | None, typer.Argument(help="Which spec's system; with --keep, of which alone.")] = None,
    walks: Annotated[int | None, typer.Option(min=1, help="How many walks; 100 unless --for is given.")] = None,
    minutes: Annotated[float | None, typer.Option("--for", metavar="MINUTES", min=0, help="For how long.")] = None,
    length: Annotated[int, typer.Option(min=1, help="Moves of a walk.")] = 12,
    seed: Annotated[int | None, typer.Option(help="Draws the same walks every time; any by default.")] = None,
    settings: Annotated[list[str] | None, typer.Option("-D", metavar="profile=NAME", help="As behave's.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="In how many processes, each with a system of its own.")] = 1,
    without: Annotated[list[str] | None, typer.Option(metavar="WORDS", help="Not what is told in these words.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Move what was found into features/, and do no more.")] = False,
) -> None:
    """Walk through a system at random, in phrases of the catalogue, and shrink what fails to a scenario.

    Exit codes as those of `run`: 0 nothing found, 1 the product failed, 2 the suite is broken or was interrupted, 3 the
    system is not there.
    """
    from support.cli import extras
    from support.environments.systems import SYSTEMS

    if not keep:
        extras.need("hypothesis")
    from support.verification.exploration import command
    from support.verification.exploration.exploration import Exploration

    if keep:
        raise typer.Exit(command.keep(system))
    if system is None:
        raise EarshotError("explore: name a system, for instance `earshot explore chat`")
    if system not in SYSTEMS:
        raise EarshotError(f"explore: there is no spec {system!r}; there are: {', '.join(SYSTEMS)}")
    count = walks or (100 if minutes is None else 1_000_000)
    seconds = None if minutes is None else minutes * 60
    chosen = command.any_seed() if seed is None else seed
    asked = Exploration(system, count, seconds, length, chosen, settings or (), without=without or ())
    raise typer.Exit(command.main(asked, jobs))
