"""`earshot doctor`: looks at every system of a profile, and says what will run."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence

from support.doctor.examination import Examination
from support.doctor.findings import table
from support.doctor.rehearsal import SOAKS
from support.errors import SuiteError
from support.profile import Profile, load
from support.report.clean_text import for_console
from support.report.redact import everywhere
from support.stages import SYSTEMS, stage_of
from support.verdict import Verdict

#: Seconds that the rehearsal of a book may take.
PATIENCE = 300.0


def main(settings: Sequence[str], system: str | None = None) -> int:
    """Examine, and print a table for each system.

    Args:
        settings: as behave's -D: "profile=NAME".
        system: one system; all that the profile names by default.

    Returns:
        0 if everything is as the profile says, else 3.

    Raises:
        SuiteError: the profile is wrong.
    """
    name = profile_of(settings)
    profile = load(name)
    names = [system] if system else [known for known in SYSTEMS if known in profile.systems]
    unknown = sorted(set(profile.systems) - set(SYSTEMS)) or [one for one in names if one not in profile.systems]
    if unknown or not names:
        told = f"knows nothing of {', '.join(unknown)}" if unknown else "names no system"
        raise SuiteError(f"profile {profile.name}: it {told}; systems there are: {', '.join(SYSTEMS)}")
    well = [_examine(profile, name, one) for one in names]
    return Verdict.GREEN if all(well) else Verdict.STAGE


def profile_of(settings: Sequence[str]) -> str | None:
    """The profile that these settings name.

    Raises:
        SuiteError: they say something else.
    """
    for setting in settings:
        key, _, value = setting.partition("=")
        if key != "profile" or not value:
            raise SuiteError(f"-D {setting}: the doctor takes -D profile=NAME alone")
    return settings[-1].partition("=")[2] if settings else None


def _examine(profile: Profile, name: str | None, system: str) -> bool:
    stage = stage_of(system, profile)(profile, {})
    examination = Examination(stage)
    print(f"{system}: {stage.product}, {stage.described.deployment}{', protected' if stage.protected else ''}")
    asyncio.run(examination.run())
    wrong = [finding for finding in examination.findings if finding.state == "WRONG"]
    print(for_console(everywhere.text(table(examination.findings))))
    if not wrong:
        print(for_console(everywhere.text(_plan(name, system))))
    else:
        print(f"Nothing will run before {len(wrong)} of these are right.\n")
    return not wrong


def _plan(name: str | None, system: str) -> str:
    """What will run, and what will not and why."""
    found = rehearsed(name, system)
    runs, rest = len(found.pop("", [])), sum(map(len, found.values()))
    if not rest:
        return f"All {runs} scenarios will be played.\n"
    lines = [f"{runs} of {runs + rest} scenarios will be played, and {rest} will not:"]
    for reason, titles in sorted(found.items(), key=lambda item: (item[0] == SOAKS, -len(item[1]))):
        lines.append(f"{len(titles):5}  {reason}")
    return "\n".join([*lines, ""])


def rehearsed(name: str | None, system: str) -> dict[str, list[str]]:
    """The titles of a book's scenarios by what keeps them from running; see `rehearsal`.

    Raises:
        SuiteError: the rehearsal itself went wrong.
    """
    command = [sys.executable, "-m", "support.doctor.rehearsal", name or "embedded", system]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode != 0:
        raise SuiteError(f"the rehearsal of {system} went wrong: {done.stderr.strip().rpartition(chr(10))[2]}")
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found
