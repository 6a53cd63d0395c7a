"""Control commands, looked at without being run: whether what they begin with is there."""

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping

from support.config.access import Commands
from support.verification.doctor.findings import CheckResult

#: What the shell knows by itself, and what stands before a command.
_BUILT_IN = {"cd", "export", "exec", "set", "test", "[", "true", "false", "if", "while", "for", "{", "(", ":", "echo"}
_ASSIGNMENT = re.compile(r"\w+=.*")


def looked_for(controls: Mapping[str, Commands]) -> Iterator[CheckResult]:
    """A finding for each command."""
    for process, commands in controls.items():
        for action, line in commands.model_dump(exclude={"within"}, exclude_none=True).items():
            program, thing = program_of(line), f"{process}: {action}"
            if program is None:
                yield CheckResult("control", thing, "WRONG", f"`{line}` is no line for the shell")
            elif program in _BUILT_IN or shutil.which(program):
                yield CheckResult("control", thing, "ok", f"{program} is there (not run)")
            else:
                yield CheckResult("control", thing, "WRONG", f"there is no program {program!r} on this machine")


def program_of(line: str) -> str | None:
    """What a line for the shell begins with, settings of variables left out; None if its quotes do not match."""
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    return next((word for word in words if not _ASSIGNMENT.fullmatch(word)), None)
