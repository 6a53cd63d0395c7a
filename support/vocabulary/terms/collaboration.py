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

#: How large a file may be.
SIZES = ("the largest one", "the room that is left")

#: What can be told -> the sentence for it.
SENTENCES = {
    "connected": "{who} is connected",
    "recognised": "{who} has been recognised",
    "joined": "{who} has joined the company",
    "left": "{who} has left the company",
    "position": "{who} is now {position}",
    "called": "{who} is now called {text}",
    "available": "{who} is {availability}",
    "busy with": "{who} is {availability}: {text}",
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
    # accounts, beside those of `support.vocabulary.terms.school.MISTAKES`
    "an account with a password that is too short",
    "a company with a name that is taken",
    "the profile of a user who does not exist",
    "a profile in the form of a list",
    "a profile in a request that is cut off",
    "an unknown availability",
    # companies
    "a member without an address",
    "a member with an address that is taken",
    "another position for a user who does not exist",
    "the removal of a user who does not exist",
    "an invitation of a user who has an account",
    "an invitation of another owner",
    "an invitation that does not exist",
    "the withdrawal of an invitation that does not exist",
    "an invalid page of the members",
    "more members than a page holds",
    # rooms
    "a room without a name",
    "a room with a number for a name",
    "a room that does not exist",
    "the end of a room that does not exist",
    "a member of the room who is there already",
    "a member of the room who does not exist",
    "the removal from the room of a user who is not there",
    # threads
    "a thread in a room that does not exist",
    "a thread with a user who is not in the room",
    "a thread that does not exist",
    "a thread with an id in a wrong form",
    "the files of a thread with an id in a wrong form",
    "a new name for another's thread",
    "a member of the thread who is there already",
    "a member of the thread who is not in the room",
    "the removal from the thread of a user who is not there",
    # messages
    "a message without words",
    "a blank message",
    "a blank message, live",
    "a message that is too long",
    "a message with a character that cannot be stored",
    "a message in a room that does not exist",
    "a message in something that is not a room",
    "a message in a thread of another room",
    "an answer to a message that does not exist",
    "a message that does not exist",
    "a change to another's message",
    "more than can be taken",
    "messages of no room in particular",
    "an invalid page of messages",
    "more messages than a page holds",
    # files
    "an upload that is too large",
    "an upload for which the company has no room",
    "an upload of nothing",
    "an upload to a room that does not exist",
    "a piece of an upload that does not exist",
    "a piece that is longer than it says",
    "a piece that cannot be decoded",
    "the completion of an upload that does not exist",
    "an upload that does not exist",
    "a file that does not exist",
    "the end of a file that does not exist",
    "a link that is for another file",
    "a search for nothing",
    # anything else
    "something that is not there",
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
    "answers a message",
    "edits a message",
    "edits a message in the thread",
    "deletes a message",
    "deletes a message in the thread",
    "archives the thread",
    "takes the thread out of the archive",
    "opens a thread",
    "renames the thread",
    "renames the room",
    "opens a room",
    "becomes busy",
    "becomes away",
    "announces a meeting",
    "takes another name",
)

#: What is listed page by page.
LISTINGS = ("rooms", "threads", "files")

#: How a user ends with a file.
ENDINGS = ("tries to complete", "completes twice at the same moment", "gives up", "deletes")
#: How a piece of a file is sent.
MANNERS = (
    "comes in turn",
    "comes out of turn",
    "comes twice",
    "comes four times at once",
    "is damaged",
    "has its checksum in capitals",
    "belongs to another file",
    "is too short",
    "is said to be the last",
)
#: What a client may send on its connection, beside `support.vocabulary.terms.school.FRAMES`.
FRAMES = (
    "a wish to hear its own company again",
    "a wish to hear another company",
    "a wish to hear a room that does not exist",
    "a farewell to a room that it does not hear",
    "the token of another user",
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
