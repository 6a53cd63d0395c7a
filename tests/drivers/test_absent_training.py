"""What the product lacks is known before its scenario begins, in a run as it is."""

import subprocess
import sys
from pathlib import Path

PROFILE = """
[systems.training]
deployment = "embedded"

[systems.training.driver]
lacks = ["completion"]
"""


def test_nothing_is_played_of_what_the_product_lacks(tmp_path: Path) -> None:
    profile = tmp_path / "lacking.toml"
    profile.write_text(PROFILE)
    chosen = ["--name", "can be completed once", "features/training/4_sessions.feature"]
    command = [sys.executable, "-m", "behave", "-D", f"profile={profile}", "-D", "allure=off", *chosen]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "0 passed, 1 absent" in done.stdout
    assert "\n0 steps passed, 0 failed" in done.stdout
