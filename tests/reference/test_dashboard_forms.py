"""What the reference dashboard says of a body that it does not take."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from reference.dashboard import forms

USER = {"name": "Ana", "email": "ana@school.example", "phone_number": "+351", "school": {"name": "Sol"}}
REQUIRED, NO_NUMBER = "This field is required.", "A valid integer is required."
MEMBER = {"school_id": 1, "role": "teacher", "user_id": 2}


@pytest.mark.parametrize(
    ("form", "sent", "complaint"),
    [
        (forms.SignUp, [1], {"non_field_errors": ["Invalid data. Expected a dictionary."]}),
        (forms.SignUp, {}, {"name": [REQUIRED]}),
        (forms.SignUp, USER | {"name": " "}, {"name": [REQUIRED]}),
        (forms.SignUp, USER | {"name": "x" * 151}, {"name": ["Ensure this field has no more than 150 characters."]}),
        (forms.SignUp, USER | {"email": "ana"}, {"email": ["Enter a valid email address."]}),
        (forms.SignUp, USER | {"school": {}}, {"name": [REQUIRED]}),
        (forms.LoginCode, USER | {"code": "12345"}, {"code": ["Ensure this field has exactly 6 characters."]}),
        (forms.NewMember, MEMBER | {"school_id": "1"}, {"school_id": [NO_NUMBER]}),
        (forms.NewMember, MEMBER | {"school_id": True}, {"school_id": [NO_NUMBER]}),
        (forms.NewMember, MEMBER | {"role": "boss"}, {"role": ['"boss" is not a valid choice.']}),
        (forms.Activity, {"is_active": 1}, {"is_active": ["Must be a valid boolean."]}),
        (forms.TokenLifetime, USER | {"seconds": 0}, {"seconds": ["A positive number is required."]}),
    ],
)
def test_the_first_mistake_is_said(form: type[BaseModel], sent: Any, complaint: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError) as refusal:
        form.model_validate(sent)
    assert forms.complaint(refusal.value) == complaint


def test_e_mail_addresses_are_kept_in_small_letters() -> None:
    assert forms.SignUp.model_validate(USER | {"email": "Ana@School.example"}).email == "ana@school.example"
