"""How far a load is, told while it goes on: a bar on a terminal, else a line now and then."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from support.core import clock
from support.load.partition import LoadProgress

#: Seconds that a load may take without a word.
QUIET = 2.0
#: Seconds between two looks, and between two lines where there is no terminal: at most a hundred lines for a load.
LOOK, LINE, LINES = 0.25, 5.0, 100


@asynccontextmanager
async def shown(so_far: LoadProgress, seconds: float, out: TextIO | None = None) -> AsyncIterator[None]:
    """Tell how far a load is, for as long as it goes on.

    Args:
        so_far: of the load.
        seconds: how long it will last.
        out: where to tell it; the console's errors by default, which behave does not capture.
    """
    console = Console(file=out or sys.__stderr__)
    telling = asyncio.create_task((_bar if console.is_terminal else _lines)(console, so_far, seconds))
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.wait({telling})


async def _bar(console: Console, so_far: LoadProgress, seconds: float) -> None:
    await clock.tick(QUIET)
    columns = (TextColumn("load"), BarColumn(), TextColumn("{task.description}"))
    with Progress(
        *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
    ) as progress:
        task = progress.add_task("", total=seconds)
        while True:
            progress.update(task, completed=_gone(so_far, seconds), description=told(so_far, seconds), refresh=True)
            await clock.tick(LOOK)


async def _lines(console: Console, so_far: LoadProgress, seconds: float) -> None:
    while so_far.began is None:
        await clock.tick(LOOK)
    while True:
        await clock.tick(max(LINE, seconds / LINES))
        console.print(f"load: {told(so_far, seconds)}", highlight=False, soft_wrap=True)


def say(words: str) -> None:
    """Tell something in a line of its own."""
    Console(file=sys.__stderr__).print(f"load: {words}", highlight=False, soft_wrap=True)


def told(so_far: LoadProgress, seconds: float) -> str:
    """Rate, 99th percentile and time left, in words."""
    if so_far.began is None:
        return "getting ready"
    gone = _gone(so_far, seconds)
    rate = so_far.sent / gone if gone else 0.0
    left = f"{seconds - gone:.0f} s left" if gone < seconds else "the last answers are awaited"
    return f"{so_far.sent} sent, {rate:.1f} a second, 99 of 100 answered within {so_far.p99 * 1000:.0f} ms, {left}"


def _gone(so_far: LoadProgress, seconds: float) -> float:
    return 0.0 if so_far.began is None else min(max(clock.now() - so_far.began, 0.0), seconds)
