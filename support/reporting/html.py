"""`make report`: the Allure results as one HTML file that opens by a double click.

The generator is Allure 3 from npm, pinned in package.json. The lock names no registry: it was written by
`npm install --package-lock-only --omit-lockfile-registry-resolved`.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from support.core.errors import EarshotError
from support.core.tools import node
from support.core.tools.node import Node

HOME = Path(__file__).resolve().parents[2]
RESULTS = Path("reports/allure-results")
REPORT = Path("reports/allure/index.html")
_TELEMETRY = re.compile(
    r"<script async src=\"https://www\.googletagmanager\.com[^>]*></script>\s*<script>.*?</script>", re.DOTALL
)


class NoGenerator(EarshotError):  # noqa: N818 - a tool that is not there
    """Node or the generator is missing. The raw results are untouched."""


def build(folder: Path) -> Path:
    """Generate the report.

    Args:
        folder: where `reports/allure-results` is, and where `reports/allure` and the history, `.earshot/`, go.

    Returns:
        The path of the HTML file.

    Raises:
        NoGenerator: what is missing, and how to install it.
        EarshotError: there are no results, or the generator failed; says what it said.
    """
    if not any((folder / RESULTS).glob("*-result.json")):
        raise EarshotError(f"no results in {folder / RESULTS}: run the scenarios first, for instance `make acceptance`")
    found = _node()
    _install(found)
    shutil.rmtree((folder / REPORT).parent, ignore_errors=True)
    (folder / ".earshot").mkdir(exist_ok=True)
    generator = str(HOME / "node_modules" / ".bin" / "allure")
    config = str(HOME / "allurerc.mjs")
    _call([generator, "generate", "--config", config, str(RESULTS)], found, "Allure", folder)
    _strip_telemetry(folder / REPORT)
    return folder / REPORT


def _node() -> Node:
    if found := node.find():
        return found
    raise NoGenerator(
        f"no Node.js >= {node.OLDEST} with npm here, so no HTML report (the raw results are in {RESULTS}): "
        "`make setup` brings it, or install Node.js 22"
    )


def _install(found: Node) -> None:
    """`npm ci`, unless what the lock asks for is there already."""
    wanted = hashlib.sha256((HOME / "package-lock.json").read_bytes()).hexdigest()
    stamp = HOME / "node_modules" / ".earshot-lock"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    try:
        _call([*found.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], found, "npm", HOME)
    except EarshotError as error:
        raise NoGenerator(f"the report generator could not be installed: {error}") from error
    stamp.write_text(wanted)


def _call(command: list[str], found: Node, name: str, folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=found.environment | {"ALLURE_NO_ANALYTICS": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " / ".join(line.strip() for line in done.stdout.splitlines()[-3:])
        raise EarshotError(f"{name} failed with exit code {done.returncode}: {said}")


def _strip_telemetry(report: Path) -> None:
    """The generator's page calls an analytics service, which has no business in an acceptance report."""
    report.write_text(_TELEMETRY.sub("", report.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> int:
    """Build the report of the current folder and say where it is. Exit code 1: it could not be built."""
    try:
        print(f"report: {build(Path.cwd())}")
    except EarshotError as error:
        print(f"report: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
