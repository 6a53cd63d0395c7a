"""`earshot explore`."""

import random
from pathlib import Path

from support.core.clean_text import for_console
from support.core.exit_codes import Verdict, headline
from support.environments.embedded import process_supervision
from support.execution import running
from support.execution.launch import Launch
from support.verification.exploration import found, sharing
from support.verification.exploration.exploration import Exploration
from support.verification.exploration.explorer import FlakyWalk
from support.verification.exploration.lines import as_gherkin
from support.verification.exploration.progress import ExplorationProgress
from support.vocabulary.lint.source import FOUND


def explored(exploration: Exploration, jobs: int = 1) -> None:
    """Explore, and tell how far it is; see `Exploration.play`.

    Args:
        exploration: what is asked for.
        jobs: in how many processes, each of which has a system of its own.
    """
    progress = ExplorationProgress(exploration.seconds)
    exploration.look = progress.look
    try:
        sharing.play(exploration, jobs) if jobs > 1 else exploration.play()
    finally:
        if exploration.discoveries:
            progress.end(exploration.discoveries)
            for form, reason in exploration.discoveries.lacking.items():
                print(f'left out: "{form.partition(" ")[2]}", for {reason}')


def main(exploration: Exploration, jobs: int = 1) -> int:
    """Explore a system, and write down what was found.

    Args:
        exploration: what is asked for.
        jobs: in how many processes.

    Returns:
        The exit code, a `Verdict`.

    Raises:
        EarshotError: see `Exploration.play`. What was found until then is written all the same.
    """
    process_supervision.interrupt_on_termination()
    print(f"seed {exploration.seed}", flush=True)
    try:
        explored(exploration, jobs)
    finally:
        path = _written(exploration, jobs)
    flaky_walks = exploration.discoveries.flaky_walks if exploration.discoveries else []
    if exploration.interrupted:
        kinds = ["interrupted", *(["product"] if path or flaky_walks else [])]
        print(headline(kinds))
        return int(Verdict.of(kinds))
    if path:
        settings = [part for setting in exploration.settings for part in ("-D", setting)]
        code = running.run(Launch([str(path), *settings, "--no-color"]))
        print(
            f"`earshot report` shows it with its message chart; `earshot explore {exploration.system} --keep` keeps it"
        )
        return code or int(Verdict.PRODUCT)
    print(headline(["flaky"]) if flaky_walks else "nothing found")
    return int(Verdict.PRODUCT if flaky_walks else Verdict.GREEN)


def keep(system: str | None) -> int:
    """Move what was found into the features folder. Raises `SuiteError` if there is nothing."""
    for path in found.keep(system):
        print(f"kept: {path}")
    return 0


def any_seed() -> int:
    """A random seed."""
    return random.SystemRandom().randrange(1, 1_000_000)


def _written(exploration: Exploration, jobs: int) -> Path | None:
    """Write findings and flaky walks; where the findings are."""
    discoveries = exploration.discoveries
    if discoveries is None:
        return None
    for number, flaky_walk in enumerate(discoveries.flaky_walks, 1):
        path = FOUND / f"{exploration.system}_{exploration.seed}_flaky_{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told(flaky_walk), encoding="utf-8")
        print(f"flaky: {path}")
    if not discoveries.counterexamples:
        return None
    path = found.write(exploration.system, exploration.seed, discoveries.counterexamples, jobs)
    print(f"found: {path}")
    for one in discoveries.repetitions:
        print(f'of the same cause, at another phrase: "{one.lines[-1].text}"')
    print(for_console(path.read_text(encoding="utf-8")))
    return path


def told(flaky_walk: FlakyWalk) -> str:
    """A walk that failed once, and the record of both times."""
    first, second = flaky_walk.results
    parts = ["It failed once, and passed when it was played again.", as_gherkin(flaky_walk.lines)]
    for which, one in (("First", first), ("Then", second)):
        parts.append(f"{which}: {one.outcome.status}. {one.outcome.message or ''}\n\n{one.transcript}")
    return "\n\n".join(parts)
