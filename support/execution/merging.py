"""`earshot merge`: the results of the shards of a run, put together as if one machine had run them all."""

from collections.abc import Sequence
from pathlib import Path

from support.core.errors import SuiteError
from support.reporting import junit, results_file, run_start, shards
from support.reporting.allure_files import ResultFolder
from support.reporting.first_page import history
from support.reporting.run_metadata import gather

REPORTS = Path("reports")


def merge(folders: Sequence[Path], into: Path = REPORTS) -> int:
    """Put results files and Allure results together, and judge the whole.

    A shard that is lost, there twice, or that has not ended is a trouble of the whole.

    Args:
        folders: the `reports` folder of each shard.
        into: where `results.jsonl`, its `history`, `junit` and `allure-results` go; what was there of an earlier run
            goes.

    Returns:
        The exit code, a `Verdict`.

    Raises:
        SuiteError: one of the folders is where the whole goes.
    """
    for folder in folders:
        if folder.resolve() == into.resolve():
            raise SuiteError(f"merge: {folder} is where the whole goes: put the shards elsewhere")
    path, results = run_start.mark(into), ResultFolder(into / "allure-results")
    results.finish()
    for folder in folders:
        if (made := folder / "allure-results").is_dir():
            gather(made, results.path)
    results_file.merge([file for folder in folders if (file := folder / "results.jsonl").exists()], path)
    for trouble in shards.troubles(folders):
        results_file.add(path, trouble)
        results.write_trouble(trouble)
    results.tell_apart()
    whole = results_file.read(path)
    history.keep(into)
    junit.write(whole, into / "junit")
    print(whole)
    return int(whole.verdict)
