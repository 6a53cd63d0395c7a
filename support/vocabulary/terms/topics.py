"""The words for what is published on topics."""

#: Where something is published, or several such places at once: "weather/+".
TOPIC = r'the topic "[^"]*"'
#: How often a message is to arrive, from the least to the most that is promised.
QUALITIES = ("at most once", "at least once", "exactly once")


def name(text: str) -> str:
    """The name in `the topic "weather/oslo"`."""
    return text.removeprefix('the topic "').removesuffix('"')
