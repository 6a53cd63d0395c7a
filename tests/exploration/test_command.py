"""`earshot explore`, on the reference chat server."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "reports/found"
#: Seeds that no other test has: what is found is named after them.
SEEDS = range(900_001, 900_010)


@pytest.fixture(autouse=True)
def _swept() -> None:
    for seed in SEEDS:
        for path in FOUND.glob(f"chat_{seed}*"):
            path.unlink()


def explore(*arguments: str) -> "subprocess.Popen[str]":
    code = "import sys; from support.cli.main import main; sys.argv[0] = 'earshot'; main()"
    command = [sys.executable, "-c", code, "explore", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]", within: float = 60) -> tuple[str, str]:
    """What it has said when it has ended; it is killed if it does not."""
    try:
        return process.communicate(timeout=within)
    finally:
        process.kill()


def test_a_clean_server_gives_no_alarm() -> None:
    process = explore("chat", "--walks", "4", "--length", "6", "--seed", str(SEEDS[0]))
    said, progress = ended(process, 120)
    assert (process.returncode, said) == (0, f"seed {SEEDS[0]}\nnothing found\n")
    assert "4 walks" in progress


def test_a_seeded_fault_is_found_and_told_as_a_scenario_that_fails_by_itself() -> None:
    fault = "server.fault=loses-all-messages"
    process = explore("chat", "--walks", "2", "--length", "6", "--seed", str(SEEDS[1]), "-D", fault)
    said, _ = ended(process, 300)
    assert process.returncode == 1, said
    path = FOUND / f"chat_{SEEDS[1]}.feature"
    text = path.read_text(encoding="utf-8")
    assert "@found @STP-" in text
    assert f"found: {path.relative_to(ROOT)}" in said
    assert "failed on chat with server.fault=loses-all-messages: the product failed" in said


def test_several_processes_find_what_one_would_and_tell_it_once() -> None:
    fault = "server.fault=duplicates"  # which shows at once, and is not waited for
    process = explore("chat", "--walks", "4", "--length", "6", "--seed", str(SEEDS[3]), "--jobs", "2", "-D", fault)
    said, progress = ended(process, 300)
    assert process.returncode == 1, said
    assert f"--seed {SEEDS[3]} --jobs 2` has found this" in said
    titles = [line for line in said.splitlines() if line.startswith("  Scenario:")]
    assert len(titles) == len(set(titles)) > 0
    assert "Traceback" not in progress


def test_what_is_wrong_in_one_of_several_processes_is_told_in_a_line() -> None:
    told = []
    for jobs in ("1", "2"):
        process = explore("chat", "--jobs", jobs, "--seed", str(SEEDS[4]), "-D", "server.lag=often")
        told.append((*ended(process, 60), process.returncode))
    assert told[0] == told[1]
    assert told[0][-1] != 0
    assert "Traceback" not in told[0][1]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_at_once(jobs: str) -> None:
    process = explore("chat", "--walks", "1000", "--seed", str(SEEDS[2]), "--jobs", jobs)
    assert process.stdout
    process.stdout.readline()
    try:
        process.wait(8)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    said, _ = ended(process)
    assert process.returncode == 2, said
    assert said.endswith("the run was interrupted\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "name a system"),
        (("nowhere",), "there is no spec 'nowhere'"),
        (("chat", "-D", "sever.fault=x"), "there is no setting 'sever.fault'"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_told_in_a_line(arguments: tuple[str, ...], complaint: str) -> None:
    process = explore(*arguments)
    _, trouble = ended(process)
    assert process.returncode == 2
    assert complaint in trouble
    assert "Traceback" not in trouble
