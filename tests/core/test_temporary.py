"""Whatever the suite keeps for a while lies in a folder with an owner, so that the next run can sweep it away."""

import re
from pathlib import Path

SUPPORT = Path(__file__).parents[2] / "support"


def test_every_temporary_folder_has_an_owner() -> None:
    strange = re.compile(r"tempfile\.(mkdtemp|TemporaryDirectory|mkstemp|NamedTemporaryFile)")
    found = [path.name for path in SUPPORT.rglob("*.py") if strange.search(path.read_text(encoding="utf-8"))]
    assert found == ["temporary_folders.py"]


def test_every_behave_that_is_started_dies_with_us() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SUPPORT.rglob("*.py")}
    starting = {name for name, text in texts.items() if '"-m", "behave"' in text}
    assert starting == {"behave_forks.py", "distributed.py", "running.py"}
    assert starting <= {name for name, text in texts.items() if "process_supervision.mortal(" in text}
