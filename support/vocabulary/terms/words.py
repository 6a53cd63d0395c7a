"""Words of every kind that people write: each has to arrive, be kept and be passed on as it was written.

The one place for them. A kind that is added here is asked of all systems whose scenarios speak of words of every kind.
"""

from collections.abc import Callable

#: What is special about the words -> the words.
KINDS = {
    "long": "It was a long day, and there is much to tell of it. " * 36,
    "of many alphabets": "Grüße, до завтра, καλημέρα, 你好, こんにちは, 안녕, สวัสดี, नमस्ते",
    "written from right to left": "שלום עולם, مرحبا بالعالم \u200f(12)\u200e",
    "made of combining letters": "Cafe\u0301, a\u030angstro\u0308m, Z\u0351\u0323\u0308",
    "beyond the basic plane": "🎉👩‍👩‍👧🏽 𝔣𝔯𝔞𝔨𝔱𝔲𝔯 𠜎",
    "with blanks around": "  two before, one behind ",
    "with blanks inside": "a  b   c\td\u00a0e",
    "of several lines": "first\n\n  third, set in\nlast",
    "that look like markup": "<b>not bold</b> & co &amp; <script>alert(1)</script>",
    "that look like code": '\'; DROP TABLE users; -- \\ %s {0} $1 "quoted" `tick`',
    "that look like a number": "007",
    "that look like nothing": "null",
    "that look like a name of the system's": "User0&User1",
}

#: How the name of a user may be written -> what is made of a plain one.
NAMES: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "with a blank in it": lambda name: name.replace("-", " "),
    "with letters beyond ASCII": lambda name: f"{name}-éß",
}

#: What a message may hold instead of words, if a system lets it.
NO_WORDS: tuple[object, ...] = (7, 1.5, True, ["one", "two"], {"text": "Hello", "to": ["you", "me"]})
