"""Lists that are read page by page."""

from typing import TypeVar

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import Posts, ReadsByPages
from support.scenario.actor import Actor

T = TypeVar("T")

#: As long as a page of a list may be.
_LONGEST_PAGE = 100


def numbered_in_place(count: int) -> list[str]:
    """The texts of messages that are sent to a place, one after the other."""
    return [f"item {number} of {count}" for number in range(1, count + 1)]


async def post_numbered(actor: Actor, count: int, place: str) -> None:
    """Send numbered messages to a place by request, each when the one before has been taken."""
    for text in numbered_in_place(count):
        await actor.do(actor.ability(Posts).post(text, place))


def all_once(found: list[str], wanted: frozenset[str], what: str) -> None:
    """Check that of what is listed there is nothing twice, and nothing missing of what is wanted.

    Raises:
        AssertionError: there is.
    """
    check(len(found) == len(set(found)), f"one of the {what} is shown more than once: {in_words(found)}")
    check(wanted <= set(found), f"{len(wanted - set(found))} of the {len(wanted)} {what} are missing")


def in_full_pages(pages: list[list[T]], size: int) -> list[T]:
    """All that stands on pages.

    Raises:
        AssertionError: a page holds more than `size`, one before the last holds less, or one leads to an empty one.
    """
    sizes = [len(page) for page in pages]
    check(all(sizes[1:]), f"the pages hold {sizes}: one leads to a page with nothing on it")
    check(sizes[:-1] == [size] * (len(sizes) - 1) and sizes[-1] <= size, f"the pages hold {sizes}, not {size} each")
    return [item for page in pages for item in page]


async def stand_on_one_page(actor: Actor, lists: ReadsByPages, what: str) -> None:
    """Check that a page as long as a whole list, one of `LISTINGS`, holds it all and leads to no other.

    Raises:
        AssertionError: it does not, or the scenario's own are missing on it.
    """
    whole = (await actor.do(lists.listed_by_pages(what, _LONGEST_PAGE)))[0]
    check(lists.listed_here(what) <= set(whole), f"the longest page does not hold the {what} of the scenario")
    pages = await actor.do(lists.listed_by_pages(what, len(whole)))
    check(pages == [whole], f"{len(whole)} {what} stand on pages of {[len(page) for page in pages]}")
