"""The same load from several processes, one for each core: each takes its share of the plan, and all are merged."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import BrokenBarrierError
from typing import Any

from support.core import clock
from support.core.errors import InvalidMeasurement
from support.core.event_loop import new_loop
from support.load.measurement import Measurement
from support.load.partition import LoadProgress, Part, Share, figures

#: Seconds from the moment when all generators are ready until the plan begins.
HEAD_START = 0.1
#: Seconds between two looks at whether a generator is to stop, and how far it is.
LOOK = 0.1


async def spread(share: Share, over: int, so_far: LoadProgress) -> None:
    """Play a load from several processes, which begin together.

    Args:
        share: what each of them plays.
        over: how many processes.
        so_far: how far they are, and in the end what they have measured; also if this is cancelled.

    Raises:
        InvalidMeasurement: one of them died.
    """
    spawning = multiprocessing.get_context("spawn")
    begun, halted, board = spawning.Value("d", 0.0), spawning.Event(), spawning.Array("d", 2 * over)
    ready = spawning.Barrier(over)
    with ProcessPoolExecutor(
        over, mp_context=spawning, initializer=_get_ready, initargs=(ready, begun, halted, board)
    ) as pool:
        loop = asyncio.get_running_loop()
        playing = [loop.run_in_executor(pool, _play, share, number, over) for number in range(over)]
        looking = asyncio.create_task(_follow(begun, board, so_far))
        try:
            await merged(playing, so_far, halted.set)
        except BrokenProcessPool as death:
            raise InvalidMeasurement(
                "invalid, neither passed nor failed: a process of the generator died; what it had sent is not known"
            ) from death
        except BaseException:
            for process in list((pool._processes or {}).values()):  # Python 3.14 has terminate_workers() for this
                process.terminate()
            raise
        finally:
            looking.cancel()


async def merged(playing: Sequence[asyncio.Future[Measurement]], so_far: LoadProgress, halt: Callable[[], Any]) -> None:
    """Wait until all generators have played their parts, and merge what they have measured.

    If this is cancelled, they are halted, and what they have measured so far counts.
    """
    for part in playing:  # one that ends after this is over has no caller to complain to
        part.add_done_callback(lambda one: one.cancelled() or one.exception())
    try:
        ended, _ = await asyncio.wait(playing, return_when=asyncio.FIRST_EXCEPTION)
        if any(isinstance(part.exception(), BrokenBarrierError) for part in ended):
            await asyncio.wait(playing, timeout=20 * LOOK)  # for the one that has caused it
    except asyncio.CancelledError:
        halt()
        await asyncio.wait(playing, timeout=20 * LOOK)
        raise
    finally:
        over = [part for part in playing if part.done() and not part.cancelled()]
        for part in over:
            if part.exception() is None:
                so_far.measured.merge(part.result())
    troubles = [trouble for part in over if (trouble := part.exception())]
    for trouble in sorted(troubles, key=lambda one: isinstance(one, BrokenBarrierError)):  # that one is but a result
        raise trouble


async def _follow(begun: Any, board: Any, so_far: LoadProgress) -> None:
    """Keep up with what the processes write on the board."""
    while True:
        await clock.tick(LOOK)
        so_far.began = begun.value or None
        so_far.parts = {at // 2: (int(board[at]), board[at + 1]) for at in range(0, len(board), 2)}


def run(work: Coroutine[Any, Any, Measurement]) -> Measurement:
    """Run something in this process, on the loop that a run has."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(work)


async def watched(play: Callable[[Part], Any], part: Part, look: Callable[[Part], bool]) -> Measurement:
    """Play a part, and look at it again and again; end it when `look` says so."""
    playing = asyncio.ensure_future(play(part))
    while not (await asyncio.wait({playing}, timeout=LOOK))[0]:
        if look(part):
            playing.cancel()
            await asyncio.wait({playing})
            return part.measured
    await playing
    look(part)
    return part.measured


_shared: Any = None


def _get_ready(*shared: Any) -> None:
    """In each process: keep what all of them share. Ctrl-C is for the process that started them."""
    global _shared
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's process holds the other end of its own queue, and would wait for ever for a parent that was killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _play(share: Share, number: int, of: int) -> Measurement:
    return run(_played(share, number, of))


async def _played(share: Share, number: int, of: int) -> Measurement:
    ready, begun, halted, board = _shared
    try:
        async with share.aboard(number, of) as play:
            if await asyncio.to_thread(ready.wait) == 0:
                begun.value = clock.now() + HEAD_START
            await asyncio.to_thread(ready.wait)

            def look(part: Part) -> bool:
                board[2 * number], board[2 * number + 1] = figures(part.measured)
                return bool(halted.is_set())

            return await watched(play, Part(number, of, begun.value), look)
    except BaseException:
        ready.abort()  # the others would wait for ever
        raise
