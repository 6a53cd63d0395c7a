"""Mutants: which there are, which are drawn, and which scenarios meet them."""

import subprocess
from pathlib import Path

import pytest
from coverage import CoverageData

from support.core.errors import SuiteError
from support.verification.coverage.contexts import BETWEEN, START
from support.verification.coverage.measurement import Measured
from support.verification.mutation import equivalents, mutants
from support.verification.mutation.mutants import Mutant
from support.verification.mutation.trial import reaching

CODE = """LIMIT = 3


def admitted(name, known):
    if name in known:
        return len(known) < LIMIT
    return False
"""
QUICK, SLOW = "features/chat/1.feature:9 A user is known", "features/chat/1.feature:3 A user is unknown"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text('[tool.mutmut]\nsource_paths = ["reference"]\n')
    code = Path("reference/chat/doors.py")
    code.parent.mkdir(parents=True)
    code.write_text(CODE)
    return code


def found(file: Path, before: str, after: str) -> Mutant:
    return next(one for one in mutants.all_of([file]) if one.change == (before, after))


def test_a_mutant_is_one_small_change_that_leaves_the_file_alone(file: Path) -> None:
    mutant = found(file, "if name in known:", "if name not in known:")
    assert mutant.line == 5
    assert mutant.code == CODE.replace("name in known", "name not in known")
    assert mutant.compiles
    assert file.read_text() == CODE


def test_a_seed_draws_the_same_ones_each_time(file: Path) -> None:
    every = mutants.all_of([file])
    drawn = mutants.sample(every, 2, seed=1)
    assert len(drawn) == 2
    assert drawn == mutants.sample(every, 2, seed=1)
    assert drawn != mutants.sample(every, 2, seed=2)
    assert drawn == mutants.sample(every, 5, seed=1)[:2], "a larger sample begins with a smaller one"
    assert sorted(mutants.sample(every, None, seed=1), key=every.index) == every


def test_one_more_mutant_changes_nothing_for_the_others_that_are_drawn(file: Path) -> None:
    every = mutants.all_of([file])
    fewer = [one for one in every if one != every[0]]
    assert mutants.sample(fewer, None, seed=1) == [one for one in mutants.sample(every, None, seed=1) if one in fewer]


def test_only_what_has_changed_since_a_commit(file: Path) -> None:
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Begin"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *identity, *command], check=True)
    file.write_text(CODE.replace("return False", "return None"))
    changed = mutants.changed_since(mutants.all_of([file]), "HEAD")
    assert {mutant.line for mutant in changed} <= {7}
    assert not mutants.changed_since(mutants.all_of([file])[:1], "HEAD")
    with pytest.raises(SuiteError, match="no-such-commit"):
        mutants.changed_since(mutants.all_of([file]), "no-such-commit")


@pytest.mark.parametrize(("line", "lines"), [(1, [1]), (5, [5]), (6, [6]), (7, [7])])
def test_a_line_belongs_to_the_innermost_statement_or_its_head(line: int, lines: list[int]) -> None:
    assert list(mutants.statement(CODE, line)) == lines


@pytest.mark.parametrize(
    ("context", "scenarios"),
    [(QUICK, [QUICK]), (START, [QUICK, SLOW]), (BETWEEN, [QUICK, SLOW]), ("features/other.feature:1 Else", [])],
)
def test_the_scenarios_that_reach_it_come_cheapest_first(file: Path, context: str, scenarios: list[str]) -> None:
    data = CoverageData(no_disk=True)
    data.set_context(context)
    data.add_arcs({str(file.resolve()): [(5, 6), (6, -4)]})
    measured = Measured(data, {SLOW: 2.0, QUICK: 0.1}, [], "")
    assert reaching(found(file, "if name in known:", "if name not in known:"), measured) == scenarios


@pytest.mark.parametrize(
    ("before", "after"),
    [("LIMIT = 3", "LIMIT = 4"), ("return len(known) < LIMIT", "return len(known) <= LIMIT")],
)
def test_of_all_scenarios_those_come_first_that_reach_it_or_what_depends_on_it(
    file: Path, before: str, after: str
) -> None:
    data = CoverageData(no_disk=True)
    for context, arcs in ((START, [(1, 4)]), (BETWEEN, [(6, -4)]), (SLOW, [(5, 6)]), (QUICK, [(5, 7)])):
        data.set_context(context)
        data.add_arcs({str(file.resolve()): arcs})
    measured = Measured(data, {SLOW: 2.0, QUICK: 0.1}, [], "")
    assert reaching(found(file, before, after), measured) == [SLOW, QUICK]


def test_what_is_set_once_is_met_by_all_who_use_it(tmp_path: Path) -> None:
    file = tmp_path / "client.py"
    file.write_text(
        "def ask(self, best):\n    if not self.client:\n        self.client = best\n    return self.client()\n"
    )
    data = CoverageData(no_disk=True)
    for context, arcs in ((QUICK, [(2, 3), (3, 4)]), (SLOW, [(2, 4)])):
        data.set_context(context)
        data.add_arcs({str(file.resolve()): arcs})
    measured = Measured(data, {SLOW: 2.0, QUICK: 0.1}, [], "")
    assert reaching(found(file, "self.client = best", "self.client = None"), measured) == [QUICK, SLOW]


