"""The rules' lists, from `rules.toml` and `tags.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads((_HERE / "rules.toml").read_text(encoding="utf-8"))


@cache
def tags() -> dict[str, dict[str, str]]:
    """Kind of tag -> tag -> meaning."""
    return tomllib.loads((_HERE / "tags.toml").read_text(encoding="utf-8"))


@cache
def wire_words() -> re.Pattern[str]:
    """Every word of the wire, in one expression."""
    loose = "|".join(pattern for patterns in rules()["words"].values() for pattern in patterns)
    exact = "|".join(pattern for patterns in rules()["exact"].values() for pattern in patterns)
    return re.compile(f"(?i:{loose})|{exact}")
