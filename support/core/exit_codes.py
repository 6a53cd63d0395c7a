"""The verdict of a run, which is its exit code."""

from collections.abc import Iterable
from enum import IntEnum


class Verdict(IntEnum):
    """Exit codes of `earshot run` (docs/pipelines.md)."""

    GREEN = 0
    PRODUCT = 1
    SUITE = 2
    ENVIRONMENT = 3
    EMPTY = 4

    @property
    def meaning(self) -> str:
        """The verdict in words."""
        return _MEANINGS[self]

    @classmethod
    def of(cls, kinds: Iterable[str]) -> "Verdict":
        """The verdict over all that went wrong, by kind (`support.reporting.outcome.Kind`).

        The likely cause comes before its effects: a system that is gone makes steps raise and assertions fail, and a
        broken suite makes assertions fail, but hardly ever the other way round. So 3 goes before 2, and 2 before 1.
        """
        return max(_BY_KIND[kind] for kind in kinds)


_MEANINGS = {
    Verdict.GREEN: "green",
    Verdict.PRODUCT: "the product failed",
    Verdict.SUITE: "the suite is broken",
    Verdict.ENVIRONMENT: "the system could not be reached or started",
    Verdict.EMPTY: "nothing was selected",
}
_BY_KIND = {
    "product": Verdict.PRODUCT,
    "unclear": Verdict.PRODUCT,
    "flaky": Verdict.PRODUCT,
    "invalid": Verdict.SUITE,
    "stalled": Verdict.SUITE,
    "interrupted": Verdict.SUITE,
    "incomplete": Verdict.SUITE,
    "suite": Verdict.SUITE,
    "environment": Verdict.ENVIRONMENT,
}
#: What is called otherwise than the exit code that it has.
_SAID = {
    "unclear": "some answers were not understood",
    "invalid": "a measurement is invalid",
    "stalled": "this machine was too busy to judge everything",
    "interrupted": "the run was interrupted",
    "incomplete": "the run is not whole",
}


def headline(kinds: Iterable[str]) -> str:
    """All that went wrong, in words; what decides the exit code comes last."""
    found = set(kinds)
    said = [_SAID.get(kind, verdict.meaning) for kind, verdict in _BY_KIND.items() if kind in found]
    return ", and ".join(dict.fromkeys(said))
