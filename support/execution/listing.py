"""`earshot run --list`: what would be played, and why the rest would not. Nothing runs, and nothing is sent."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from behave.model import Scenario

from support.config import userdata_keys
from support.config.profile import Profile, load
from support.core.clean_text import for_console
from support.core.exit_codes import Verdict
from support.core.redaction import everywhere
from support.environments.systems import SYSTEMS
from support.execution import sharding, start_checks
from support.reporting.outcome import UNNAMED
from support.scenario.forecasts import forecast


def main(arguments: list[str]) -> int:
    """Print the list.

    Args:
        arguments: behave's own.

    Returns:
        0, or 4 if nothing is selected.

    Raises:
        SuiteError: behave does not understand its arguments, or the profile is wrong.
    """
    config = start_checks.understood(arguments)
    start_checks.there(config)
    userdata_keys.check(config.userdata)
    name = config.userdata.get("profile")
    scenarios = sharding.selected(arguments)
    reasons = _reasons(scenarios, name, load(name))
    for line in _lines(scenarios, reasons):
        print(for_console(everywhere.text(line)))
    return Verdict.GREEN if scenarios else Verdict.EMPTY


def _reasons(scenarios: list[Scenario], name: str | None, profile: Profile) -> dict[str, str]:
    """Why scenarios would not be played, by their places."""
    by_system: dict[str, list[str]] = defaultdict(list)
    for one in scenarios:
        for system in SYSTEMS:
            if system in one.effective_tags:
                by_system[system].append(str(one.location))
    found: dict[str, str] = {}
    for system, places in by_system.items():
        if system not in profile.systems:
            found |= {place: f"not run: {UNNAMED}{system}" for place in places}
            continue
        for told in forecast(name, system, places):
            if told.limit:
                found[told.place] = f"absent: {told.lack}" if told.lack else f"not run: {told.reason}"
    return found


def _lines(scenarios: list[Scenario], reasons: Mapping[str, str]) -> Iterator[str]:
    for one in scenarios:
        yield f"{one.location}  {one.name.strip()}"
        if reason := reasons.get(str(one.location)):
            yield f"    {reason}"
    yield f"{len(scenarios) - len(reasons)} of {len(scenarios)} would be played"
    for reason, count in Counter(reasons.values()).most_common():
        yield f"{count:5}  {reason}"
