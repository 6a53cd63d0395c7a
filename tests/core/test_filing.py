"""What is said of a file that is not as it was sent."""

import pytest

from support.scenario.tasks.file_upload import difference


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"abc", "it has 3 bytes, 4 were sent"),
        (b"abXd", "1 of its 4 bytes are others, the first of them byte 3"),
        (b"Xbcd", "1 of its 4 bytes are others, the first of them byte 1"),
    ],
)
def test_says_what_differs(content: bytes, said: str) -> None:
    assert difference(content, b"abcd") == said
