"""A portal that shows a password on a page: neither the words of the page nor a picture of it get into the report."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.drivers.clients.browser import NO_BROWSER, is_here

HOUSE = Path(__file__).parents[2]
MARK = "planted-in-every-secret"
#: Plain behave, in which every secret that the run makes up can be told by its beginning.
BEHAVE = f"""
import secrets, sys
made_up = secrets.token_urlsafe
secrets.token_urlsafe = lambda size=32: {MARK!r} + made_up(size)
from behave.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
FEATURE = "features/broker/2_4_portal.feature"


@pytest.mark.skipif(not is_here(), reason=NO_BROWSER)
@pytest.mark.parametrize("fault", [None, "shows-passwords-as-roles"])
def test_no_page_that_shows_a_password_is_in_the_report(tmp_path: Path, fault: str | None) -> None:
    for name in ("steps", "environment.py", "pyproject.toml", "features", "profiles"):
        (tmp_path / name).symlink_to(HOUSE / name)
    arguments = [FEATURE, "--tags=@TC-PT-008", *(["-D", f"server.fault={fault}"] if fault else [])]
    command = [sys.executable, "-c", BEHAVE, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    left = [path for path in (tmp_path / "reports").rglob("*") if path.is_file()]
    told = {path.name: path.read_bytes().decode(errors="replace") for path in left}
    told["console"] = done.stdout + done.stderr
    assert (done.returncode != 0) == bool(fault), told["console"]
    assert {name for name, text in told.items() if MARK.lower() in text.lower()} == set()
    assert any(".png" in name for name in told) == (not fault)
    if fault:
        assert "does not say that the role of user A is user" in told["console"]
        assert "***" in told["console"]
