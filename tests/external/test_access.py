"""What a profile takes from the environment, and the profiles that there are."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from support.config.access import Commands, Tls, filled
from support.config.account_pool import Lease
from support.config.known_failures import KnownFailure
from support.config.profile import LeasedAccount, Limits, Profile, SystemProfile, load
from support.core.errors import NotSupported, SuiteError
from support.environments.systems import SYSTEMS, class_of

PROFILES = Path(__file__).parents[2] / "profiles"


def test_variables_are_filled_in_wherever_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "chat.example.org")
    found = filled({"a": ["http://${HOST}:${PORT:-80}"], "b": 3, "c": "${HOST:-elsewhere}"}, "key")
    assert found == {"a": ["http://chat.example.org:80"], "b": 3, "c": "chat.example.org"}


def test_a_variable_that_is_not_set_is_named_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHAT_ADDRESS", raising=False)
    with pytest.raises(SuiteError, match=r"deployed/chat: systems\.chat\.address: set .* CHAT_ADDRESS"):
        SYSTEMS["chat"](load("deployed/chat"), {})


def test_commands_are_left_to_the_shell() -> None:
    described = SystemProfile.model_validate({"controls": {"Redis": {"start": "start ${NOWHERE}"}}})
    assert described.filled("here").controls["Redis"].start == "start ${NOWHERE}"


def test_no_password_stands_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PW", "open sesame")
    with pytest.raises(SuiteError, match=r"here\.stores\.redis: no password belongs into a file"):
        SystemProfile.model_validate({"stores": {"redis": "redis://u:secret@h/0"}}).filled("here")
    well = SystemProfile.model_validate({"stores": {"redis": "redis://u:${PW}@h/0"}}).filled("here")
    assert well.stores["redis"] == "redis://u:open sesame@h/0"


async def test_an_account_that_is_meant_for_somebody_goes_to_nobody_else() -> None:
    lease = Lease([LeasedAccount(login="boss", role="the company owner"), LeasedAccount(login="anybody")])
    assert (await lease.take("user A")).login == "anybody"
    with pytest.raises(NotSupported, match="user B needs an account, and all 2"):
        await lease.take("user B")
    assert (await lease.take("the company owner")).login == "boss"


@pytest.mark.parametrize("path", sorted(PROFILES.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_profile_is_valid_with_the_options_of_its_drivers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"\$\{(\w+)\}", path.read_text()):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    profile = load(str(path.relative_to(PROFILES).with_suffix("")))
    for name in profile.systems:
        if profile.systems[name].deployment != "compose":
            class_of(name, profile)(profile, {})


def keys(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def test_the_example_has_every_key() -> None:
    example: dict[str, Any] = tomllib.loads((PROFILES / "example.toml").read_text())
    systems = list(example["systems"].values())
    given = {key for system in systems for key in system}
    assert given >= keys(SystemProfile) - {"server", "speaks"}  # those of servers that are started here
    assert set(example["load"]) == keys(type(Profile.model_fields["load"].default))
    assert set(example["known_failures"][0]) == keys(KnownFailure)
    assert {key for system in systems for key in system.get("limits", {})} == keys(Limits)
    assert {key for system in systems for key in system.get("tls", {})} == keys(Tls)
    assert {key for system in systems for one in system.get("controls", {}).values() for key in one} == keys(Commands)
    assert {key for system in systems for one in system.get("accounts", []) for key in one} == keys(LeasedAccount)
    for name, sut in SYSTEMS.items():
        assert set(example["systems"][name]["driver"]) == keys(sut.Options), name


def test_the_example_says_what_each_key_means() -> None:
    lines = (PROFILES / "example.toml").read_text().splitlines()
    bare = [
        line
        for number, line in enumerate(lines)
        if re.match(r"[\w\"]", line) and "#" not in line and "#" not in "".join(lines[max(0, number - 14) : number])
    ]
    assert bare == []
