"""What the machine lacks is the environment's fault, and is named with what to do about it."""

import errno
import os
import subprocess
import sys

import pytest

from support.core.errors import EnvironmentFailure, SuiteError
from support.core.redaction import Redactor
from support.core.resource_shortage import blame_the_machine, shortage
from support.core.transcript import Transcript
from support.drivers.clients.http import Http
from support.environments.embedded import postgres
from support.environments.embedded.training import TrainingDeployment
from support.environments.embedded.workspace import Workspace
from support.reporting.judging import trouble


def lack(code: int, file: str | None = None) -> OSError:
    return OSError(code, os.strerror(code), file) if file else OSError(code, os.strerror(code))


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (lack(errno.EMFILE), "ulimit -n"),
        (lack(errno.EADDRNOTAVAIL), "ip_local_port_range"),
        (lack(errno.EADDRINUSE), "taken by another process"),
        (lack(errno.ENOSPC, "/tmp/x"), "no space left"),
        (lack(errno.EAGAIN), "ulimit -u"),
        (lack(errno.EACCES, "reports/results.jsonl"), "reports/results.jsonl: this account may not use it"),
        (lack(errno.EROFS, "reports"), "reports: its disk can only be read"),
        (lack(errno.ENOTDIR, "reports/allure"), "reports/allure: a file stands where a folder has to be"),
        (RuntimeError("can't start new thread"), "ulimit -u"),
        (MemoryError(), "no memory left"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"), "set TMPDIR"),
    ],
)
def test_a_lack_is_named_and_the_environments_fault(error: Exception, says: str) -> None:
    assert says in shortage(error)
    assert trouble("the run", error, Redactor()).kind == "environment"
    assert says in trouble("the run", error, Redactor()).message


@pytest.mark.parametrize(
    "error", [lack(errno.ECONNREFUSED), lack(errno.EACCES), lack(errno.ENOENT, "x"), KeyError("x")]
)
def test_what_others_do_is_no_lack(error: Exception) -> None:
    assert shortage(error) == ""
    blame_the_machine(error)
    assert trouble("the run", error, Redactor()).kind == "suite"


def test_what_is_said_to_people_keeps_whose_fault_it_is() -> None:
    error = SuiteError("there is no such profile")
    error.__cause__ = lack(errno.EACCES, "own.toml")
    assert trouble("the run", error, Redactor()).kind == "suite"


def test_causes_that_refer_to_each_other_are_looked_at_once() -> None:
    inner = KeyError("x")
    whole = ExceptionGroup("starts", [inner])
    inner.__context__ = whole
    assert shortage(whole) == ""
    whole.__cause__ = lack(errno.EMFILE)
    assert "ulimit -n" in shortage(inner)


async def test_a_request_that_we_cannot_send_is_not_the_systems_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Http("http://127.0.0.1:9", patience=1.0)

    def lacking(*_: object, **__: object) -> None:
        raise lack(errno.EADDRNOTAVAIL)

    monkeypatch.setattr(client._session, "request", lacking)
    with pytest.raises(EnvironmentFailure, match="no free port left"):
        await client.request(Transcript(Redactor()).of("user A"), "GET", "/")
    await client.close()


def test_what_only_words_are_left_of_is_found() -> None:
    with pytest.raises(EnvironmentFailure, match="no free port left"):
        blame_the_machine(RuntimeError("Cannot connect to host 127.0.0.1:1 [Cannot assign requested address]"))


async def test_a_folder_for_temporary_files_that_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Workspace:
        raise lack(errno.ENOSPC, "/tmp")

    monkeypatch.setattr("support.environments.embedded.embedded.Workspace", full)
    with pytest.raises(EnvironmentFailure, match="nothing can be started here: there is no space left on the disk"):
        await TrainingDeployment().open()


def ran(code: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("hard", "left"), [(64, ""), (300, "(256, 300)\n")])
def test_few_descriptors_are_raised_where_they_can_be_and_said_where_not(hard: int, left: str) -> None:
    code, out, errors = ran(
        f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (64, {hard}))\n"
        "from support.core.resource_shortage import see_enough_descriptors as see\n"
        "see(); print(r.getrlimit(r.RLIMIT_NOFILE))"
    )
    assert (code == 0, out) == (bool(left), left)
    assert left or "may open only 64 files and connections: raise `ulimit -n` to 256 at least" in errors


def test_a_user_without_a_name_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    with pytest.raises(EnvironmentFailure, match=r"user id 12345 has no entry in /etc/passwd.*>> /etc/passwd"):
        postgres._see_that_we_have_a_name()


def test_a_command_says_it_in_one_line() -> None:
    code, _, errors = ran(
        "import support.cli.main as cli\ndef app(): raise PermissionError(13, 'Permission denied', 'reports')\n"
        "cli.app = app; cli.main()"
    )
    assert code == 3
    assert errors.startswith("earshot: reports: this account may not use it")
