"""Mail of the dashboard's reference back end: each is a file of its own, whichever process sends it."""

import subprocess
import sys
from pathlib import Path

FORKS = """
import os, sys
from pathlib import Path
from reference.dashboard.mail import Mailer
mailer = Mailer(Path(sys.argv[1]))
for number in range(3):
    if not os.fork():
        mailer.send("lisa@school.example", "Your code", f"{number}")
        os._exit(0)
    os.wait()
"""


def test_processes_that_are_forks_of_one_overwrite_no_mail(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", FORKS, str(tmp_path)], check=True, cwd=Path(__file__).parents[2])
    assert len(list(tmp_path.iterdir())) == 3
