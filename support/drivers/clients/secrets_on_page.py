"""Whether a page shows a secret: a picture of it could not be masked."""

from typing import TYPE_CHECKING

from support.core.redaction import Redactor

if TYPE_CHECKING:
    from playwright.async_api import Page

#: All that can be read on a page: its text, and what stands in its fields unless that is shown as dots or not at all.
_READABLE = """() => [document.body?.innerText ?? "",
  ...[...document.querySelectorAll("input, textarea, select")]
    .filter(field => !["password", "hidden"].includes(field.type)).map(field => field.value)]"""


async def shows_secret(page: "Page", redactor: Redactor) -> bool:
    """Whether what can be read on a page holds what is masked everywhere else.

    Args:
        page: Playwright's.
        redactor: knows the secrets.
    """
    readable: list[str] = await page.evaluate(_READABLE)
    return any(redactor.text(text) != text for text in readable)
