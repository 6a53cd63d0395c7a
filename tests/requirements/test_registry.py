"""The specs of requirements: complete, and a wrong one is one clear line."""

from pathlib import Path

import pytest

from support.config.requirements import registry
from support.core.errors import SuiteError

#: The numbers of the STP's cases, section by section.
STP = {
    "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7",
    "2.1", "2.2", "2.3",
    "3.1", "3.2", "3.3", "3.4", "3.5", "3.5.1", "3.6", "3.7",
    "4.1", "4.2",
    "5.1", "5.2",
    "6.1", "6.2", "6.3", "6.4",
    "7.1", "7.2", "7.3",
    "8.1", "8.2", "8.3",
}  # fmt: skip

SPEC = """
product = "A chat"
document = "A plan"

[[requirement]]
id = "AB-1"
demands = "It works."
criticality = "normal"
place = { section = "One", number = "1" }
"""


def test_the_chat_book_has_the_32_cases_of_the_stp_and_no_other() -> None:
    cases = [one for one in registry.load()["chat"].requirement if one.place.section != "Beyond the document"]
    assert [case.id for case in cases] == [f"STP-{case.place.number}" for case in cases]
    assert {case.place.number for case in cases} == STP
    assert len(cases) == len(STP) == 32


def test_every_demand_is_one_sentence() -> None:
    for spec in registry.load().values():
        assert [one.id for one in spec.requirement if not one.demands.endswith(".") or ". " in one.demands] == []


def test_ids_are_those_of_a_system_or_of_all() -> None:
    assert registry.ids("chat") <= registry.ids()
    assert registry.ids("no such system") == frozenset()


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("demand =", "demands =", "key 'requirement.0.demands?'"),
        ('"urgent"', '"normal"', "key 'requirement.0.criticality'.*'blocker', 'critical', 'normal' or 'minor'"),
        ('"ab 1"', '"AB-1"', "key 'requirement.0.id'"),
        (
            '"AB-1"\nowner = "me"',
            '"AB-1"',
            "unknown key 'requirement.0.owner'; allowed here: criticality, decided_by, demands, id",
        ),
        ("page = 3, number", "number", "unknown key 'requirement.0.place.page'; allowed here: number, section"),
        ("products", "product", "key 'products?'"),
        ("[[requirement", "[[requirement]]", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_one_line_with_file_and_key(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    (tmp_path / "chat.toml").write_text(SPEC.replace(right, wrong))
    with pytest.raises(SuiteError, match=rf"chat.toml: .*{says}") as error:
        registry.load(tmp_path)
    assert "\n" not in str(error.value)


def test_an_id_stands_once_in_all_books(tmp_path: Path) -> None:
    for name in ("chat", "broker"):
        (tmp_path / f"{name}.toml").write_text(SPEC)
    with pytest.raises(SuiteError, match="AB-1 stands twice"):
        registry.load(tmp_path)
