"""What a page says of what was done last: whether that is praise or a complaint, as a person would take it."""

import re
from collections.abc import Iterable

#: What a page says beside its contents, as it looks and in its words.
NOTICES = """() => [...document.querySelectorAll(
  "[role=alert], [role=status], [aria-live], output, [class*=alert], [class*=notice], [class*=flash], [class*=toast]")
  ].filter(item => item.checkVisibility() && item.innerText.trim()).map(
  item => [String(item.className).toLowerCase(), item.innerText.trim()])"""

#: How bad and good news look, by the usual names of it.
_BAD_LOOK, _GOOD_LOOK = re.compile(r"danger|error|fail|invalid"), re.compile(r"success|positive|\bok\b")
#: And how they sound where they have no look of their own.
_BAD_WORDS = re.compile(
    r"\b(fail\w*|errors?|invalid|wrong|incorrect|refused|denied|rejected|not|cannot|can't|couldn't|already|must|unknown"
    r"|too (short|long))\b",
    re.IGNORECASE,
)
_GOOD_WORDS = re.compile(r"\b(success\w*|created|generated|issued|revoked|saved|done|added)\b", re.IGNORECASE)


def told(notices: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """What a page praises and what it complains of; each empty if nothing.

    Args:
        notices: look and words of each, as `NOTICES` finds them.
    """
    praise = complaint = ""
    for look, words in notices:
        if _is_bad(look, words):
            complaint = complaint or words
        elif _GOOD_LOOK.search(look) or _GOOD_WORDS.search(words):
            praise = praise or words
    return praise, complaint


def _is_bad(look: str, words: str) -> bool:
    if _BAD_LOOK.search(look):
        return True
    return not _GOOD_LOOK.search(look) and bool(_BAD_WORDS.search(words))
