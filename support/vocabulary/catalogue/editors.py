"""What Visual Studio Code has to know so that phrases complete, link and are underlined if they are undefined."""

import json
from typing import Any

from support.vocabulary.catalogue.entries import Entry, parameters

#: Types that Cucumber Expressions bring along: an editor knows them.
BUILT_IN = {"int", "float", "word", "string", ""}


def settings(found: list[Entry]) -> str:
    """`.vscode/settings.json` for the extension of the Cucumber team, which cannot read our parameter types itself."""
    kinds = [
        {"name": kind.name, "regexp": "|".join(kind.regexps)} for kind in parameters(found) if kind.name not in BUILT_IN
    ]
    wanted: dict[str, Any] = {
        "cucumber.features": ["features/**/*.feature"],
        "cucumber.glue": ["steps/**/*.py"],
        "cucumber.parameterTypes": kinds,
        "python.defaultInterpreterPath": "${workspaceFolder}/.venv/bin/python",
        "[cucumber]": {"editor.tabSize": 2, "editor.insertSpaces": True},
    }
    return json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"
