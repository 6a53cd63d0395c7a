"""What clients may send, over HTTP and on the socket alike; anything else is refused with one line for each mistake."""

from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from reference.threads.refusals import invalid

Email = Annotated[str, StringConstraints(max_length=255, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", to_lower=True)]
Password = Annotated[str, Field(min_length=8, max_length=128)]
Name = Annotated[str, Field(min_length=1, max_length=255)]
Checksum = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]
Role = Literal["admin", "member", "guest"]
Status = Literal["online", "away", "busy", "offline"]
Kind = Literal["TEXT", "SYSTEM"]


class Form(BaseModel):
    """Base of all: names in camel case on the wire, nothing that is not named here."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", populate_by_name=True, strict=False)

    def named(self, *, only_given: bool = False) -> dict[str, Any]:
        """The values under their names on the wire; with `only_given` those that were sent."""
        return self.model_dump(by_alias=True, exclude_unset=only_given)


class Registration(Form):
    """A new company and its owner."""

    email: Email
    password: Password
    full_name: str | None = None
    company_name: Annotated[str, Field(min_length=2, max_length=255)]


class Credentials(Form):
    """Who wants to sign in."""

    email: Email
    password: str


class Renewal(Form):
    """A refresh token for the next pair."""

    refresh_token: str


class Farewell(Form):
    """The end of a sign-in."""

    refresh_token: str | None = None


class Profile(Form):
    """Changes of one's own profile; the deployed system spells some in snake case."""

    username: Name | None = None
    full_name: Annotated[str | None, Field(validation_alias=AliasChoices("fullName", "full_name"))] = None
    avatar_url: Annotated[str | None, Field(validation_alias=AliasChoices("avatarUrl", "avatar_url"))] = None


class NewPassword(Form):
    """Another password."""

    current_password: str
    new_password: Password


class NewStatus(Form):
    """How a user is."""

    status: Status
    custom_message: Annotated[str, Field(max_length=255)] | None = None


class NewRole(Form):
    """What a user may do from now on."""

    role: Role


class CompanyChanges(Form):
    """Changes of a company."""

    name: Annotated[str, Field(min_length=2, max_length=255)] | None = None
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=255)] | None = None


class NewMember(Form):
    """A user to add to a company."""

    email: Email
    password: Password
    full_name: str | None = None
    role: Role


class NewInvitation(Form):
    """A user to invite into a company."""

    email: Email
    role: Role


class Acceptance(Form):
    """An invitation that is accepted."""

    token: str
    password: Password
    full_name: str | None = None


class NewChatroom(Form):
    """A chatroom to create."""

    name: Name
    description: Annotated[str, Field(max_length=500)] | None = None
    avatar_url: str | None = None
    is_private: bool = False


class ChatroomChanges(Form):
    """Changes of a chatroom."""

    name: Name | None = None
    description: Annotated[str, Field(max_length=500)] | None = None
    avatar_url: str | None = None
    is_private: bool | None = None


class NewThread(Form):
    """A thread to create."""

    chatroom_id: UUID
    title: Name
    description: Annotated[str, Field(max_length=1000)] | None = None
    participant_ids: list[UUID] = []


class ThreadChanges(Form):
    """Changes of a thread."""

    title: Name | None = None
    description: Annotated[str, Field(max_length=1000)] | None = None
    is_archived: bool | None = None


class Said(Form):
    """A message, wherever it goes."""

    content: Annotated[str, Field(min_length=1)]
    message_type: Kind = "TEXT"
    reply_to_id: UUID | None = None


class ChatroomMessage(Said):
    """A message for a chatroom, or for a thread of it."""

    chatroom_id: UUID
    thread_id: UUID | None = None


class ThreadMessage(Said):
    """A message for a thread."""

    thread_id: UUID


class Edit(Form):
    """Another text for a message."""

    content: Annotated[str, Field(min_length=1)]


class NewUpload(Form):
    """A file that is to come."""

    file_name: Name
    total_size_bytes: Annotated[int, Field(ge=1)]
    mime_type: Annotated[str, Field(pattern=r"^[\w.+-]+/[\w.+-]+$", max_length=255)]
    chunk_size_bytes: Annotated[int, Field(ge=1024, le=1_048_576)]
    checksum: Checksum
    chatroom_id: UUID | None = None
    thread_id: UUID | None = None
    metadata: dict[str, Any] | None = None


class Chunk(Form):
    """A part of a file, in base64."""

    session_id: str
    chunk_index: Annotated[int, Field(ge=0)]
    chunk_size_bytes: int
    chunk_checksum: Checksum
    chunk_data: str
    is_final_chunk: bool = False


class SharedFile(Form):
    """A file for a thread."""

    file_id: UUID


class Completion(Form):
    """An upload of which all is there."""

    session_id: str


class InCompany(Form):
    """A company to hear."""

    company_id: UUID


class InChatroom(Form):
    """A chatroom to hear."""

    chatroom_id: UUID


class InThread(Form):
    """A thread to hear."""

    thread_id: UUID


class InUpload(Form):
    """An upload to follow."""

    session_id: Annotated[str, Field(max_length=100)]
    context: dict[str, Any] | None = None


class InRoom(Form):
    """A room, by its full name or its plain id."""

    room_id: Annotated[str, Field(max_length=150)]


class Shown(Form):
    """A token shown on an open connection."""

    token: str


class TokenLifetime(Form):
    """How long the future access tokens of a user last, in seconds."""

    email: Email
    seconds: Annotated[float, Field(gt=0)]


class Expiry(Form):
    """What of a user's is to be out of date."""

    email: Email
    what: Literal["invitation", "upload"]


class Page(Form):
    """Which part of a list is asked for."""

    chatroom_id: UUID | None = None
    thread_id: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    last_index: str = ""


class Search(Page):
    """Which files are looked for: those with this in their names."""

    q: Annotated[str, Field(min_length=1, max_length=255)]


F = TypeVar("F", bound=Form)


def filled_in(form: type[F], sent: Any) -> F:
    """What was sent, as a form. Raises `Rejected` with one line for each mistake."""
    if not isinstance(sent, dict):
        raise invalid("Validation failed", "the payload must be an object")
    try:
        return form.model_validate(sent)
    except ValidationError as error:
        mistakes = [f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}" for wrong in error.errors()]
        raise invalid("Validation failed", *mistakes) from None
