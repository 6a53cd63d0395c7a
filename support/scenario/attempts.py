"""What people have tried, how it ended, and whether their scenario has asked how.

An attempt that was refused in a Given or a When is open until a later step asks about it, which it does by looking at
the outcome. A phrase that says "tries" leaves it open whether that works, so no step has to ask; any other phrase says
that it is done, and a scenario in which it was not, and which never asks, fails. That the system could not serve, or
did not answer, is never left open: it is no judgement of what was tried.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from support.drivers.capabilities import Failed, Rejected, Unavailable

#: What an attempt brings if it succeeds. It has the type of what was done, all the way from the driver's verb.
Gain = TypeVar("Gain", covariant=True)

#: Characters of an answer or a refusal that a failure shows.
SHOWN = 300

#: By which a system says no to the moment, whatever was tried: it was too slow, too early, or once too often.
_OF_THE_MOMENT = ((408, 425, 429), "that is too much")
#: By which it says no to the state of a thing or to the form of a request, whoever asks.
_OF_THE_THING = ((405, 406, 409, 411, 412, 413, 414, 415, 423, 426, 428, 431), "that is taken already")


@dataclass(frozen=True)
class Attempt(Generic[Gain]):
    """How an attempt ended: `answer` if it succeeded, else the system's `refusal` in its own words.

    `unavailable` if it was no judgement of the attempt: the system cannot serve now, or did not answer at all; `failed`
    if it did not even say so in the form for it, but broke or kept silent. `status` is the number that came with a
    refusal, if there was one. `final` if it was an answer, and no word can follow. `about_access` if it is not for the
    user who has tried, or a credential was shown that must not do: then a refusal has to be for that.
    """

    answer: Gain | None = None
    refusal: str | None = None
    unavailable: bool = False
    status: int | None = None
    final: bool = False
    failed: bool = False
    about_access: bool = False

    @classmethod
    def of(cls, refusal: Rejected) -> "Attempt[Gain]":
        """How an attempt ended that was refused."""
        broke = isinstance(refusal, Failed)
        return cls(None, str(refusal), isinstance(refusal, Unavailable), refusal.status, failed=broke)

    def judges(self, *, access: bool = False) -> bool:
        """Whether the refusal is one of what was tried; "come again later" is not, and may hide a grant.

        What is not for this user must not be refused for its own state either.

        Args:
            access: whether it has to be for the user who has tried.
        """
        others = [_OF_THE_MOMENT, _OF_THE_THING] if access or self.about_access else [_OF_THE_MOMENT]
        said = self.refusal or ""
        return not any(self.status in statuses or said.startswith(words) for statuses, words in others)

    @property
    def reason(self) -> str:
        """The refusal with its number, as far as there are any: "403 not a member"."""
        said = (self.refusal or "").strip()
        number = str(self.status or "") if (self.status or 0) >= 400 else ""
        told = f"{number} {said}".strip() if number not in said else said
        return told[:SHOWN] or "no reason was given"


@dataclass
class Refusal:
    """An attempt that was refused: in which step, counted and in the scenario's words, and whether that may be."""

    outcome: Attempt[object]
    number: int
    step: str = ""
    may_be: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a scenario has to ask about it."""
        return self.outcome.unavailable or not self.may_be

    def __str__(self) -> str:
        return f'"{self.step}" {"failed" if self.outcome.unavailable else "was refused"}: {self.outcome.reason}'


class Attempts:
    """What one person has tried in a scenario."""

    def __init__(self) -> None:
        self._last: Attempt[object] | None = None
        self._last_number = 0
        self._number = 0
        self._step = ""
        self._refusals: list[Refusal] = []

    def add(self, outcome: Attempt[object]) -> None:
        """Keep how something ended that was tried just now."""
        self._last, self._last_number = outcome, self._number
        if outcome.refusal is not None:
            self._refusals.append(Refusal(outcome, self._number))

    def ask(self) -> Attempt[object] | None:
        """How the last attempt ended; those of the same step are asked about by that."""
        self._refusals = [one for one in self._refusals if one.number != self._last_number]
        return self._last

    def end_step(self, step: str, *, tries: bool, judges: bool) -> None:
        """Close the account of a step.

        Args:
            step: in the scenario's words.
            tries: whether it says that it only tries.
            judges: whether it is a Then, which has judged by itself what was tried in it.
        """
        if judges:
            self._refusals = [one for one in self._refusals if one.number != self._number]
        for one in self._refusals:
            if one.number == self._number:
                one.step, one.may_be = step, tries
        if self._last_number == self._number:
            self._step = step
        self._number += 1

    @property
    def tried(self) -> str:
        """The step in which something was tried last; empty if that is this one."""
        return self._step if self._last_number < self._number else ""

    @property
    def unasked(self) -> list[Refusal]:
        """The refusals of earlier steps that no step has asked about."""
        return [one for one in self._refusals if one.step]
