"""What can go wrong, by who has to act on it.

The three families decide the exit code of a run (docs/pipelines.md): `SuiteError` 2, `EnvironmentFailure` 3.
A broken product is an `AssertionError`, exit code 1.
"""


class EarshotError(Exception):
    """Anything that Earshot says to a person: one clear line, with what to do about it."""


class SuiteError(EarshotError):
    """The suite, its configuration or its use is at fault: a profile, a step, a missing fixture."""


class InvalidMeasurement(SuiteError):  # noqa: N818 - a verdict on a measurement
    """The generator could not do what a measurement needs, so that it says nothing of the system."""


class EnvironmentFailure(EarshotError):  # noqa: N818 - the word of the field
    """The system under test could not be started or reached, so nothing can be said about it."""


class NotSupported(EarshotError):  # noqa: N818 - not an error of anybody: it names a limit
    """This system or deployment cannot do what a scenario needs: the scenario is not run, and says why."""


class NotUnderstood(AssertionError):  # noqa: N818 - a verdict
    """What came cannot be read: the product's answer is not as agreed, or the driver knows it badly.

    The scenario has failed, as the product's scenario; who has to act is for people to find out.
    """


class Untried(AssertionError):  # noqa: N818 - a verdict
    """Something cannot be tried, for what the product should have given before is not there.

    Its scenario is "not reached", and hangs on the finding that caused it. A `Then` that asks for just that which is
    not there raises a plain `AssertionError`: it is not so, and fails.
    """


class Absent(NotSupported):
    """The system has nothing of what its document demands, as its profile says: the product is at fault.

    Nothing is sent for it and nothing waited for; the scenario is "absent", which is red.

    Args:
        lack: what is not there, for the sentence "the product has no …".
    """

    def __init__(self, lack: str) -> None:
        self.lack = lack
        super().__init__(f"the product has no {lack}")
