"""`earshot new-system NAME`: a new system, from its first scenario down to the wire, ready to be made one's own.

With `--plays SPEC` it is a driver that plays a spec which is there already. What is written works at once against a
server that speaks the few requests of its driver; against nothing it says so.
"""

import keyword
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from support.core.errors import SuiteError
from support.environments.systems import SYSTEMS

#: What is written for a driver, by the template it is made from.
DRIVER = {
    "init.py.j2": "support/drivers/{name}/__init__.py",
    "options.py.j2": "support/drivers/{name}/options.py",
    "driver.py.j2": "support/drivers/{name}/driver.py",
    "client.py.j2": "support/drivers/{name}/client.py",
    "profile.toml.j2": "profiles/{name}.toml",
}
#: The same for a spec of its own.
SPEC = {
    "1_first.feature.j2": "features/{name}/1_first.feature",
    "2_messages.feature.j2": "features/{name}/2_messages.feature",
    "requirements.toml.j2": "support/config/requirements/{name}.toml",
}
_SYSTEMS = "support/environments/systems/__init__.py"
_TAGS = "support/vocabulary/lint/tags.toml"


def main(name: str, root: Path = Path(), plays: str | None = None) -> int:
    """Write the skeleton of a system into a checkout, and say what to do next.

    Args:
        name: of the system, the tag of its features and the name of its folders.
        root: the checkout.
        plays: the spec that it is to be played by; one of its own if None.

    Returns:
        The exit code.

    Raises:
        SuiteError: the name will not do, something of that name is there already, or this is no checkout. Then nothing
            has been written.
    """
    if plays is None:
        facts = _facts(name) | {"server": f"{name} server", "speaks": ""}
        changes = _written(name, root, DRIVER | SPEC, facts) | _listed(name, root) | _tagged(name, root)
        then, spec = "`earshot steps --write` and `behave", name
    elif plays not in SYSTEMS:
        raise SuiteError(f"there is no spec {plays!r} to play: it is one of {', '.join(SYSTEMS)}")
    else:
        facts = _facts(name) | {"spec": plays, "server": SYSTEMS[plays].server, "speaks": name}
        changes = _written(name, root, DRIVER, facts) | _listed(name, root)
        then, spec = "`behave", plays
    for path, text in changes.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{name}: {len(changes)} files are new or know of it now:")
    for path in changes:
        print(f"  {path.relative_to(root)}")
    print(f"Next: set its address in profiles/{name}.toml, then {then} -D profile={name} features/{spec}`.")
    print("How to go on: docs/drivers.md")
    return 0


def _written(name: str, root: Path, what: Mapping[str, str], facts: Mapping[str, str]) -> dict[Path, str]:
    """The new files with their contents."""
    if not re.fullmatch(r"[a-z][a-z0-9]{1,30}", name) or keyword.iskeyword(name):
        raise SuiteError(f'{name!r} is no name for a system: it takes small letters and digits, as in "helpdesk"')
    files = {template: root / path.format(name=name) for template, path in what.items()}
    folders = [root / folder / name for folder in ("features", "reference", "support/drivers")]
    there = [path for path in (*folders, *files.values()) if path.exists()]
    if there:
        raise SuiteError(f"there is a {there[0].relative_to(root)} already: choose another name, or remove it first")
    templates = _templates()
    return {path: _in_order(templates.get_template(template).render(facts)) for template, path in files.items()}


def _in_order(text: str) -> str:
    """A text with its imports sorted: where those of the new system belong depends on its name."""
    imports = r"(?:^from support\.\S+ import .*\n)+"
    return re.sub(imports, lambda block: "".join(sorted(block[0].splitlines(keepends=True))), text, flags=re.MULTILINE)


def _listed(name: str, root: Path) -> dict[Path, str]:
    """The list of languages with that of the driver in it."""

    def imported(found: re.Match[str]) -> str:
        return f"from support.drivers import {', '.join(sorted([*found[1].split(', '), name]))}"

    systems = root / _SYSTEMS
    text = re.sub(r"^from support\.drivers import (.+)$", imported, _read(systems), flags=re.MULTILINE)
    text = re.sub(r"^LANGUAGES = \((.+?),?\)$", rf"LANGUAGES = (\1, {name}.LANGUAGE)", text, flags=re.MULTILINE)
    return {systems: text}


def _tagged(name: str, root: Path) -> dict[Path, str]:
    """The list of tags with that of the spec in it."""
    tags = root / _TAGS
    return {tags: re.sub(r"(\[system\]\n(?:\w+ = .*\n)+)", rf'\1{name} = "{name}"' + "\n", _read(tags))}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"this is no checkout of Earshot: {error}") from error


def _facts(name: str) -> dict[str, str]:
    return {"name": name, "spec": name, "kind": name.capitalize(), "id": name.upper()}


def _templates() -> Environment:
    loader = PackageLoader("support.cli.scaffold")
    return Environment(loader=loader, undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
