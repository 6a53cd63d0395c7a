"""What is looked at before behave is started: whether it will understand, and whether what is asked for can be done."""

import contextlib
import io
import sys
from collections.abc import Iterator, Sequence

from behave.configuration import Configuration
from behave.exception import ConfigError, FileNotFoundError, InvalidFilenameError
from behave.model import Scenario
from behave.runner_util import collect_feature_locations

from support.config.account_pool import clients_of, dealt
from support.config.profile import Profile, SystemProfile, load
from support.core.errors import SuiteError
from support.execution.dry_runs import DryRuns
from support.reporting import selection_checks

#: The tag of what measures a load.
LOAD = "load"


def understood(arguments: list[str], command: str = "earshot run") -> Configuration:
    """What behave makes of its arguments.

    Args:
        arguments: behave's own.
        command: how the usage line calls it.

    Raises:
        SuiteError: behave does not know an option, or this is not the folder of Earshot's settings.
        SystemExit: all was said: behave's own help, for instance.
    """
    said = io.StringIO()
    with _called(command), contextlib.redirect_stderr(said):
        try:
            config = Configuration(arguments)
        except SystemExit as end:
            if not end.code:
                raise
            raise SuiteError(said.getvalue().strip()) from end
        except Exception as error:  # each option has errors of its own: a tag expression, a pattern
            raise SuiteError(f"{type(error).__name__}: {error}") from error
    selection_checks.at_home(config)
    return config


def there(config: Configuration) -> None:
    """See that the features are there which are asked for.

    Raises:
        SuiteError: one is not.
    """
    try:
        collect_feature_locations([str(path) for path in config.paths])
    except (ConfigError, FileNotFoundError, InvalidFilenameError) as error:
        raise SuiteError(f"{type(error).__name__}: {error}") from error


@contextlib.contextmanager
def _called(command: str) -> Iterator[None]:
    """argparse takes its program's name from the command line; formatters are found here, as behave's process does."""
    before, sys.argv = sys.argv, [command]
    sys.path.insert(0, "")
    try:
        yield
    finally:
        sys.argv = before
        sys.path.remove("")


def informs(config: Configuration) -> bool:
    """Whether behave is only asked to tell something: then nothing runs, and no results are made."""
    formats = config.format or []
    asked = (config.version, config.tags_help, config.lang_list, config.lang_help, config.dry_run)
    return any(asked) or config.lang == "help" or "help" in formats or config.runner == "help"


def lease_out(config: Configuration, option: str, count: int | None, dry_runs: DryRuns) -> bool:
    """Whether several processes are to get a share each of the accounts that the profile names.

    Processes that know nothing of each other would else all take the same people. Those of one machine play what takes
    more than a share by itself, with all accounts; so a share has to be enough for most scenarios there, else for all.

    Args:
        config: behave's, with the profile's name.
        option: what has asked for several processes.
        count: how many; None if that is not known.
        dry_runs: of the scenarios that are asked for.

    Raises:
        SuiteError: there are too few accounts for that, or the profile is wrong.
    """
    profile = load(config.userdata.get("profile"))
    leasing = _shares(profile, count)
    needed = dry_runs.people_of_most if option == "--jobs" else dry_runs.people
    short = [system for system, share in leasing.items() if share < (needed(system) if share else 1)]
    if short:
        raise SuiteError(
            f"{option}: the profile {profile.name} names the accounts of {' and '.join(short)}, too few for each of "
            f"{count or 'several'} processes to have as many as the larger scenarios take, and they would sign in the "
            f"same people at once: run it without {option}"
        )
    return bool(leasing)


def _shares(profile: Profile, count: int | None) -> dict[str, int]:
    """How many people the smallest share has, by system whose accounts the profile names; 0 if that is not known."""
    leasing = {name: one for name, one in profile.systems.items() if one.accounts or clients_of(one)}
    return {name: _share(one, count) if count else 0 for name, one in leasing.items()}


def _share(described: SystemProfile, count: int) -> int:
    """How many people the smallest of so many shares has."""
    return len(clients_of(described)) // count or len(min(dealt(described.accounts, count), key=len))


def running(config: Configuration) -> list[str]:
    """The systems of the profile that run already: of each there is but one, no matter who is in it."""
    described = load(config.userdata.get("profile")).systems
    return [name for name, one in described.items() if one.deployment != "embedded"]


def alone(config: Configuration, systems: Sequence[str], dry_runs: DryRuns, count: int) -> list[Scenario]:
    """The scenarios beside which no other may be played: others would feel them, or disturb what they measure.

    A load is measured by itself. Beyond that, what we start ourselves is there for each process anew; of a system that
    runs already there is but one, and all who are in it would feel what breaks it. What takes more people than a share
    of its accounts has is played with all of them.

    Args:
        config: behave's, with the profile's name.
        systems: those that run already.
        dry_runs: of the scenarios that are asked for.
        count: how many processes share the accounts.

    Raises:
        SuiteError: the dry run itself went wrong.
    """
    shares = _shares(load(config.userdata.get("profile")), count)
    told = [(one, shares.get(system, one.leased)) for system in systems for one in dry_runs.of(system)]
    felt = {one.place for one, share in told if one.alone or (one.limit is None and one.leased > share)}
    return [one for one in dry_runs.selected if LOAD in one.effective_tags or str(one.location) in felt]
