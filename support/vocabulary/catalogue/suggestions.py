"""Did you mean: the phrases nearest to an undefined step, in their words and then in their letters."""

import difflib
import functools
import heapq
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from behave.cucumber_expression import StepMatcher4CucumberExpressions
from behave.matchers import Matcher

from support.vocabulary.catalogue import sentences
from support.vocabulary.catalogue.sentences import Sentence
from support.vocabulary.step_arguments import Takes

#: How much a phrase under the step's own keyword is preferred to one under another.
OWN_KEYWORD = 0.1
#: How much a phrase is put back that says the contrary, or that takes a table or text below it where there is none.
CONTRARY, NOTHING_BELOW = 0.12, 0.06
#: How many of the phrases that are nearest by words are compared by letters, and how much letters count.
COMPARED, LETTERS = 20, 0.25

_PLACE = re.compile(r"\{(\w*)\}")
_CHOICE = re.compile(r"([^\s/{}]+)/([^\s/{}]+)")
_OPTION = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True)
class Form:
    """One way of saying a phrase: "is/are" as either. `words` are stems, `places` the kinds of what stands in it."""

    phrase: str
    kind: str
    text: str
    words: Counter[str]
    places: Counter[str]
    takes: Takes

    @property
    def denies(self) -> bool:
        return bool(sentences.DENIALS & self.words.keys())


@dataclass
class Nearest:
    """Finds the nearest of the phrases that are known, given with their keywords."""

    known: Iterable[tuple[str, Matcher]]
    _forms: list[Form] = field(init=False)
    _with_word: dict[str, list[int]] = field(init=False)
    _weights: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        pairs = list(self.known)
        self._forms = [form for kind, matcher in pairs for form in _forms(kind, matcher)]
        self._types = {
            kind.name: re.compile(rf"(?<!\w)(?:{'|'.join(f'(?:{regexp})' for regexp in kind.regexps)})(?!\w)")
            for _, matcher in pairs
            if isinstance(matcher, StepMatcher4CucumberExpressions)
            for kind in matcher.cucumber_expression.parameter_types
            if kind.name not in sentences.ANYTHING
        }
        self._with_word = defaultdict(list)
        for number, form in enumerate(self._forms):
            for word in {*form.words, *form.places}:
                self._with_word[word].append(number)
        count = max(len(self._forms), 1)
        self._weights = {word: math.log(1 + count / len(forms)) for word, forms in self._with_word.items()}
        self._words = sorted(word for word in self._with_word if not word.startswith("{"))

    def to(self, said: str, kind: str, count: int = 3, *, below: bool = False) -> list[str]:
        """The `count` phrases nearest to what was `said` under the keyword `kind`, the nearest first.

        Args:
            below: whether a table or a text stands below the step.
        """
        sentence = sentences.read(said, self._types)
        near = {word: self._meant(word) for word in sentence.words}
        candidates = self._candidates(near, sentence)
        rough = {number: self._by_words(self._forms[number], near, sentence) for number in candidates}
        fits = {number: self._fits(self._forms[number], sentence, kind, below) for number in candidates}
        best = heapq.nlargest(COMPARED, rough, key=lambda number: rough[number] + fits[number])
        scores: dict[str, float] = {}
        for number in best:
            form = self._forms[number]
            likeness = difflib.SequenceMatcher(None, sentence.text, form.text, autojunk=False).ratio()
            score = (1 - LETTERS) * rough[number] + LETTERS * likeness + fits[number]
            scores[form.phrase] = max(score, scores.get(form.phrase, 0))
        return heapq.nlargest(count, scores, key=lambda phrase: scores[phrase])

    def _fits(self, form: Form, sentence: Sentence, kind: str, below: bool) -> float:
        """What speaks for a form, or against it, beside its words."""
        denies = bool(sentences.DENIALS & sentence.words.keys())
        takes = bool(form.takes.columns or form.takes.text)
        own = OWN_KEYWORD * (form.kind in (kind, "step"))
        return own - CONTRARY * (denies != form.denies) - NOTHING_BELOW * (takes and not below)

    def _meant(self, word: str) -> dict[str, float]:
        """The words of phrases that a writer may mean who says this one, each with how likely that is."""
        return _meant(word, tuple(self._words))

    def _candidates(self, near: dict[str, dict[str, float]], sentence: Sentence) -> set[int]:
        telling = (meant for word, meant in near.items() if word not in sentences.LIGHT)
        found = {number for meant in telling for word in meant for number in self._with_word.get(word, ())}
        return found if len(found) > COMPARED else set(range(len(self._forms)))

    def _by_words(self, form: Form, near: dict[str, dict[str, float]], sentence: Sentence) -> float:
        """From 0 to 1: which share of all that was said, and of all that the form says, they have in common."""
        weights, common, extra = self._weights, 0.0, 0.0
        for word, count in sentence.words.items():
            likely = max((odds * weights[meant] for meant, odds in near[word].items() if meant in form.words
                          or meant in form.places), default=0.0)  # fmt: skip
            covered = any(word in sentence.within.get(place, ()) for place in form.places)
            common += likely * count
            extra += 0.0 if covered else (likely or sentences.UNKNOWN * _gravity(word)) * count
        places = sum(min(count, sentence.places[place]) * weights[place] for place, count in form.places.items())
        said = extra + sum(count * weights.get(place, 1.0) for place, count in sentence.shown(form.places).items())
        wanted = sum(weights[word] * count for word, count in form.words.items())
        for place, count in form.places.items():  # what people leave out, such as "in 3 pieces", counts half
            is_there = sentence.places[place] or any(place in meant for meant in near.values())
            wanted += weights[place] * count * (1 if is_there else 0.5)
        return 2 * (min(common, wanted) + places) / max(said + wanted, common + places, 1e-9) if wanted else 0.0


def nearest(
    said: str, kind: str, known: list[tuple[str, Matcher]], count: int = 3, *, below: bool = False
) -> list[str]:
    """The `count` of the `known` phrases, given with their keywords, that are nearest to what was `said`."""
    return _among(tuple(known)).to(said, kind, count, below=below)


@functools.lru_cache(maxsize=4)
def _among(known: tuple[tuple[str, Matcher], ...]) -> Nearest:
    return Nearest(known)


@functools.lru_cache(maxsize=20_000)
def _meant(word: str, words: tuple[str, ...]) -> dict[str, float]:
    close = difflib.get_close_matches(word, words, n=3, cutoff=0.75)  # the closest first
    found = dict(zip(close, (0.8, 0.75, 0.75), strict=False))
    found |= dict.fromkeys(sentences.synonyms().get(word, ()), 0.95)
    return found | ({word: 1.0} if word in words else {})


def _gravity(word: str) -> float:
    """How much a word says that no phrase has."""
    return 0.3 if word in sentences.LIGHT else 1.0


def _forms(kind: str, matcher: Matcher) -> Iterator[Form]:
    """A phrase in all ways of saying it: "is/are" as either, "message(s)" with and without its end."""
    pattern = str(matcher.pattern)
    marked = _PLACE.sub(lambda place: f"{{{sentences.kind(place[1])}}}", pattern)
    spelt = {
        _OPTION.sub(option, _CHOICE.sub(choice, marked))
        for choice, option in itertools.product((r"\1", r"\2"), ("", r"\1"))
    }
    for text in sorted(spelt):
        places = Counter(f"{{{name}}}" for name in _PLACE.findall(text))
        words = Counter(sentences.stems(_PLACE.sub(" ", text)))
        takes = getattr(matcher.func, "takes", None) or Takes()
        yield Form(f"{kind.title()} {pattern}", kind, text, words, places, takes)
