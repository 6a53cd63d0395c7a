"""A feature file that cannot be played as it stands: one line with file and line, wherever one looks."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from pathlib import Path

import pytest

from support.core.exit_codes import Verdict
from support.reporting import results_file

ROOT = Path(__file__).parents[2]
GOOD = "@training\nFeature: f\n  Scenario: s\n    Given pilot user 1 is online\n"
#: what is wrong -> (the file's bytes, what stands behind its name)
UNREADABLE = {
    "not UTF-8": (GOOD.replace("f\n", "fü\n", 1).encode("latin-1"), ":2: the file is not UTF-8: save it as UTF-8"),
    "unknown language": (b"# language: xx\n" + GOOD.encode(), ":1: there is no language 'xx'"),
    "open text": (GOOD.encode() + b'      """\n', ":5: this text is never closed"),
    "tag with a blank": (b"@STP 3.1\n" + GOOD.encode(), ":1: '3.1' is no tag"),
    "no rows": (
        GOOD.encode() + b"  Scenario Outline: o\n    When a <x>\n",
        ":5: an outline without Examples never runs",
    ),
}
#: what is wrong with one scenario -> (what is added to a good one, what it is told)
UNPLAYABLE = {
    "a table": ("      | a |\n      | b |\n", ":4: this phrase takes no table"),
    "a text": ('      """\n      b\n      """\n', ":4: this phrase takes no text below it"),
    "a step in the description": ("", ":4: 'pilot user 1 is online' is read as a description"),
}


@pytest.fixture(autouse=True)
def _vocabulary(tmp_path: Path) -> None:
    """behave looks for hooks and steps beside the features."""
    for name in ("environment.py", "steps"):
        (tmp_path / name).symlink_to(ROOT / name)


async def ended(*command: str) -> tuple[int | None, str]:
    program = Path(sys.executable).with_name(command[0])
    process = await asyncio.create_subprocess_exec(
        program, *command[1:], stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, cwd=ROOT
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def played(folder: Path, path: Path) -> tuple[str, int | None, Verdict]:
    """What behave says of a file, its exit code, and the verdict with which `earshot run` would end."""
    kept = folder / "results"
    code, said = await ended("behave", "-D", "allure=off", "-D", f"results={kept}", str(path))
    return said, code, results_file.read(kept).verdict


@pytest.mark.parametrize("name", UNREADABLE)
async def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.feature"
    content, says = UNREADABLE[name]
    path.write_bytes(content)
    said, code, verdict = await played(tmp_path, path)
    assert f"bad.feature{says}" in said
    assert "Traceback" not in said
    assert (code, verdict) == (1, Verdict.SUITE)


@pytest.mark.parametrize("name", UNPLAYABLE)
async def test_a_step_that_cannot_be_played_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.feature"
    more, says = UNPLAYABLE[name]
    path.write_text(
        GOOD + more if more else GOOD.replace("Given pilot", "pilot") + "    Given pilot user 2 is online\n"
    )
    said, code, verdict = await played(tmp_path, path)
    assert f"bad.feature{says}" in said
    assert "Traceback" not in said
    assert (code, verdict) == (1, Verdict.SUITE)


async def test_earshot_run_ends_with_the_line_and_its_exit_code_in_several_processes_too(tmp_path: Path) -> None:
    path = tmp_path / "bad.feature"
    path.write_bytes(UNREADABLE["unknown language"][0])
    code, said = await ended("earshot", "run", "--jobs", "2", "-D", "allure=off", str(path))
    assert code == Verdict.SUITE
    assert "bad.feature:1: there is no language 'xx'" in said
    assert "Traceback" not in said


async def test_a_byte_order_mark_and_a_description_with_the_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "good.feature"
    described = GOOD.replace("    Given", "    The server may take a moment.\n    An hour, they say.\n    Given")
    path.write_bytes(b"\xef\xbb\xbf" + described.encode())
    said, code, verdict = await played(tmp_path, path)
    assert (code, verdict) == (0, Verdict.GREEN), said


async def test_every_undefined_step_of_a_scenario_is_told_what_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "bad.feature"
    path.write_text(GOOD + "    When Alice logs out\n    * user A sees an error\n    Then Bob recieves nothing\n")
    said, code, _ = await played(tmp_path, path)
    assert code == 1
    for line, wrote, meant in [
        (5, "When Alice logs out", "When {user} signs out"),
        (6, "* user A sees an error", "Then {user} is refused"),
        (7, "Then Bob recieves nothing", "Then {users} receive/receives nothing else"),
    ]:
        assert f"no step definition matches '{wrote}'; did you mean:\n" in said, line
        assert f"  {meant}\n" in said
    assert "in line 7: no step definition" in said
