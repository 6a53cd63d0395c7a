from pathlib import Path

import pytest

from support.core.errors import EarshotError
from support.core.tools import node
from support.reporting import html
from support.reporting.allure_files import ResultFolder
from support.reporting.outcome import Trouble

needs_node = pytest.mark.skipif(node.find() is None, reason="no Node.js with npm on this machine")


@needs_node
def test_a_report_is_one_file_that_calls_nobody(tmp_path: Path) -> None:
    ResultFolder(tmp_path / html.RESULTS).write_trouble(Trouble("after_all", "suite", "broke", "broke", ""))
    report = html.build(tmp_path)
    text = report.read_text(encoding="utf-8")
    assert report == tmp_path / "reports" / "allure" / "index.html"
    assert len(text) > 1_000_000, "the page is not whole"
    assert "googletagmanager" not in text
    assert len((tmp_path / ".earshot" / "history.jsonl").read_text().splitlines()) == 1
    html.build(tmp_path)
    assert len((tmp_path / ".earshot" / "history.jsonl").read_text().splitlines()) == 2


def test_without_results_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EarshotError, match="run the scenarios first"):
        html.build(tmp_path)


def test_without_node_the_results_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "find", lambda: None)
    ResultFolder(tmp_path / html.RESULTS).write_trouble(Trouble("after_all", "suite", "broke", "broke", ""))
    with pytest.raises(html.NoGenerator, match="install Node"):
        html.build(tmp_path)
    assert len(list((tmp_path / html.RESULTS).iterdir())) == 1


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (html.HOME / "package-lock.json").read_text()
