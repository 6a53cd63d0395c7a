"""A site that is not the tested one, with a page that has the browser of who visits it send a form there (CSRF)."""

from collections.abc import Mapping
from html import escape

#: Where it stands; no server is asked for it: the browser is handed the page.
ADDRESS = "http://elsewhere.example/"


def page_that_sends(form: Mapping[str, str], to: str) -> str:
    """A page that sends a form as soon as it is open.

    Args:
        form: its fields and their values.
        to: the URL that it goes to.
    """
    fields = "".join(f'<input name="{escape(name)}" value="{escape(value)}">' for name, value in form.items())
    sending = "<script>document.forms[0].submit()</script>"
    return f'<form method="post" action="{escape(to)}">{fields}</form>{sending}'
