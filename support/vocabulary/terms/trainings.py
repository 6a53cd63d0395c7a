"""The words for what people do in trainings; drivers know what each means on the wire."""

#: What one can train in.
TRAININGS = ("customer service", "claim handling")
#: What a deployment can be changed to.
SETTINGS = (
    "other content",
    "other content while it runs",
    "damaged content",
    "no language model",
    "a thousand messages at once",
    "patience with the database",
)
#: What is not there, or not for everybody.
FORBIDDEN = (
    "a document that does not exist",
    "a document of a training that does not exist",
    "a document outside the folder of its training",
    "the inner description of a training",
    "a training that does not exist",
    "a training whose number is too big",
    "a training without saying who",
    "a training without a name",
    "a session that does not exist",
    "a session whose number is too big",
    "the text of a document that has none",
    "the conversation of a session that does not exist",
)
#: What a client may send, beside `support.vocabulary.terms.school.FRAMES`.
FRAMES = (
    "a blank message",
    "a message without words",
    "a message of an unknown kind",
    "half of a character",
    "words in the trainer's name",
    "a message that is too long",
    "a message as long as can be",
    "a message of accented letters as long as can be",
    "a message of emoji as long as can be",
)


def trainings(text: str) -> list[str]:
    """The trainings of a list such as "customer service and claim handling"."""
    return text.split(" and ")


def times(text: str) -> int:
    """How often: "once" or "4 times each"."""
    return 1 if text == "once" else int(text.split()[0])
