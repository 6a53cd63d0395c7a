"""What the scenarios of a run would come to: one dry run for each system, and every process is told."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from behave.model import Scenario

from support.execution import sharding
from support.scenario.forecasts import Forecast, forecast
from support.vocabulary.gherkin import NotReadable


class DryRuns:
    """Of the scenarios that are asked for; a system has its dry run when it is first asked about.

    Args:
        profile: its name or path, as for `support.scenario.forecasts.forecast`.
        arguments: behave's. Where they name a file that cannot be read no scenario is found: behave says so.
    """

    def __init__(self, profile: str | None, arguments: Sequence[str]) -> None:
        self._profile = profile
        self._told: dict[str, list[Forecast]] = {}
        self.selected: list[Scenario] = []
        with suppress(NotReadable):
            self.selected = sharding.selected([*arguments])

    def of(self, system: str) -> list[Forecast]:
        """The forecasts of a system's scenarios.

        Raises:
            SuiteError: the dry run itself went wrong.
        """
        if system not in self._told:
            places = [str(one.location) for one in self.selected if system in one.effective_tags]
            self._told[system] = forecast(self._profile, system, places) if places else []
        return self._told[system]

    def people(self, system: str) -> int:
        """How many accounts the largest of a system's scenarios takes that can be played."""
        return max(self._leased(system), default=0)

    def people_of_most(self, system: str) -> int:
        """How many accounts are enough for nine of ten of those scenarios."""
        leased = sorted(self._leased(system))
        return leased[len(leased) * 9 // 10] if leased else 0

    def _leased(self, system: str) -> list[int]:
        return [one.leased for one in self.of(system) if one.limit is None]

    def write(self, path: Path) -> Path | None:
        """Write all that is forecast to a file, for `support.scenario.forecasts.Forecasts`; None if nothing."""
        told = [asdict(one) for each in self._told.values() for one in each]
        if not told:
            return None
        path.write_text(json.dumps(told), encoding="utf-8")
        return path
