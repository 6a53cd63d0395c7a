"""What events are called on the wire: as the seed has them, or as the deployed system does."""

from typing import Any

from reference.kit.postgres import Row

_DEPLOYED = {"user_status_updated": "user_status_changed"}
_BY_PLACE = {"message_received": "{}_message_received", "typing_indicator": "{}_typing"}


def as_in_seed(event: str, _payload: Row) -> str:
    """The seed's name, which is the server's own."""
    return event


def as_deployed(event: str, payload: Row) -> str:
    """The deployed system's name; it tells chatrooms and threads apart."""
    place = "thread" if payload.get("threadId") else "chatroom"
    return _BY_PLACE.get(event, _DEPLOYED.get(event, event)).format(place)


def chatroom(number: object) -> str:
    """The room of a chatroom."""
    return f"chatroom:{number}"


def thread(number: object) -> str:
    """The room of a thread."""
    return f"thread:{number}"


def company(number: object) -> str:
    """The room of a company."""
    return f"company:{number}"


def upload(session: object) -> str:
    """The room of an upload."""
    return f"upload_session:{session}"


def place(payload: Any) -> str:
    """The room where a message is heard."""
    return thread(payload["threadId"]) if payload.get("threadId") else chatroom(payload["chatroomId"])
