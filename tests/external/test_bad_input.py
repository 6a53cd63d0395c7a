"""What is wrong with a profile, or with what it speaks of, is one clear line, and the system is left alone."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE, STDOUT
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

import pytest

from support.config.profile import load
from support.core.errors import EnvironmentFailure, SuiteError
from support.core.exit_codes import Verdict
from support.drivers.stores.versions import version
from support.environments.systems import SYSTEMS
from support.reporting import results_file
from tests.drivers.deployed_chat import USERS
from tests.drivers.deployed_training import deployed_training
from tests.external.standin import Certificates, profile, served

LEASED = 'accounts = [{ login = "Lisa", password_env = "PW_LISA" }, { login = "Avi", password_env = "PW_AVI" }]'
#: What may be asked of a system before it is known: whether it is there, and which one it is.
HARMLESS = {"POST /log_in", "GET /get_contacts_list/nobody", "GET /socket.io/"}


async def trouble(path: str, system: str = "chat") -> str:
    """What a run would say that opens this system; it would end with exit code 3."""
    sut = SYSTEMS[system](load(path), {})
    with pytest.raises(EnvironmentFailure) as error:
        await sut.open()
    assert "\n" not in str(error.value)
    return str(error.value)


async def test_no_such_host(tmp_path: Path) -> None:
    assert "there is no such host" in await trouble(profile(tmp_path, "http://nowhere.invalid:5000"))


async def test_a_closed_port(tmp_path: Path) -> None:
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    assert f"{address} cannot be reached: nothing listens there" in await trouble(profile(tmp_path, address))


async def test_plain_http_where_tls_is_expected(tmp_path: Path) -> None:
    async with served() as (chat, address):
        said = await trouble(profile(tmp_path, address.replace("http", "https")))
        assert "it does not speak TLS: is it a plain http:// address?" in said
        assert chat.asked == set()


async def test_tls_where_plain_http_is_spoken(tmp_path: Path) -> None:
    async with served(Certificates(tmp_path).for_server()) as (_, address):
        said = await trouble(profile(tmp_path, address.replace("https", "http")))
        assert "does it expect https://?" in said


async def test_an_expired_certificate(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    past = datetime.now(UTC) - timedelta(days=1)
    async with served(certificates.for_server(until=past)) as (chat, address):
        trusting = f'[systems.chat.tls]\nauthority = "{certificates.authority}"'
        assert "not accepted: certificate has expired" in await trouble(profile(tmp_path, address, trusting))
        assert chat.asked == set()


async def test_a_certificate_of_an_authority_that_nobody_has_named(tmp_path: Path) -> None:
    async with served(Certificates(tmp_path).for_server()) as (_, address):
        assert "its certificate is not accepted" in await trouble(profile(tmp_path, address))


async def test_nobody_can_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PW_LISA", "wrong")
    monkeypatch.setenv("PW_AVI", "wrong")
    async with served() as (chat, address):
        chat.locked = True
        said = await trouble(profile(tmp_path, address, accounts=LEASED))
        assert said == "none of the 2 accounts that the profile names can sign in: Invalid credentials"
        assert chat.asked == HARMLESS


async def test_a_password_that_is_not_to_be_had_is_the_profiles_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PW_LISA", raising=False)
    with pytest.raises(SuiteError, match="set the environment variable PW_LISA"):
        await SYSTEMS["chat"](load(profile(tmp_path, "http://127.0.0.1:1", accounts=LEASED)), {}).open()


async def test_another_system_than_the_profile_says(tmp_path: Path) -> None:
    async with deployed_training() as (training, address):
        said = await trouble(profile(tmp_path, address))
        assert said == f"chat: what answers at {address} is not a chat system: are two profiles mixed up?"
        assert training.sessions == {}
    async with served() as (chat, address):
        path = tmp_path / "training.toml"
        path.write_text(f'[systems.training]\ndeployment = "external"\naddress = "{address}"\nlimits.opening = 0.3')
        assert "is not a training system: are two profiles mixed up?" in await trouble(str(path), "training")
        assert chat.asked == {"GET /api/scenarios"}


async def test_a_store_of_another_kind_or_version(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database")
    with pytest.raises(EnvironmentFailure, match=r"sqlite at .*text\.db cannot be looked into: this is no SQLite file"):
        await version("sqlite", str(tmp_path / "text.db"))
    async with served() as (_, address):
        place = address.removeprefix("http://")
        for kind in ("redis", "postgres"):
            with pytest.raises(EnvironmentFailure, match=f"{kind} at {place}/0 cannot be looked into|did not answer"):
                await version(kind, f"{kind}://looker:open%20sesame@{place}/0")


async def test_a_store_of_another_version(tmp_path: Path) -> None:
    async with deployed_training() as (_, address):
        with closing(sqlite3.connect(tmp_path / "chattrain.db")) as database:
            database.execute("CREATE TABLE messages (content text)")
        path = tmp_path / "training.toml"
        path.write_text(
            f'[systems.training]\ndeployment = "external"\naddress = "{address}"\n'
            f'stores = {{ sqlite = "{tmp_path}/chattrain.db" }}\nversions = {{ sqlite = "2" }}'
        )
        said = await trouble(str(path), "training")
        assert "chattrain.db is of version 3." in said
        assert said.endswith("and the profile wants 2")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[systems.chat]\ndeployment = 'external'", "systems.chat: an external deployment needs its address"),
        ("[systems.chat]\ndeployment = 'external'\naddress = 'chat.example.org'", "begin with http:// or https://"),
        (
            "[systems.chat]\ndeployment = 'external'\naddress = 'https://h'\ntls.authority = '/nowhere.pem'",
            "systems.chat.tls: these files cannot be used: /nowhere.pem",
        ),
        ("[systems.chat]\ntls.verify = false", "unknown key 'systems.chat.tls.verify'; allowed here: authority"),
        ("[systems.chat.controls.Redis]\ncut = 'x'", "'cut' needs one for 'heal'"),
        ("[systems.chat.controls.Redis]\nstart = 'x'\nwithin = 0", "greater than 0"),
    ],
)
async def test_a_wrong_profile_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(SuiteError) as error:
        await SYSTEMS["chat"](load(str(path)), {}).open()
    assert says in str(error.value)
    assert "\n" not in str(error.value)


async def test_the_doctor_ends_with_the_exit_code_for_a_system_that_is_not_there(tmp_path: Path) -> None:
    code, said = await ended(f"earshot doctor -D profile={profile(tmp_path, 'http://nowhere.invalid:5000')}")
    assert code == Verdict.ENVIRONMENT
    assert "there is no such host" in said
    assert "Traceback" not in said


async def test_a_run_ends_with_the_same_line(tmp_path: Path) -> None:
    verdict, said = await played(tmp_path, profile(tmp_path, "http://nowhere.invalid:5000"), "5_keep_alive")
    assert verdict == Verdict.ENVIRONMENT
    assert "there is no such host" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("echo no such unit; exit 5", "`echo no such unit; exit 5` failed with exit code 5: no such unit"),
        ("sleep 60", "`sleep 60` took longer than 0.5 s, and was ended"),
    ],
)
async def test_a_command_that_does_not_do_its_work_is_no_fault_of_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, says: str
) -> None:
    monkeypatch.setenv("PW_LISA", USERS["Lisa"])
    monkeypatch.setenv("PW_AVI", USERS["Avi"])
    commands = f'[systems.chat.controls.Postgres]\nstop = "{command}"\nstart = "true"\nwithin = 0.5'
    async with served() as (chat, address):
        path = profile(tmp_path, address, commands, accounts=LEASED)
        verdict, said = await played(tmp_path, path, "7_databases_unavailable", "--name=7.3 .* Postgres")
        assert verdict == Verdict.ENVIRONMENT
        assert f"Postgres: {says}" in said
        assert chat.asked <= HARMLESS


async def test_the_exit_code_for_a_wrong_profile(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[systems.chat]\nadress = 'x'")
    code, said = await ended(f"earshot doctor -D profile={path}")
    assert (code, "unknown key 'systems.chat.adress'" in said) == (2, True)


async def played(folder: Path, path: str, feature: str, *more: str) -> tuple[Verdict, str]:
    """The verdict of a run of the chat spec's feature on a profile, which `earshot run` ends with, and what it said."""
    file = folder / "results"
    kept = ["-D", "allure=off", "-D", f"results={file}"]
    _, said = await ended(f"behave -D profile={path}", *kept, *more, f"features/chat/{feature}.feature")
    return results_file.read(file).verdict, said