def test_a_judgement_is_found_by_the_texts_of_the_change(file: Path, tmp_path: Path) -> None:
    judged = tmp_path / "equivalents.toml"
    judged.write_text(
        f'[[mutant]]\nfile = "{file}"\nbefore = "LIMIT = 3"\nafter = "LIMIT = 4"\nreason = "Nobody counts."\n'
        "[[kind]]\npattern = '''not in known'''\nreason = \"Nobody is known.\"\nsystems = [\"chat\"]\n"
    )
    known = equivalents.load(judged)
    assert known.reason(found(file, "LIMIT = 3", "LIMIT = 4"), "chat") == "Nobody counts."
    assert known.reason(found(file, "if name in known:", "if name not in known:"), "chat") == "Nobody is known."
    assert known.reason(found(file, "if name in known:", "if name not in known:"), "threads") is None
    assert known.reason(found(file, "LIMIT = 3", "LIMIT = None"), "chat") is None
    judged.write_text('[[mutant]]\nfile = "x"\nbefore = "y"\nafter = "z"\n')
    with pytest.raises(SuiteError, match="reason"):
        equivalents.load(judged)


def judged(tmp_path: Path, line: str, change: tuple[str, str], system: str = "chat") -> str | None:
    """What the kept judgements say of a change of a line."""
    file = tmp_path / "settings.py"
    file.write_text(f"def settings(known, log, fetch, request, user):\n    {line}\n")
    return equivalents.load().reason(found(file, *change), system)


def test_what_help_says_is_no_mistake_but_a_default_is_one(tmp_path: Path) -> None:
    line = 'known.add_argument("--port", metavar="N", default=8, help="where")'
    assert judged(tmp_path, line, (line, line.replace("where", "WHERE")))
    assert judged(tmp_path, line, (line, line.replace('"N"', '"n"')))
    assert judged(tmp_path, line, (line, line.replace("8", "9"))) is None
    line = 'patience: float = option(30.0, "how long", kind=known)'
    assert judged(tmp_path, line, (line, line.replace("how", "HOW").replace("long", "LONG")))
    assert judged(tmp_path, line, (line, line.replace('"how long"', "None")))
    assert judged(tmp_path, line, (line, line.replace("30.0", "31.0"))) is None


def test_the_case_of_sql_is_no_mistake_but_its_words_are_one(tmp_path: Path) -> None:
    line = 'return fetch("SELECT name FROM users WHERE id = %s")'
    assert judged(tmp_path, line, (line, line.replace("SELECT name FROM users WHERE", "select name from users where")))
    assert judged(tmp_path, line, (line, line.replace('"SELECT', '"XXSELECT').replace('%s"', '%sXX"'))) is None


def test_the_case_of_what_sql_quotes_and_of_what_stands_beside_it_is_a_mistake(tmp_path: Path) -> None:
    line = """return fetch('select "userId" from users where active')"""
    assert judged(tmp_path, line, (line, line.replace("userId", "userid"))) is None
    line = """return fetch("select name from users where state = 'away'")"""
    assert judged(tmp_path, line, (line, line.replace(line[14:-2], line[14:-2].upper()))) is None
    line = 'return fetch("delete from users where id = :id", user["id"])'
    assert judged(tmp_path, line, (line, line.replace('user["id"]', 'user["ID"]'))) is None
    line = 'return fetch(user, "update")'
    assert judged(tmp_path, line, (line, line.replace("update", "UPDATE"))) is None


def test_what_a_log_says_is_no_mistake_but_a_field_that_is_not_there_is_one(tmp_path: Path) -> None:
    line = 'log.warning("%s has gone", user["id"])'
    assert judged(tmp_path, line, (line, line.replace("%s has gone", "%S HAS GONE")))
    assert judged(tmp_path, line, (line, line.replace('"id"', '"XXidXX"'))) is None


def test_the_case_of_a_header_is_no_mistake_but_its_name_is_one(tmp_path: Path) -> None:
    line = 'return request.headers.get("Origin")'
    assert judged(tmp_path, line, (line, line.replace("Origin", "ORIGIN")))
    assert judged(tmp_path, line, (line, line.replace("Origin", "XXOriginXX"))) is None
    line = 'return request.headers.get("Origin", "").partition(" ")'
    assert judged(tmp_path, line, (line, line.replace("Origin", "origin")))
    assert judged(tmp_path, line, (line, line.replace("partition", "rpartition"))) is None


@pytest.mark.usefixtures("file")
def test_the_words_of_a_refusal_are_no_mistake_but_its_code_and_details_are_one() -> None:
    def excused(line: str, old: str, new: str) -> str | None:
        return judged(Path("reference/threads"), line, (line, line.replace(old, new)), "threads")

    Path("reference/threads").mkdir()
    line = 'raise Rejected(409, "It is taken", code="TAKEN")'
    assert excused(line, "It is taken", "IT IS TAKEN")
    assert excused(line, '"It is taken"', "None")
    assert excused(line, "TAKEN", "taken") is None
    assert excused(line, "409", "410") is None
    line = 'raise invalid("It is wrong", "name is too long")'
    assert excused(line, "name is too long", "XXname is too longXX")
    assert excused(line, ', "name is too long"', ", ") is None
