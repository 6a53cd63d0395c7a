"""What a profile does not let run, known before the first byte is sent: by a dry run in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from behave.model import Scenario

from support.core.errors import Absent, NotSupported, SuiteError
from support.core.redaction import everywhere

#: Seconds that the dry run of a spec may take: some 20 on a quiet machine, and ten times that on a busy one.
PATIENCE = 600.0
#: How many scenarios are worth a process of their own: it takes as long to begin as it then takes for so many.
_WORTH = 60


@dataclass(frozen=True)
class Forecast:
    """What a dry run says of one scenario.

    `place` is where it stands, file:line. `lack` is what the product has nothing of, for `Absent`; `reason` what we
    cannot do. Both are empty if nothing is known against it. `leased` is how many of the profile's accounts it takes,
    and `alone` whether other users of the system would feel it.
    """

    title: str
    place: str
    reason: str = ""
    lack: str = ""
    leased: int = 0
    alone: bool = False

    @property
    def limit(self) -> NotSupported | None:
        """What a step of it would raise."""
        if self.lack:
            return Absent(self.lack)
        return NotSupported(self.reason) if self.reason else None


def forecast(profile: str | None, system: str, places: Sequence[str] = (), lease: str | None = None) -> list[Forecast]:
    """Dry-run scenarios (`support.verification.doctor.dry_run`). Many are shared out among processes.

    Args:
        profile: its name or path; what `support.config.profile.load` takes by default if None.
        system: the spec's.
        places: where the scenarios stand, file:line; the whole spec by default.
        lease: which share of the profile's accounts there is, as in `support.config.account_pool.of_share`.

    Raises:
        SuiteError: the dry run itself went wrong.
    """
    several = min(len(places) // _WORTH, os.cpu_count() or 1)
    if several < 2:
        return _told(profile, system, places, lease)
    with ThreadPoolExecutor(several) as at_once:
        parts = at_once.map(lambda first: _told(profile, system, places[first::several], lease), range(several))
        return [one for part in parts for one in part]


def _told(profile: str | None, system: str, places: Sequence[str], lease: str | None) -> list[Forecast]:
    """What one process says of scenarios. Raises as `forecast`."""
    command = [sys.executable, "-m", "support.verification.doctor.dry_run", profile or "", system, lease or ""]
    try:
        done = subprocess.run(
            command, input=json.dumps([*places]), capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        return [Forecast(**one) for one in json.loads(done.stdout)]
    except subprocess.CalledProcessError as error:
        reason = error.stderr.strip().rpartition("\n")[2]
    except subprocess.TimeoutExpired:
        reason = f"it took longer than {PATIENCE:g} s"
    except (OSError, ValueError) as error:
        reason = str(error)
    raise SuiteError(f"the dry run of {system} went wrong: {reason}")


class Forecasts:
    """What is known of the scenarios of a run before they begin.

    Args:
        profile: its name or path, as for `forecast`.
        lease: which share of its accounts there is.
        file: what is forecast to all processes of a run, as `support.execution.dry_runs` writes it.
    """

    def __init__(self, profile: str | None, lease: str | None = None, file: str | None = None) -> None:
        self._profile = profile
        self._lease = lease
        told = json.loads(Path(file).read_text(encoding="utf-8")) if file else []
        self._known = {one.place: one for one in (Forecast(**each) for each in told)}
        self._told = frozenset(self._known)
        self._dry_run: dict[str, list[str]] = {}
        self.troubles: dict[str, str] = {}
        """Why nothing is known of a system's scenarios: each is then played until it comes to its limit."""

    def of(self, system: str, scenarios: Sequence[Scenario]) -> None:
        """Dry-run the scenarios of a system, unless that was done for these very ones."""
        if all(str(one.location) in self._told for one in scenarios):
            return
        told = [f"{one.location} {[step.name for step in one.all_steps]}" for one in scenarios]
        if not told or self._dry_run.get(system) == told:
            return
        self._dry_run[system] = told
        self.troubles.pop(system, None)
        try:
            found = forecast(self._profile, system, [str(one.location) for one in scenarios], self._lease)
            self._known |= {one.place: one for one in found}
        except SuiteError as error:
            self.troubles[system] = everywhere.text(str(error))
            print(f"earshot: {self.troubles[system]}: what cannot be played shows only when it is tried", flush=True)

    def limit(self, scenario: Scenario) -> NotSupported | None:
        """What a scenario would come to that cannot be played; None if nothing is known against it."""
        known = self._known.get(str(scenario.location))
        return known.limit if known else None
