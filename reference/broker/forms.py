"""What clients, components and people send to the broker."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StrictBool,
    StrictStr,
    StringConstraints,
    field_validator,
)

#: A text that PostgreSQL can keep.
Text = Annotated[StrictStr, StringConstraints(pattern=r"^[^\x00]*$")]
Name = Annotated[Text, Field(min_length=1, max_length=255)]
Attempts = Annotated[int, Field(ge=0, le=2**31 - 1)]
Status = Literal["queued", "processing", "delivered", "failed"]
#: What bcrypt takes of a password; it would ignore the rest.
LONGEST = 72  # bytes
#: The common name of a certificate holds no more characters.
_LONGEST_NAME = 64


def _hashable(password: str) -> str:
    if len(password.encode()) > LONGEST:
        raise ValueError(f"should have at most {LONGEST} bytes")
    return password


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Password = Annotated[Text, Field(min_length=8), AfterValidator(_hashable)]
Domain = Annotated[Name, BeforeValidator(lambda domain: "default" if domain is None else domain)]
Moment = Annotated[datetime, AfterValidator(_in_utc)]


class About(BaseModel):
    """What a client says about its message."""

    domain: Annotated[Text, Field(max_length=255)] | None = None


class Submission(BaseModel):
    """A message of a client, before the rules judge it; what it says about itself is what the main server takes."""

    sender_number: Text
    message_body: Text
    metadata: About = About()

    @field_validator("metadata", mode="before")
    @classmethod
    def _nothing(cls, said: Any) -> Any:
        return About() if said is None else said


class Registration(BaseModel):
    """A message as a proxy registers it."""

    message_id: Annotated[Name, Field(max_length=36)]
    client_id: Name
    sender_number: Annotated[Text, Field(max_length=255)]
    message_body: Annotated[Text, Field(min_length=1, max_length=1000)]
    domain: Domain = "default"
    queued_at: Moment
    metadata: dict[str, Any] | None = None


class Delivered(BaseModel):
    """A message that a worker has delivered."""

    message_id: Name
    worker_id: Name
    attempt_count: Attempts = 1


class Standing(BaseModel):
    """How a message stands; its id may be in the path."""

    message_id: Name = ""
    status: Status
    attempt_count: Attempts
    error_message: Annotated[Text, Field(max_length=1000)] | None = None


class Credentials(BaseModel):
    """Who signs in."""

    email: Name
    password: Annotated[Text, Field(min_length=1, max_length=1000)]


class Renewal(BaseModel):
    """A refresh token for a new access token."""

    refresh_token: Annotated[Text, Field(min_length=1, max_length=10_000)]


class NewUser(BaseModel):
    """An account to create."""

    email: Annotated[Name, Field(min_length=3)]
    password: Password
    role: Name = "user"
    client_id: Name | None = None


class NewRole(BaseModel):
    """What a user may do from now on."""

    role: Name


class Activity(BaseModel):
    """Whether a user may sign in."""

    is_active: StrictBool


class NewPassword(BaseModel):
    """Another password."""

    new_password: Password


class NewCertificate(BaseModel):
    """A certificate to issue."""

    client_id: Annotated[Name, Field(max_length=_LONGEST_NAME)]
    domain: Annotated[Domain, Field(max_length=_LONGEST_NAME)] = "default"
    validity_days: Annotated[int, Field(ge=1, le=3650)] = 365


class Revocation(BaseModel):
    """A certificate to take back."""

    client_id: Name
    reason: Name


class Page(BaseModel):
    """Which part of a list is asked for."""

    skip: Annotated[int, Field(ge=0, le=2**31)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    status_filter: Annotated[Status | None, BeforeValidator(lambda status: status or None)] = None
