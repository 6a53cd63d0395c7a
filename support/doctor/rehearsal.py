"""Which scenarios a profile does not let run, and why, found without a word to the system.

Each scenario is played against the real driver, in a process in which the interpreter itself lets nothing out: no
connection, no process (`sys.addaudithook`). What somebody does is taken to have succeeded once it comes to its first
word to the system; what the suite cannot do is said before that, as in a run. What only the system's answers would
tell, this does not find.

    python -m support.doctor.rehearsal PROFILE SYSTEM    prints JSON: reason -> titles; "" for what nothing hinders
"""

import asyncio
import inspect
import json
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import jwt
from behave.model import Scenario, Step

from support.actors import Actor
from support.deployments.control import Control
from support.errors import NotCapable
from support.lint import source
from support.lint.vocabulary import Phrase
from support.lint.vocabulary import load as load_phrases
from support.profile import Bars, Load, Profile, SystemProfile, load
from support.scene import Scene
from support.stage import Deployment, Stage
from support.stages import stage_of
from support.systems.people import Account

HERE = Path(__file__).parents[2]
#: What leaves a process, by the interpreter's own names (docs.python.org/3/library/audit_events.html).
_WAYS_OUT = ("socket.connect", "socket.sendto", "subprocess.Popen", "os.posix_spawn", "os.fork", "os.system", "os.kill")
#: Seconds that each wait of a rehearsal takes, and that a step may take.
_SHORTEST, _PATIENCE = 0.001, 0.3
#: What people are taken to hold who would have signed in.
_TOKEN = jwt.encode({"sub": "somebody"}, "a secret of nobody's, and of decent length")
SOAKS = "it takes as long as its document says: ask for it by --tags=@soak"


class _Doors:
    """Whether nothing leaves this process, once `_let_nothing_out` watches it."""

    shut = True


_doors = _Doors()


class NothingLeaves(Exception):  # noqa: N818 - the end of a step's rehearsal
    """A step has come to its first word to the system."""


class Rehearsal(Scene):
    """A scene whose people get accounts that may not exist, and whose processes are only looked for."""

    async def _account(self, role: str, lifetime: float | None) -> Account:
        try:
            return await super()._account(role, lifetime)
        except NotCapable:
            raise
        except Exception:  # the system would have had to be asked
            return self._leased[-1] if self._leased else Account(f"{role.replace(' ', '-')}@example.com", "made up")

    def _enlist(self, role: str, account: Account) -> Actor:
        actor = super()._enlist(role, account)
        for name in ("token", "renewal", "refresh_token"):
            if hasattr(actor.client, name):
                setattr(actor.client, name, _TOKEN)
        _presume_success(actor.client)
        return actor

    def control(self, name: str) -> Control:
        super().control(name)
        raise NothingLeaves


def _presume_success(client: object) -> None:
    """Have each verb of a client end well once it comes to its first word to the system."""

    def presumed(verb: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def play(*arguments: Any, **named: Any) -> Any:
            with suppress(NothingLeaves):
                return await verb(*arguments, **named)

        return play

    for name, _ in inspect.getmembers(type(client), inspect.iscoroutinefunction):
        if not name.startswith("_"):
            setattr(client, name, presumed(getattr(client, name)))


def rehearse(profile: Profile, system: str) -> dict[str, list[str]]:
    """Rehearse a book.

    Returns:
        The titles of its scenarios by what keeps them from running; by "" those that nothing does, as far as we know.
    """
    phrases = load_phrases(HERE / "steps")
    hurried = profile.model_copy(update={"systems": {system: _hurried(profile.systems[system])}})
    hurried.load = Load(most=_SHORTEST)
    found: dict[str, list[str]] = defaultdict(list)
    sys.addaudithook(_let_nothing_out)
    with _deployed(stage_of(system, profile)(profile, {})) as deployment:
        for scenario in _scenarios(system):
            stage = stage_of(system, profile)(hurried, {})
            stage.deployment = deployment
            soaks = "soak" in scenario.effective_tags
            found[SOAKS if soaks else asyncio.run(_limit(stage, scenario, phrases))].append(source.title(scenario))
    return dict(found)


@contextmanager
def _deployed(stage: Stage) -> Iterator[Deployment]:
    """The deployment, behind closed doors; one of our own is really there, for only then is it known where."""
    stage.deployment = stage.deploy()
    with asyncio.Runner() as runner:
        try:
            _doors.shut = False
            if stage.described.deployment == "embedded":
                runner.run(stage.deployment.open())
            _doors.shut = True
            yield stage.deployment
        finally:
            _doors.shut = False
            if stage.described.deployment == "embedded":
                runner.run(stage.deployment.close())


async def _limit(stage: Stage, scenario: Scenario, phrases: list[Phrase]) -> str:
    """What keeps a scenario from running; nothing if nothing does."""
    scene = _scene(stage)
    try:
        return await _first_limit(scene, scenario, phrases)
    finally:
        with suppress(Exception):  # nothing was opened
            await stage.let_go()


async def _first_limit(scene: Scene, scenario: Scenario, phrases: list[Phrase]) -> str:
    for step in scenario.all_steps:
        try:
            async with asyncio.timeout(_PATIENCE):
                await _play(scene, step, phrases)
        except NotCapable as limit:
            return str(limit)
        except Exception:  # it came to the system, or missed what an earlier step would have heard from it
            continue
    return ""


def _scene(stage: Stage) -> Rehearsal:
    stage.lease = stage.leased()
    stage.take_up(protecting=stage.protected)
    return Rehearsal("a rehearsal", stage)


async def _play(scene: Scene, step: Step, phrases: list[Phrase]) -> None:
    phrase = next(phrase for phrase in phrases if phrase.fits(step))
    arguments: list[Any] = [argument.value for argument in phrase.matcher.match(step.name).arguments]
    await phrase.function(scene, *arguments, *([step.table] if step.table is not None else []))


def _scenarios(system: str) -> list[Scenario]:
    files = sorted((HERE / "features" / system).rglob("*.feature"))
    return [played for file in files for written in source.read(file).scenarios for played in source.played(written)]


def _hurried(described: SystemProfile) -> SystemProfile:
    """The same system, for which nothing is waited."""
    bars = Bars.model_validate(dict.fromkeys(Bars.model_fields, _SHORTEST))
    return described.model_copy(update={"bars": bars})


def _let_nothing_out(event: str, arguments: tuple[Any, ...]) -> None:
    if _doors.shut and event in _WAYS_OUT and not (event == "socket.connect" and isinstance(arguments[1], str | bytes)):
        raise NothingLeaves(event)


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        print(json.dumps(rehearse(load(sys.argv[1]), sys.argv[2])))
