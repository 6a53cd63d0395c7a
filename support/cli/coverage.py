"""`earshot coverage …`."""

from typing import Annotated

import typer


def coverage(
    system: Annotated[str | None, typer.Argument(help="Whose reference back end; every system's by default.")] = None,
    check: Annotated[bool, typer.Option(help="Fail if less than 97 % of the branches are reached.")] = False,
    again: Annotated[bool, typer.Option(help="Measure also what has not changed since the last time.")] = False,
) -> None:
    """Show which branches of a reference back end the scenarios reach, and which none of them does."""
    from support.cli import extras

    systems = extras.systems(system)
    extras.need("coverage")
    from support.verification.coverage import command

    raise typer.Exit(command.main(systems, check=check, again=again))
