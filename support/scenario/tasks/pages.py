"""Lists that are read page by page."""

from typing import TypeVar

from support.core.checks import check
from support.drivers.capabilities.collaboration import Posts
from support.scenario.actor import Actor

T = TypeVar("T")


def numbered_in_place(count: int) -> list[str]:
    """The texts of messages that are sent to a place, one after the other."""
    return [f"item {number} of {count}" for number in range(1, count + 1)]


async def post_numbered(actor: Actor, count: int, place: str) -> None:
    """Send numbered messages to a place by request, each when the one before has been taken."""
    for text in numbered_in_place(count):
        await actor.do(actor.ability(Posts).post(text, place))


def in_full_pages(pages: list[list[T]], size: int) -> list[T]:
    """All that stands on pages.

    Raises:
        AssertionError: a page holds more than `size`, or one before the last holds less.
    """
    sizes = [len(page) for page in pages]
    check(sizes[:-1] == [size] * (len(sizes) - 1) and sizes[-1] <= size, f"the pages hold {sizes}, not {size} each")
    return [item for page in pages for item in page]
