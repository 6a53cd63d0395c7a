"""Text that others have written, made fit for each of our outputs.

What a server says, what stands in a title, a path or a log can hold control characters, halves of characters, and signs
that turn the direction of writing. Raw they make a file invalid, steer a terminal, cut a line in two or hide a word.
People see them instead: NUL as ␀, ESC as ␛, U+2028 as \\u2028. Everything that leaves for a reader goes through here:

- XML, SVG, HTML, Allure: `visible`, and the escaping of the library that writes them;
- console: `for_console`; marks in a merge request: `for_annotation` and `for_annotation_value`;
- Markdown tables: `markdown_cell`; titles and properties: `on_one_line`;
- JSON, one value to a line: `json_line`, which loses nothing.
"""

import json
import re
from typing import Any

#: All controls but tab and line feed; line separators; signs of direction (Unicode, UAX #9); halves of characters; and
#: the two others that XML 1.0 forbids (section 2.2).
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
#: Unicode has pictures of the controls of ASCII.
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "␡"}
#: What a pipeline that reads the console takes for a command: GitHub (`::`, `##[`), Azure, TeamCity.
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))", re.MULTILINE)


def visible(text: str) -> str:
    """The text with everything that cannot be seen or would do something spelled out; for XML, SVG, HTML and Allure."""
    return _UNSEEN.sub(_shown, text)


def for_console(text: str) -> str:
    """Text that cannot steer a terminal, nor give an order to the pipeline that reads along."""
    return _COMMAND.sub(_disarmed, visible(text))


def on_one_line(text: str) -> str:
    """Visible text without line ends and without blanks in a row."""
    return " ".join(visible(text).split())


def markdown_cell(text: str) -> str:
    """Text for a cell of a Markdown table: nothing in it ends the cell or the row, or is taken for HTML."""
    text = on_one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\\", "&#92;").replace("|", "\\|").replace("`", "&#96;")


def for_annotation(text: str) -> str:
    """The message of a GitHub Actions command: one line, with the signs of the command itself written otherwise."""
    return visible(text).replace("%", "%25").replace("\n", "%0A")


def for_annotation_value(text: str) -> str:
    """A property of a GitHub Actions command, in which colon and comma have a meaning too."""
    return for_annotation(text).replace(":", "%3A").replace(",", "%2C")


def shortened(text: str, limit: int) -> str:
    """The text itself, or its beginning and how long it is.

    Args:
        text: of any length.
        limit: characters that are kept.
    """
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters in all)"


def middle_out(text: str, limit: int) -> str:
    """The text itself, or its beginning and its end if that is shorter: a long message says at its ends what was wrong.

    Only for text that has been redacted: of a secret that is cut in two, no half is known.

    Args:
        text: of any length.
        limit: characters that are kept.
    """
    if len(text) <= limit:
        return text
    head, tail = limit * 2 // 3, limit // 3
    left_out = f"… ({len(text) - head - tail:,} characters left out) …"
    return min(text, f"{text[:head].rstrip()} {left_out} {text[-tail:].lstrip()}", key=len)


def json_line(data: Any) -> str:
    """JSON on one line for every reader, with its line end; `json.loads` gives back whatever the texts in it hold."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=False)) + "\n"


def _shown(found: re.Match[str]) -> str:
    sign = found[0]
    return _PICTURES.get(sign) or (f"\\x{ord(sign):02x}" if sign <= "\xff" else f"\\u{ord(sign):04x}")


def _disarmed(found: re.Match[str]) -> str:
    return f"{found[0]}\\"
