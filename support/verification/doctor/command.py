"""`earshot doctor`: looks at every system of a profile, and says what will run."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from support.config.profile import Profile, load
from support.core.clean_text import for_console
from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.core.redaction import everywhere
from support.environments.systems import SYSTEMS, class_of
from support.scenario.forecasts import forecast
from support.scenario.needs import SOAKS
from support.verification.doctor.examination import Examination
from support.verification.doctor.findings import table


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
    return Verdict.GREEN if all(well) else Verdict.ENVIRONMENT


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
    sut = class_of(system, profile)(profile, {})
    examination = Examination(sut)
    print(f"{system}: {sut.product}, {sut.described.deployment}{', protected' if sut.protected else ''}")
    asyncio.run(examination.run())
    wrong = [finding for finding in examination.findings if finding.state == "WRONG"]
    print(for_console(everywhere.text(table(examination.findings))))
    if not wrong:
        print(for_console(everywhere.text(_plan(name, system))))
    else:
        ones = "what is wrong here is" if len(wrong) == 1 else f"the {len(wrong)} that are wrong here are"
        print(f"Nothing will run before {ones} put right.\n")
    return not wrong


def _plan(name: str | None, system: str) -> str:
    """What will be played, what is absent, and what will not run and why."""
    told = forecast(name, system)
    played = sum(one.limit is None for one in told)
    absent = Counter(one.reason for one in told if one.lack)
    rest = Counter(one.reason for one in told if one.limit and not one.lack)
    if played == len(told):
        return f"All {played} scenarios will be played.\n"
    lines = [f"{played} of {len(told)} scenarios will be played{_sum(absent, rest)}."]
    for heading, reasons in (("absent, which is red", absent), ("will not run", rest)):
        lines += [f"{heading}:"] if reasons else []
        lines += [f"{count:5}  {reason}" for reason, count in sorted(reasons.items(), key=_order)]
    return "\n".join([*lines, ""])


def _sum(absent: Counter[str], rest: Counter[str]) -> str:
    parts = [(absent, "are absent"), (rest, "will not run")]
    return "".join(f", {reasons.total()} {words}" for reasons, words in parts if reasons)


def _order(item: tuple[str, int]) -> tuple[bool, int, str]:
    """What keeps most from running comes first, and soaks last."""
    reason, count = item
    return reason == SOAKS, -count, reason
