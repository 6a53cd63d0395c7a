"""What each behave process of a run imports, the step files with it: for the fork server that they come from."""

from pathlib import Path

import support.reporting.allure
import support.reporting.results_file
import support.reporting.runner  # noqa: F401 - as [tool.behave] names them
from support.reporting import step_files
from support.scenario.run import vocabulary

vocabulary()
step_files.read_ahead(Path.cwd() / "steps")
