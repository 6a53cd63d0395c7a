"""What is looked at before behave is started: whether it will understand, and whether what is asked for can be done."""

import contextlib
import io
import sys
from collections.abc import Iterator

from behave.configuration import Configuration

from support.errors import SuiteError
from support.profile import load
from support.report import guard


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
    guard.at_home(config)
    return config


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


def refuse_to_share_accounts(config: Configuration, option: str) -> None:
    """Processes that know nothing of each other would all take the same people.

    Args:
        config: behave's, with the profile's name.
        option: what has asked for several processes.

    Raises:
        SuiteError: the profile names accounts to lease, or is wrong.
    """
    profile = load(config.userdata.get("profile"))
    leasing = [name for name, system in profile.systems.items() if system.accounts or system.driver.get("clients")]
    if leasing:
        raise SuiteError(
            f"{option}: the profile {profile.name} names the accounts of {' and '.join(leasing)}, and several "
            f"processes would sign in the same people at once: run it without {option}"
        )
