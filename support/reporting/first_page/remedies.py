"""What would have to be given so that what was not run runs."""

import re

#: What the reason of a scenario that was not run says, and what helps; the first that is found counts.
_REMEDIES = {
    r"gives no control over (?P<what>.+)": 'name its commands in the profile: [systems.….controls."{what}"]',
    r"no command that does '(?P<what>\w+)' to (?P<whom>.+)": 'add `{what} = "…"` to [systems.….controls."{whom}"]',
    r"the processes of the (?P<what>.+) cannot be seen": 'add `pid = "…"` to [systems.….controls."{what}"]',
    r"no access to this system's (?P<what>Redis|database)": "give its address in the profile: [systems.….stores]",
    r"no hold on the bots' interfaces": "let the system talk to our stand-in, as docs/deployments.md says",
    r"only one process of the (?P<what>.+?) is known": "name the others: [systems.….addresses]",
    r"does not say where the (?P<what>.+?) is": "name its address or file in the profile of this system",
    r"names no administrator": "name an administrator's account in the profile: [systems.….driver]",
    r"all (\d+ )?that the profile names are in use": "name more of them in the profile",
    r"this system is protected": "run it against a system that may be changed (protected = false)",
    r"(no browser on this machine|playwright)": "install what it says, and run again",
    r"(its system is not there|was lost|could not be put back)": "see above why the system was lost, and run again",
}


def remedy(reason: str) -> str:
    """What to do about a reason; empty if nothing is known, as where a system has no such thing.

    Args:
        reason: why scenarios were not run.
    """
    for pattern, help in _REMEDIES.items():
        if found := re.search(pattern, reason):
            return help.format_map(found.groupdict())
    return ""