async def ended(command: str, *more: str) -> tuple[int | None, str]:
    """The exit code of a program of ours, and what it said."""
    program, *words = command.split()
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name(program), *words, *more, stdout=PIPE, stderr=STDOUT
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


EMBEDDED = "features/training/1_ways_in.feature"
SETTINGS = [
    ("profil=staging", "there is no setting 'profil'; did you mean profile?"),
    ("sever.fault=forgets", "there is no setting 'sever.fault'; did you mean server.fault?"),
    ("fault=forgets", "there is no setting 'fault'; did you mean server.fault?"),
    ("profile=", "-D profile=: it is empty"),
    ("server.brust=1", "the server has no option 'brust'; did you mean 'burst'?"),
    ("server.fault=nonsense", "an option of the server is wrong: there is no fault 'nonsense'"),
    ("server.burst=many", "an option of the server is wrong: argument --burst: invalid"),
]


@pytest.mark.parametrize(("setting", "says"), SETTINGS)
async def test_a_setting_that_nobody_reads_is_refused(tmp_path: Path, setting: str, says: str) -> None:
    file = tmp_path / "results"
    given = ["-D", setting, "-D", "allure=off", "-D", f"results={file}", EMBEDDED]
    code, said = await ended("behave", *given)
    assert code == 1
    assert says in said
    assert "usage:" not in said
    run = results_file.read(file)
    assert run.verdict == Verdict.SUITE  # the exit code of `earshot run`
    assert {outcome.status for outcome in run.outcomes} <= {"not run", "broken"}
    assert says in str(run)


