"""What clients send to the chat server, by HTTP and as events. A token, a password and a content may be anything."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, StrictFloat, StrictStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from reference.chat.refusals import Rejected
from reference.chat.rooms import SEPARATOR


class Credentials(BaseModel):
    """Who wants to sign in."""

    username: Any
    password: Any


class Request(Credentials):
    """What the administrator asks; `{}` asks nothing."""

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, sent: Any) -> Any:
        if not sent:
            raise PydanticCustomError("nothing", "nothing")
        return sent


class KillToken(Request):
    """Whose session the administrator ends."""

    user_token_terminate: Any


class Registration(Request):
    """An account to add, with a name that no room's name is torn apart by; seconds that its sessions last."""

    username: Annotated[StrictStr, Field(min_length=1, max_length=255, pattern=f"^[^{SEPARATOR}]*$")]
    password: Annotated[StrictStr, Field(min_length=1)]
    token_lifetime: StrictFloat | None = None


class Join(BaseModel):
    """A room to join."""

    room: StrictStr
    client: StrictStr
    jwt: Any


class Message(BaseModel):
    """Something to say in a room."""

    sender: StrictStr
    jwt: Any
    conversation_room: StrictStr
    content: Any


class SignOfLife(BaseModel):
    """Whose sign of life it is."""

    client: StrictStr


class SignOut(SignOfLife):
    """Who signs out."""

    jwt: Any


F = TypeVar("F", bound=BaseModel)


def filled_in(form: type[F], sent: Any) -> F:
    """What was sent, as a form. Raises `Rejected` over the first mistake."""
    try:
        return form.model_validate(sent)
    except ValidationError as error:
        raise Rejected(_complaint(error)) from None


_KINDS = {"string_type": "text", "float_type": "a number"}


def _complaint(error: ValidationError) -> str:
    wrong = error.errors()[0]
    if not wrong["loc"]:
        return "Invalid request format, expected JSON data"
    if wrong["type"] == "missing":
        return f"Invalid request, missing required field: '{wrong['loc'][0]}'"
    kind = _KINDS.get(wrong["type"], "one that can be used")
    return f"Invalid request, this field must be {kind}: '{wrong['loc'][0]}'"
