"""What a writer has put in place of a phrase: its words without their endings, and what stands in its places."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Parameter types that take any word at all, and so tell nothing.
ANYTHING = {"word", ""}
#: What a word counts that no phrase has.
UNKNOWN = 2.5
#: Words that make a sentence say the contrary.
DENIALS = {"not", "no", "never", "nothing", "nobody", "cannot", "longer", "nowhere", "don't", "doesn't"}
#: Words that say little.
LIGHT = {"a", "an", "the", "be", "to", "of", "in", "on", "at", "with", "and", "that", "this", "it", "their", "has",
         "have", "for", "by", "as", "then", "new", "should", "will", "also", "successfully"}  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|'[^']*'(?!\w)")
#: Forms of words that no rule for endings finds -> one of them.
_IRREGULAR = {"is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "has": "have", "had": "have",
              "sent": "send", "got": "get", "gets": "get", "wrote": "write", "written": "write", "said": "say",
              "told": "told", "saw": "see", "seen": "see", "left": "leave", "went": "go", "gone": "go",
              "heard": "hear", "came": "come", "does": "do", "did": "do", "shown": "show", "lost": "lose",
              "made": "make", "found": "find", "typing": "typing", "can't": "cannot"}  # fmt: skip
_ENDING = re.compile(r"(?:ing|ed|es|s|e|d)$")
#: A user without one of our names: "I", "the sender", "User 1", "another user", or a name (see `with_people`).
_WHICH = "the|a|an|another|one|any|each|every|second|first|other|all|both|two|three|several|no"
_OTHER = "other|first|second|new|same|registered|logged-in|logged in|online"
_PEOPLE = "users?|senders?|receivers?|recipients?|customers?|people|visitors?|participants?|persons?"
_SOMEBODY = re.compile(
    r"\b(?:I|he|she|[Tt]hey|[Ss]omeone|[Ss]omebody|[Ee]verybody|[Ee]veryone"
    r"|(?i:user|usr|client|member|person)[ -]?(?:[A-Za-z]|\d+)"
    rf"|(?i:{_WHICH})(?: (?:{_OTHER}))? (?i:{_PEOPLE}))\b"
)
_NAME = re.compile(r"(?<![\w\"'“.])[A-Z][a-z]+\b(?: [A-Z][a-z]+\b)?(?!['’]s? )")
#: The names that any system has a place for; none of them is a person.
_NO_NAMES = {"Postgres", "Redis", "Given", "When", "Then", "And", "But", "The", "A", "An", "No", "Nothing", "Message",
             "Messages", "SQLite", "PostgreSQL", "Python", "Leonid", "Chat", "Bot", "Server", "All", "Each", "Every",
             "It", "There", "My", "Both", "Nobody", "Some", "Only", "Any", "File", "Room", "Channel",
             "Session"}  # fmt: skip
#: What stands for a user whose name is none of ours.
A_PERSON = "user A"


@dataclass(frozen=True)
class Sentence:
    """What was said. `within` has the words that stand where each kind of place stands."""

    text: str
    words: Counter[str]
    places: Counter[str]
    within: Mapping[str, set[str]]

    def shown(self, places: Counter[str]) -> Counter[str]:
        """Of what stands in it, that which a phrase with these places has to account for."""
        names = {*places, "{user}", "{string}", "{int}"}
        return Counter({name: self.places[name] for name in names if self.places[name]})


def read(said: str, types: Mapping[str, re.Pattern[str]]) -> Sentence:
    """Take apart what was said.

    Args:
        said: the step without its keyword.
        types: what may stand in the places of the phrases.
    """
    text, _ = with_people(said)
    plain = _QUOTED.sub(" ", text)
    places, within = Counter[str](), dict[str, set[str]]()
    for name, pattern in types.items():
        found = [match[0] for match in pattern.finditer(text if name in ("string", "place") else plain)]
        label = f"{{{kind(name)}}}"
        if found:
            places[label] = max(places[label], len(found) if name == kind(name) else 1)
            within.setdefault(label, set()).update(stem for match in found for stem in stems(match))
    if quoted := len(_QUOTED.findall(text)):
        places["{string}"] = max(places["{string}"], quoted)
    people = within.get("{user}", set())
    words = Counter(word for word in stems(plain) if word not in people or word not in ("user", "a"))
    return Sentence(_marked(text, types), words, places, within)


def with_people(said: str) -> tuple[str, bool]:
    """The same with our names for people in place of all others, and whether there were any others."""
    parts = _QUOTED.split(said)
    quoted = [*_QUOTED.findall(said), ""]
    replaced = [_NAME.sub(_named, _SOMEBODY.sub(_somebody, part)) for part in parts]
    text = "".join(part + quote for part, quote in zip(replaced, quoted, strict=True))
    return text, text != said


def _somebody(found: re.Match[str]) -> str:
    return found[0] if re.fullmatch(r"user [A-Z]", found[0]) else A_PERSON


def _named(found: re.Match[str]) -> str:
    return found[0] if found[0].split()[0] in _NO_NAMES else A_PERSON


def stems(text: str) -> Iterator[str]:
    """The words of a text without their endings."""
    for word in _WORD.findall(text.lower()):
        yield from {stem(word): None, **({stem(part): None for part in word.split("-")} if "-" in word else {})}


@cache
def stem(word: str) -> str:
    """A word without its ending: "sends", "sending" and "sent" are one word."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    cut = _ENDING.sub("", word) if len(word) > 4 else word.removesuffix("s") if len(word) > 3 else word
    return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "els" else cut


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """What else a word may mean, by its stem; "{place}" and others for the kind of a place."""
    told = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))["words"]
    kinds = {"place", "outage", "restart", "bot", "change", "typing", "database", "server"}
    return {
        stem(word): tuple(f"{{{one}}}" if one in kinds else stem(one) for one in meant) for word, meant in told.items()
    }


def kind(name: str) -> str:
    """{user} and {users} are of one kind: who writes the one means the other as well."""
    return name.removesuffix("s")


def _marked(text: str, types: Mapping[str, re.Pattern[str]]) -> str:
    """The text with {user} for people and {string} for what is quoted, to compare it by letters."""
    marked = _QUOTED.sub("{string}", text)
    for name in ("users", "place", "database", "int"):
        if name in types:
            marked = types[name].sub(f"{{{kind(name)}}}", marked)
    return marked