async def test_watch_refuses_a_setting_that_no_save_would_mend() -> None:
    code, said = await ended("earshot watch", EMBEDDED, "-D", "profil=staging")
    assert (code, said.count("\n")) == (2, 1)
    assert "did you mean profile?" in said


@pytest.mark.parametrize("command", ["repeat", "kill-matrix training"])
async def test_a_command_that_takes_no_settings_refuses_them(command: str) -> None:
    code, said = await ended(f"earshot {command} -D profil=staging")
    assert code == 2
    assert "No such option" in said


@pytest.mark.parametrize(
    ("table", "overrides", "says"),
    [
        ("", {"fault": "forgets"}, "-D server.fault: only the embedded reference back end takes options"),
        ("server = { lag = '0-300ms' }", {}, "systems.chat.server: only the embedded reference back end takes options"),
    ],
)
async def test_options_of_a_server_that_is_not_ours_are_refused(
    tmp_path: Path, table: str, overrides: dict[str, str], says: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"[systems.chat]\ndeployment = 'external'\naddress = 'http://127.0.0.1:1'\n{table}")
    with pytest.raises(SuiteError) as error:
        await SYSTEMS["chat"](load(str(path)), overrides).open()
    assert says in str(error.value)


async def test_an_option_in_a_profile_that_no_server_takes_is_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[systems.training]\nserver = { brust = 25 }")
    with pytest.raises(SuiteError, match="the server has no option 'brust'; did you mean 'burst'"):
        await SYSTEMS["training"](load(str(path)), {}).open()


def test_an_option_for_a_process_that_there_is_not_is_refused() -> None:
    with pytest.raises(SuiteError, match="there is no process 'wroker'; there are: main, proxy, worker, portal"):
        SYSTEMS["broker"](load(), {"wroker.retry-interval": "1"}).deploy()


async def test_the_verdict_names_what_was_tested_where_it_is_not_the_default(tmp_path: Path) -> None:
    path = profile(tmp_path, "http://nowhere.invalid:5000")
    file = tmp_path / "results"
    await ended(f"behave -D profile={path} -D allure=off -D results={file} features/chat/5_keep_alive.feature")
    assert f" on chat of profile {Path(path).stem} at http://nowhere.invalid:5000" in str(results_file.read(file))
