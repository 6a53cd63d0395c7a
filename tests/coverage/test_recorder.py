"""What a process of a reference back end has executed is known, scenario by scenario, even when it is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from behave.formatter.base import StreamOpener

from support.reporting.outcome import Outcome, RunResults
from support.verification.coverage import measurement
from support.verification.coverage.contexts import START, ScenarioContexts

SERVER = """import sys

def answer(word):
    if word == "greet":
        return "hello"
    return "what?"

for line in sys.stdin:
    print(answer(line.strip()), flush=True)
"""
#: Its data take so long that another thread, which blocks no signal, gets the next one meanwhile.
BUSY_COVERAGE = """import os, signal, threading

def interrupt():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.pthread_kill(threading.get_ident(), signal.SIGALRM)

class Coverage:
    inside = False

    def __init__(self, **how):
        self.start = self.switch_context = self.set_query_context = lambda *said: None
        self.get_data = lambda: self

    def measured_files(self):
        if self.inside:
            os._exit(3)
        self.inside = True
        other = threading.Thread(target=interrupt)
        other.start()
        other.join()
        self.inside = False
        return []
"""
#: What is left when Python has taken the handlers of signals away takes its time.
SLOW_END = """
import time

class Last:
    def __del__(self, sleep=time.sleep):
        sleep(0.3)

sys.last = Last()
"""
GREETS, FALLS_THROUGH = (4, 5), (4, 6)


class Toy:
    """A server with one branch, which is asked on its standard input."""

    def __init__(self, home: Path, module: Path) -> None:
        command = [sys.executable, "-m", f"reference.{module.stem}"]
        search = {"PYTHONPATH": f"{home}{os.pathsep}{module.parents[1]}"}
        self.process = subprocess.Popen(
            command, cwd="/", env=os.environ | search, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, word: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """The code of the toy."""
    file = tmp_path / "reference/toy.py"
    file.parent.mkdir()
    (file.parent / "__init__.py").touch()
    file.write_text(SERVER)
    return file


@pytest.fixture
def home(tmp_path: Path, module: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a measurement."""
    monkeypatch.setattr(measurement, "measured_files", lambda part: [module])
    monkeypatch.setattr(measurement, "KEPT", tmp_path / "kept")
    (tmp_path / "home").mkdir()
    measurement.prepare(tmp_path / "home", "toy")
    return tmp_path / "home"


@pytest.fixture
def toy(home: Path, module: Path) -> Iterator[Toy]:
    """The toy, up."""
    served = Toy(home, module)
    assert served.ask("anything") == "what?"
    yield served
    served.process.kill()
    served.process.communicate()


def begins(contexts: ScenarioContexts, line: int) -> str:
    scenario: Any = SimpleNamespace(filename="features/toy.feature", line=line, name="A toy answers")
    contexts.scenario(scenario)
    return f"features/toy.feature:{line} A toy answers"


def test_each_branch_is_known_by_its_scenario_and_outlives_a_kill(home: Path, module: Path, toy: Toy) -> None:
    contexts = ScenarioContexts(StreamOpener(str(home / "contexts.txt")), SimpleNamespace(userdata={}))  # type: ignore[arg-type]
    first = begins(contexts, 3)
    assert toy.ask("greet") == "hello"
    second = begins(contexts, 9)
    assert toy.ask("something else") == "what?"
    begins(contexts, 12)
    toy.process.send_signal(signal.SIGKILL)
    toy.process.wait()
    data = measurement.merged("toy", home)

    def of(context: str) -> set[tuple[int, int]]:
        data.set_query_context(context)
        return set(data.arcs(str(module)) or ())

    assert FALLS_THROUGH in of(START)
    assert GREETS in of(first)
    assert FALLS_THROUGH not in of(first)
    assert FALLS_THROUGH in of(second)
    assert GREETS not in of(second)


def test_a_process_that_has_the_id_of_a_former_one_is_left_alone(home: Path) -> None:
    contexts = ScenarioContexts(StreamOpener(str(home / "contexts.txt")), SimpleNamespace(userdata={}))  # type: ignore[arg-type]
    command = [sys.executable, "-S", "-c", "import sys; print(sys.stdin.readline())", "reference.other"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        (home / f"{other.pid}.log").touch()
        begins(contexts, 3)
        assert other.communicate(b"still here\n")[0].strip() == b"still here"


def test_what_is_new_is_written_without_being_asked(home: Path, toy: Toy) -> None:
    log = home / f"{toy.process.pid}.log"
    assert toy.ask("greet") == "hello"
    while f"[{GREETS[0]}, {GREETS[1]}]" not in log.read_text():
        assert toy.ask("greet") == "hello"


def test_a_signal_waits_while_another_is_handled(home: Path, module: Path) -> None:
    (home / "coverage.py").write_text(BUSY_COVERAGE)
    served = Toy(home, module)
    assert served.ask("greet") == "hello"
    begins(ScenarioContexts(StreamOpener(str(home / "contexts.txt")), SimpleNamespace(userdata={})), 3)  # type: ignore[arg-type]
    assert served.ask("greet") == "hello"
    served.process.communicate()
    assert served.process.returncode == 0


def test_a_process_that_ends_while_it_is_watched_ends_well(home: Path, module: Path) -> None:
    module.write_text(SERVER + SLOW_END)
    served = Toy(home, module)
    assert served.ask("greet") == "hello"
    served.process.communicate()
    assert served.process.returncode == 0


def test_what_is_red_is_played_once_more_and_is_no_reason_to_know_nothing(
    module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measurement, "measured_files", lambda part: [module])
    monkeypatch.setattr(measurement, "KEPT", tmp_path / "kept")
    asked: list[str] = []

    def play(arguments: list[str], environment: dict[str, str]) -> RunResults:
        home = Path(environment["PYTHONPATH"].split(os.pathsep)[0])
        for _ in range(2):  # the formatters of two runs, one after the other
            ScenarioContexts(StreamOpener(str(home / "contexts.txt")), SimpleNamespace(userdata={}))  # type: ignore[arg-type]
        (home / "1.log").write_text(f'{{"context": "(start)", "file": "{module}", "arcs": [[4, 5]]}}\n')
        asked.extend(arguments[:-4])
        late, slow = (
            Outcome(name, "1", "features/toy.feature", 1, [], "failed", "product") for name in ("late", "slow")
        )
        still = replace(late, scenario="still", status="broken", kind="stalled")
        first = replace(late, status="passed", kind=None) if len(asked) > 1 else late
        return RunResults(1, [first, slow, still])

    monkeypatch.setattr("support.execution.behave_process.run", play)
    found = measurement.measure("toy")
    assert asked == ["features/toy", *["features/toy.feature:1"] * 3]
    assert len(found.seconds) == 3
    assert found.bad == ["features/toy.feature:1 slow: None"]


def test_half_a_line_of_a_process_that_died_is_passed_over(home: Path, module: Path) -> None:
    whole = f'{{"context": "(start)", "file": "{module}", "arcs": [[4, 5]]}}\n'
    (home / "1.log").write_text(whole + whole[:20])
    data = measurement.merged("toy", home)
    assert data.arcs(str(module)) == [GREETS]
