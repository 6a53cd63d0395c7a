"""The words for what people do together in a company: in its rooms and threads, and with its files.

Drivers know what each means on the wire. Word of what has happened arrives in the very sentence that a scenario has
for it, so one table serves the phrases and the drivers.
"""

import re

#: Where several people talk.
PLACE = r'(?:the (?:room|thread) "[^"]*")'
#: What a user is in a company.
POSITIONS = ("a member", "a guest")
#: How available people say they are.
AVAILABILITIES = ("available", "away", "busy")
#: The two ways of doing a thing: by a request that is answered, or on the live connection.
WAYS = ("by request", "live")
#: Typing, as a user does it -> as others are told of it.
TYPING = {"begins to type": "has begun to type", "stops typing": "has stopped typing"}

#: What can be told -> the sentence for it.
SENTENCES = {
    "connected": "{who} is connected",
    "recognised": "{who} has been recognised",
    "joined": "{who} has joined the company",
    "left": "{who} has left the company",
    "position": "{who} is now {position}",
    "called": "{who} is now called {text}",
    "available": "{who} is {availability}",
    "typing": "{who} {typing} in {place}",
    "sent": "{text} has been sent",
    "delivered": "{text} has been delivered to {who}",
    "edited": "a message in {place} now says {text}",
    "deleted": "a message in {place} has been deleted",
    "opened": "{place} has been opened",
    "renamed": "{place} has become {another}",
    "closed": "{place} has been closed",
    "added": "{who} has been added to {place}",
    "taken out": "{who} has been removed from {place}",
    "progress": "the file {text} is at {number} %",
    "uploaded": "the file {text} has been uploaded",
    "ready": "the file {text} is ready",
    "cancelled": "the upload of the file {text} has been cancelled",
    "restored": "{place} has been restored",
    "recovered": "the connection has been recovered",
}

#: What a company's people or outsiders may try in it, beside `support.vocabulary.terms.school.INTRUSIONS`.
INTRUSIONS = (
    "add a member",
    "remove the company owner",
    "make the company owner a member",
    "read the profile of the company owner",
    "rename the company",
    "open a room",
    "send a message",
    "read the messages",
    "upload a file",
)

#: What can be requested wrongly.
MISTAKES = (
    "a message without words",
    "a blank message",
    "a blank message, live",
    "a message that is too long",
    "a message in a room that does not exist",
    "a message in something that is no room",
    "a room that does not exist",
    "a message that does not exist",
    "a room without a name",
    "a room with a number for a name",
    "a member without an address",
    "an availability that there is not",
    "a company with a name that is taken",
    "an upload that is too large",
    "something that is not there",
    "a thread in a room that does not exist",
    "a change to another's message",
    "a new name for another's thread",
    "more than can be taken",
)

#: Why something is refused.
GROUNDS = {
    "the token is not valid": ("UNAUTHORIZED", "TOKEN_EXPIRED"),
    "that is not allowed": ("FORBIDDEN", "REMOVED"),
    "that does not exist": ("NOT_FOUND",),
    "that is a mistake": ("BAD_REQUEST", "UNKNOWN_EVENT", "UNPROCESSABLE_ENTITY"),
    "that is taken already": ("CONFLICT",),
    "that is too large": ("PAYLOAD_TOO_LARGE",),
    "the account is locked": ("LOCKED",),
    "that is too much": ("TOO_MANY_REQUESTS", "CONNECTION_LIMIT"),
}

#: A change that one way makes and the other has to show.
CHANGES = (
    "sends a message in the room",
    "sends a message in the thread",
    "edits a message",
    "deletes a message",
    "opens a thread",
    "renames the thread",
    "renames the room",
    "opens a room",
    "becomes busy",
    "takes another name",
)

#: How a user ends with a file.
ENDINGS = ("tries to complete", "gives up", "deletes")
#: How a piece of a file is sent.
MANNERS = (
    "comes in turn",
    "comes out of turn",
    "comes twice",
    "comes four times at once",
    "is damaged",
    "belongs to another file",
    "is too short",
)


def sentence(kind: str, **named: object) -> str:
    """The sentence for something that is told."""
    return SENTENCES[kind].format(**named)


def pattern(person: str) -> str:
    """The expression for every sentence.

    Args:
        person: the expression for a person.
    """
    fields = {
        "who": person,
        "place": PLACE,
        "another": PLACE,
        "text": '"[^"]*"',
        "number": r"\d+",
        "availability": f"(?:{'|'.join(AVAILABILITIES)})",
        "position": "(?:an admin|a member|a guest)",
        "typing": f"(?:{'|'.join(TYPING.values())})",
    }
    return "|".join(re.sub(r"{(\w+)}", lambda field: fields[field[1]], sentence) for sentence in SENTENCES.values())
