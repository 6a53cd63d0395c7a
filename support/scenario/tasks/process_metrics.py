"""What the processes under test need while a load goes on: memory, processor and open files, where they are seen."""

from collections.abc import Callable, Mapping
from functools import partial

import psutil

from support.core.errors import NotSupported
from support.environments.faults.control import Control
from support.load import charts
from support.load.metrics_sampler import Probe
from support.scenario.tasks.resource_usage import MEGABYTE, pids
from support.scenario.world import World
from support.vocabulary.terms.faults import DATABASES

#: What is looked at -> its unit.
VITALS = {"Memory": "megabytes", "Processor": "per cent of one processor", "Open files": "files and connections"}
_FIGURES: dict[str, Callable[[psutil.Process], float]] = {
    "Memory": lambda process: process.memory_info().rss / MEGABYTE,
    "Processor": lambda process: process.cpu_percent(),
    "Open files": lambda process: process.num_fds(),
}


def probes(world: World) -> dict[str, Probe]:
    """What to ask about each process of a server; a database of many processes tells more by its connections."""
    controls = world.sut.deployment.controls.values()
    seen = {name: pid for one in controls for name, pid in _processes(one).items()}
    return {
        _line(vital, name): _probe(pid, figure)
        for name, pid in seen.items()
        if name not in DATABASES or name == "Redis"
        for vital, figure in _FIGURES.items()
    }


def _processes(control: Control) -> dict[str, Callable[[], int]]:
    """The processes of a control that can be seen from here: what each is called, and what tells its present id."""
    members = [one for one in getattr(control, "members", [control]) if hasattr(one, "pid")]
    if members:
        return {one.name: partial(getattr, one, "pid") for one in members}
    try:
        ids = pids(control)
    except NotSupported:
        return {}
    return {f"{control.name}{f' {number}' * (len(ids) > 1)}": partial(int, id) for number, id in enumerate(ids, 1)}


def draw(world: World, faults: Mapping[str, float]) -> None:
    """Attach a picture of each, with all processes in it."""
    lines = world.dispatch.lines
    for vital, unit in VITALS.items():
        found = {name.removeprefix(_line(vital, "")): line for name, line in lines.items() if name.startswith(vital)}
        if found:
            title = f"{vital} of each process while the load went on"
            world.attach(title, charts.timeline(title, unit, found, faults), "svg")


def _line(vital: str, process: str) -> str:
    return f"{vital} of the {process}"


def _probe(id_now: Callable[[], int], figure: Callable[[psutil.Process], float]) -> Probe:
    known: dict[int, psutil.Process] = {}

    async def probe() -> float:
        pid = id_now()
        try:
            if pid not in known:
                known[pid] = psutil.Process(pid)
            return float(figure(known[pid]))
        except psutil.Error:  # it is gone, or is not ours to look at
            return 0.0

    return probe
