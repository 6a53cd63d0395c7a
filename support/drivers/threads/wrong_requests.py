"""What no client should request, by the scenarios' names for it (contract 2.2 to 2.7)."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from support.drivers.kit.wrong_forms import cut_off
from support.drivers.threads.files import announcement
from support.drivers.threads.members import founding, newcomer

#: One of `options.REQUESTS`, what to say with it, and what stands in its places.
Request = tuple[str, Any, dict[str, str]]
Requests = dict[str, Request]


@dataclass(frozen=True)
class Known:
    """Whom and what a wrong request may be about; an id that nothing has where the scenario has no such thing.

    `longest` is the number of characters that a message may have, `piece` that of bytes of a file sent at a time, and
    `storage` that of bytes that all files of a company may take.
    """

    me: str = ""
    login: str = ""
    company: str = ""
    colleague: str = ""
    room: str = ""
    thread: str = ""
    message: str = ""
    upload: str = ""
    longest: int = 0
    piece: int = 1
    storage: int = 0
    nowhere: str = field(default_factory=lambda: str(uuid.uuid4()))


def wrong_requests(known: Known) -> Requests:
    """Each of the scenarios' mistakes, as it is requested."""
    return (
        _accounts(known) | _companies(known) | _rooms(known) | _threads(known) | _messages(known) | _files(known)
    ) | {"something that is not there": ("look at what is not there", None, {})}


def aim_of(what: str) -> str:
    """What is requested by a mistake, one of `backend.REQUESTS`."""
    return wrong_requests(Known())[what][0]


def _accounts(known: Known) -> Requests:
    twin = founding(f"twin.{known.login}", "long enough")
    return {
        "an account with an invalid address": ("register", twin | {"email": "nowhere"}, {}),
        "an account with a password that is too short": ("register", twin | {"password": "short"}, {}),
        "an account with an address that is taken, in capitals": (
            "register",
            twin | {"email": known.login.upper()},
            {},
        ),
        "a company with a name that is taken": ("register", twin | {"companyName": known.company}, {}),
        "a session for an address that is unknown": ("sign in", {"email": twin["email"], "password": "any one"}, {}),
        "the profile of a user who does not exist": ("read a profile", None, {"user": known.nowhere}),
        "a profile in the form of a list": ("change the profile", ["Ada"], {}),
        "a profile in a request that is cut off": ("change the profile", cut_off({"firstName": "Ada"}), {}),
        "an unknown availability": ("say how available one is", {"status": "dancing"}, {}),
    }


def _companies(known: Known) -> Requests:
    nobody, invited = {"user": known.nowhere}, {"email": f"for.{known.login}", "role": "member"}
    unknown = {"token": "0" * 64, "password": "long enough"}
    return {
        "a member without an address": ("add a member", newcomer("nobody"), {}),
        "a member with an address that is taken": ("add a member", newcomer(known.login), {}),
        "a member in an unknown position": ("change a position", {"role": "king"}, {"user": known.colleague}),
        "another position for a user who does not exist": ("change a position", {"role": "admin"}, nobody),
        "the removal of a user who does not exist": ("remove a member", None, nobody),
        "an invitation without an address": ("invite a user", invited | {"email": "nobody"}, {}),
        "an invitation of a user who has an account": ("invite a user", invited | {"email": known.login}, {}),
        "an invitation of another owner": ("invite a user", invited | {"role": "owner"}, {}),
        "an invitation that does not exist": ("look at an invitation", None, {"invitation": "0" * 64}),
        "the acceptance of an invitation that does not exist": ("accept an invitation", unknown, {}),
        "the withdrawal of an invitation that does not exist": (
            "withdraw an invitation",
            None,
            {"invitation": known.nowhere},
        ),
        "an invalid page of the members": ("see more of the members", None, {"limit": "1", "after": "first"}),
        "more members than a page holds": ("see more of the members", None, {"limit": "101", "after": ""}),
    }


def _rooms(known: Known) -> Requests:
    here, nowhere = {"place": known.room}, {"place": known.nowhere}
    return {
        "a room without a name": ("open a room", {}, {}),
        "a room with a number for a name": ("open a room", {"name": 7}, {}),
        "a room that does not exist": ("look at a room", None, nowhere),
        "the end of a room that does not exist": ("close a room", None, nowhere),
        "a member of the room who is there already": ("add a user to a room", None, here | {"user": known.me}),
        "a member of the room who does not exist": ("add a user to a room", None, here | {"user": known.nowhere}),
        "the removal from the room of a user who is not there": (
            "remove a user from a room",
            None,
            here | {"user": known.nowhere},
        ),
    }


