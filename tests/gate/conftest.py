"""A small house: features of one system, and the results file that a run of them could have left."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Line = dict[str, Any]
House = Callable[..., Path]


def scenario(title: str, tags: str) -> str:
    """The text of a scenario of one step."""
    return f"\n  {tags}\n  Scenario: {title}\n    When user A waves\n"


def ended(title: str, text: str, system: str, status: str, **more: Any) -> Line:
    """The results file's line on a scenario of that feature text."""
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.endswith(f"Scenario: {title}"))
    place = {"file": f"features/{system}/1_all.feature", "line": line}
    return {"scenario": title, "feature": "All", **place, "tags": [system], "status": status, **more}


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Builds it from `{title: (tags, how it ended)}`: a status, a results file line's fields, or None for left out."""

    def build(system: str, scenarios: dict[str, tuple[str, Any]], *more: Line) -> Path:
        text = f"@{system}\nFeature: All\n" + "".join(scenario(name, tags) for name, (tags, _) in scenarios.items())
        lines: list[Line] = []
        for title, (_, end) in scenarios.items():
            if end is not None:
                fields = end if isinstance(end, dict) else {"status": end}
                lines.append(ended(title, text, system, **fields))
        files = {
            f"features/{system}/1_all.feature": text,
            "reports/results.jsonl": "".join(json.dumps(line) + "\n" for line in [*lines, *more]),
        }
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path

    return build
