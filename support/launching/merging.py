"""`earshot merge`: the results of the shards of a run, put together as if one machine had run them all."""

from collections.abc import Sequence
from pathlib import Path

from support.errors import SuiteError
from support.overview import history
from support.report import ledger
from support.report.properties import gather
from support.report.results import ResultFolder

REPORTS = Path("reports")


def merge(folders: Sequence[Path], into: Path = REPORTS) -> int:
    """Put ledgers and Allure results together, and judge the whole.

    Args:
        folders: the `reports` folder of each shard.
        into: where `ledger.jsonl`, its `history` and `allure-results` go; what was there of an earlier run goes.

    Returns:
        The exit code, a `Verdict`.

    Raises:
        SuiteError: a folder has no ledger: a shard that left nothing may hide a failure.
    """
    for folder in folders:
        if not (folder / "ledger.jsonl").exists():
            raise SuiteError(f"merge: there is no ledger.jsonl in {folder}: has that shard run?")
        if folder.resolve() == into.resolve():
            raise SuiteError(f"merge: {folder} is where the whole goes: put the shards elsewhere")
    results = ResultFolder(into / "allure-results")
    results.clear()
    for folder in folders:
        gather(folder / "allure-results", results.path)
    results.tell_apart()
    whole = ledger.merge([folder / "ledger.jsonl" for folder in folders], into / "ledger.jsonl")
    history.keep(into)
    print(whole)
    return int(whole.verdict)