def _threads(known: Known) -> Requests:
    here, nowhere = {"place": known.thread}, {"place": known.nowhere}
    budget, no_id = {"chatroomId": known.room, "title": "Budget"}, {"place": "a-thread"}
    return {
        "a thread in a room that does not exist": ("open a thread", budget | {"chatroomId": known.nowhere}, {}),
        "a thread with a user who is not in the room": (
            "open a thread",
            budget | {"participantIds": [known.nowhere]},
            {},
        ),
        "a thread that does not exist": ("look at a thread", None, nowhere),
        "a thread with an id in a wrong form": ("look at a thread", None, no_id),
        "the files of a thread with an id in a wrong form": ("see the files of a thread", None, no_id),
        "a new name for another's thread": ("rename a thread", {"title": "Mine"}, here),
        "a member of the thread who is there already": ("add a user to a thread", None, here | {"user": known.me}),
        "a member of the thread who is not in the room": (
            "add a user to a thread",
            None,
            here | {"user": known.nowhere},
        ),
        "the removal from the thread of a user who is not there": (
            "remove a user from a thread",
            None,
            here | {"user": known.nowhere},
        ),
    }


def _messages(known: Known) -> Requests:
    said, page = {"chatroomId": known.room, "content": "Hello?"}, {"place": known.room, "limit": "1", "after": ""}
    return {
        "a message without words": ("send a message", {"chatroomId": known.room}, {}),
        "a blank message": ("send a message", said | {"content": ""}, {}),
        "a message that is too long": ("send a message", said | {"content": "x" * (known.longest + 1)}, {}),
        "a message with a character that cannot be stored": ("send a message", said | {"content": "Hello\0?"}, {}),
        "a message in a room that does not exist": ("send a message", said | {"chatroomId": known.nowhere}, {}),
        "a message in something that is not a room": ("send a message", said | {"chatroomId": "a room"}, {}),
        "a message in a thread of another room": ("send a message", said | {"threadId": known.thread}, {}),
        "an answer to a message that does not exist": ("send a message", said | {"replyToId": known.nowhere}, {}),
        "a message that does not exist": ("edit a message", {"content": "Hello?"}, {"message": known.nowhere}),
        "a change to another's message": ("edit a message", {"content": "Hello?"}, {"message": known.message}),
        "more than can be taken": ("send a message", said | {"content": "x" * 2**21}, {}),
        "messages of no room in particular": ("read no place in particular", None, {}),
        "an invalid page of messages": ("see more of a room", None, page | {"after": "first"}),
        "more messages than a page holds": ("see more of a room", None, page | {"limit": "101"}),
    }


def _files(known: Known) -> Requests:
    file, nothing = announcement("a.bin", b"x", known.piece), {"file": known.nowhere}
    piece = {"sessionId": known.upload, "chunkIndex": 0, "chunkSizeBytes": 1, "chunkData": "eA=="}
    piece |= {"chunkChecksum": file["checksum"]}
    return {
        "an upload that is too large": ("begin an upload", file | {"totalSizeBytes": 100 * 2**30}, {}),
        "an upload for which the company has no room": (
            "begin an upload",
            file | {"totalSizeBytes": known.storage + 1},
            {},
        ),
        "an upload of nothing": ("begin an upload", file | {"totalSizeBytes": 0}, {}),
        "an upload to a room that does not exist": ("begin an upload", file | {"chatroomId": known.nowhere}, {}),
        "a piece of an upload that does not exist": ("send a piece", piece | {"sessionId": "none"}, {}),
        "a piece that is longer than it says": ("send a piece", piece | {"chunkData": "eHh4"}, {}),
        "a piece that cannot be decoded": ("send a piece", piece | {"chunkData": "!"}, {}),
        "the completion of an upload that does not exist": ("complete an upload", {"sessionId": "none"}, {}),
        "an upload that does not exist": ("look at an upload", None, {"upload": "none"}),
        "a file that does not exist": ("open a file", None, nothing),
        "the end of a file that does not exist": ("delete a file", None, nothing),
        "a link that is for another file": ("get a link to a file", {"fileId": known.room}, nothing),
        "a search for nothing": ("find files", None, {"words": ""}),
    }
