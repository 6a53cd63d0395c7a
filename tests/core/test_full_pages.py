"""Lists on pages: full ones, a last one that holds the rest, and none with nothing on it behind them."""

import pytest

from support.scenario.tasks.pages import in_full_pages


@pytest.mark.parametrize("pages", [[["a", "b"], ["c"]], [["a", "b"]], [["a"]], [[]]])
def test_what_stands_on_pages(pages: list[list[str]]) -> None:
    assert in_full_pages(pages, 2) == [item for page in pages for item in page]


@pytest.mark.parametrize("pages", [[["a", "b"], []], [["a"], ["b", "c"]], [["a", "b", "c"]]])
def test_pages_that_cannot_be(pages: list[list[str]]) -> None:
    with pytest.raises(AssertionError, match="the pages hold"):
        in_full_pages(pages, 2)
