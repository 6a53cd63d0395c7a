"""`earshot mutate …`."""

from typing import Annotated

import typer


def mutate(
    system: Annotated[str, typer.Argument(help="Whose reference back end.")],
    sample: Annotated[int | None, typer.Option(min=1, help="How many mutants are drawn; all by default.")] = None,
    seed: Annotated[int, typer.Option(help="Draws the same ones every time.")] = 1,
    since: Annotated[str | None, typer.Option(metavar="COMMIT", help="Only on lines changed since then.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Mutants at once.")] = 2,
    check: Annotated[bool, typer.Option(help="Fail if less than 85 % are killed.")] = False,
) -> None:
    """Make small mistakes in a reference back end, one at a time, and show which of them no scenario notices."""
    from support.cli import extras

    extras.systems(system)
    extras.need("mutmut")
    from support.verification.mutation import command

    raise typer.Exit(command.main(system, size=sample, seed=seed, since=since, jobs=jobs, check=check))
