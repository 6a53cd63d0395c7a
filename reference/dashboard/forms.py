"""What clients send to the dashboard; what is wrong with it is said as Django REST framework says it."""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

Role = Literal["school_owner", "school_admin", "teacher", "school_staff", "student"]

#: What is said of a mistake; of all others, that the field is required.
_SAYS = {
    "model_type": "Invalid data. Expected a dictionary.",
    "dict_type": "Invalid data. Expected a dictionary.",
    "int_type": "A valid integer is required.",
    "bool_type": "Must be a valid boolean.",
    "float_type": "A positive number is required.",
    "greater_than": "A positive number is required.",
    "too_long": "Ensure this field has no more than {max_length} characters.",
    "string_pattern_mismatch": "Enter a valid email address.",
    "literal_error": '"{input}" is not a valid choice.',
    "code": "Ensure this field has exactly 6 characters.",
}


def complaint(error: ValidationError) -> dict[str, list[str]]:
    """The first mistake: the field, and what is wrong with it."""
    wrong = error.errors()[0]
    field = str(wrong["loc"][-1]) if wrong["loc"] else "non_field_errors"
    says = _SAYS.get(wrong["type"], "This field is required.")
    return {field: [says.format(input=wrong["input"], **wrong.get("ctx", {}))]}


def _said(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", "blank")
    return value


def _six(code: str) -> str:
    if len(code) != 6:
        raise PydanticCustomError("code", "not six")
    return code


Said = Annotated[str, BeforeValidator(_said)]
Text = Annotated[Said, StringConstraints(max_length=255)]
Name = Annotated[Said, StringConstraints(max_length=150)]
Phone = Annotated[Said, StringConstraints(max_length=20)]
Email = Annotated[Said, StringConstraints(max_length=255, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", to_lower=True)]


class NewSchool(BaseModel):
    """A school to found."""

    name: Name


class SignUp(BaseModel):
    """A user to create, with a school to own."""

    name: Name
    email: Email
    phone_number: Phone
    primary_contact: str = "email"
    school: NewSchool


class Addressee(BaseModel):
    """Who wants a login code."""

    email: Email


class LoginCode(Addressee):
    """A login code that came by mail."""

    code: Annotated[Text, AfterValidator(_six)]


class NewMember(BaseModel):
    """A user who is to become a member of a school."""

    school_id: StrictInt
    role: Role
    user_id: StrictInt
    is_active: bool = True


class Activity(BaseModel):
    """Whether a membership is active."""

    is_active: StrictBool


class TokenLifetime(Addressee):
    """How long the future sessions of a user last."""

    seconds: Annotated[float, Field(gt=0, strict=True)]


class Expiry(Addressee):
    """What of a user's is to be out of date."""

    what: Literal["login code", "invitation"]


class Invited(Addressee):
    """Who is invited, as what."""

    role: Role


class InvitedTeacher(Addressee):
    """A user who is invited to teach."""

    school_id: StrictInt


class InvitedTeachers(BaseModel):
    """Several people who are invited to teach."""

    school_id: StrictInt
    invitations: Annotated[list[Addressee], Field(min_length=1, max_length=100)]


class NewStudent(Addressee):
    """A student to register."""

    school_id: StrictInt
    name: Name


class NewClass(BaseModel):
    """A class to plan."""

    school: StrictInt
    teacher: StrictInt
    date: Text
    start_time: Text
    end_time: Text
    grade_level: Text
    session_type: Literal["individual", "group"]
    students: list[Any] = []


class ClassEnd(BaseModel):
    """How a class has ended."""

    status: Literal["completed", "cancelled"]


class SchoolChanges(BaseModel):
    """What a school is called from now on."""

    name: Text


class Settings(BaseModel):
    """The settings of a school, and what it says of itself."""

    settings: dict[str, Any] = {}
    school_profile: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _by_group(cls, sent: Any) -> Any:
        """Settings may be sent by themselves too, outside of any group."""
        flat = isinstance(sent, dict) and not sent.keys() & cls.model_fields.keys()
        return {"settings": sent} if flat else sent
