"""What to tell a writer whose step is undefined: the same when it is linted and when it is run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from behave.matchers import Matcher
from behave.model import Step
from behave.step_registry import StepRegistry

from support.vocabulary.catalogue.sentences import with_people
from support.vocabulary.catalogue.suggestions import nearest

STAR = "`*` counts as the step before it, and at first as Given"
NAMES = 'people are called "user A" to "user Z", or by what they are: "the school owner"'
QUOTES = "a text with quotes in it stands in single quotes: 'she said \"hi\"'"

_CURLY = re.compile(r"[“”„«»]")
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'(?!\w)")


@dataclass(frozen=True)
class Advice:
    """`keywords` under which the very phrase is defined; else the `phrases` that are nearest; and what else to know."""

    keywords: Sequence[str]
    phrases: Sequence[str]
    remarks: Sequence[str]

    def in_a_line(self) -> str:
        """For lint."""
        quoted = [f'{kind} "{text}"' for kind, _, text in (phrase.partition(" ") for phrase in self.phrases)]
        meant = self._keyword() or f"did you mean {_either(quoted)}?"
        return "; ".join([meant, *self.remarks])

    def in_lines(self) -> str:
        """For the console and the reports: what follows "no step definition matches …"."""
        meant = self._keyword() or "did you mean:" + "".join(f"\n  {phrase}" for phrase in self.phrases)
        return "".join([f"; {meant}", *(f"\n  ({remark})" for remark in self.remarks)])

    def _keyword(self) -> str:
        return f"it is one for {' and '.join(self.keywords)}" if self.keywords else ""


def advice(step: Step, known: Sequence[tuple[str, Matcher]]) -> Advice:
    """What to tell a writer about a step that none of the `known` phrases, given with their keywords, fits."""
    kinds = sorted({kind.title() for kind, matcher in known if matcher.match(step.name)})
    below = step.table is not None or step.text is not None
    phrases = [] if kinds else nearest(step.name, step.step_type, list(known), below=below)
    remarks = [STAR] if step.keyword.strip() == "*" else []
    if not kinds and has_loose_quotes(step.name):
        remarks.append(QUOTES)
    if not kinds and with_people(step.name)[1] and any("{user" in phrase for phrase in phrases):
        remarks.append(NAMES)
    return Advice(kinds, phrases, remarks)


def registered(registry: StepRegistry) -> list[tuple[str, Matcher]]:
    """The phrases of a run, with their keywords."""
    return [(kind, matcher) for kind, matchers in registry.steps.items() for matcher in matchers]


def has_loose_quotes(said: str) -> bool:
    """Whether there are quotes in a text in quotes, or others than straight ones."""
    glued = re.search(r'"[^"]*"\w|\w"[^"]*"', said)
    return bool(_CURLY.search(said) or glued or '"' in _TEXT.sub("", said))


def _either(texts: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(texts[:-1]), texts[-1] if texts else ""]))
