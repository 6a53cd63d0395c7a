"""A wrong profile is one line that names file, key and what is allowed."""

from pathlib import Path

import pytest

from support.config.profile import load
from support.core.errors import SuiteError


def profile(tmp_path: Path, text: str) -> str:
    path = tmp_path / "staging.toml"
    path.write_text(text)
    return str(path)


def test_the_default_profile_is_valid() -> None:
    assert load().systems["chat"].deployment == "embedded"


def test_every_profile_of_ours_is_valid() -> None:
    for path in (Path(__file__).parents[2] / "profiles").glob("*.toml"):
        load(path.stem)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[systems.chat]\ndeploymnt = 'embedded'", "unknown key 'systems.chat.deploymnt'; allowed here: accounts,"),
        ("[systems.chat.bars]\ndelivery = 1", "key 'systems.chat.bars' is called 'limits' now: rename it"),
        ("[systems.chat.limits]\ndelivry = 1", "unknown key 'systems.chat.limits.delivry'; allowed here: delivery,"),
        ("[systems.chat.limits]\ndelivery = 'soon'", "key 'systems.chat.limits.delivery'"),
        ("[systems.chat.limits]\ndelivery = -1", "greater than 0"),
        ("[systems.chat]\ndeployment = 'moon'", "'embedded', 'external' or 'compose'"),
        ("systems = 3", "key 'systems'"),
        ("[systems.chat", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_one_line_with_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SuiteError) as error:
        load(profile(tmp_path, text))
    assert says in str(error.value)
    assert "staging.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_profile_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(SuiteError, match=r"no file .*profiles here: .*embedded"):
        load("stagign")


def test_the_environment_names_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EARSHOT_PROFILE", profile(tmp_path, "[systems.chat]"))
    assert load().name == "staging"


def test_the_environment_may_name_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load("compose").load.cluster is None
    monkeypatch.setenv("LOAD_CLUSTER", "tcp://scheduler:8786")
    assert load("compose").load.cluster == "tcp://scheduler:8786"
