"""Known failures, as a profile lists them: each excuses one failure, for one reason, until one day."""

import re
from datetime import date

from pydantic import BaseModel, ConfigDict, field_validator


class KnownFailure(BaseModel):
    """One entry of a profile's list.

    `id` is a scenario's title, or a requirement tag, and then every scenario of it is expected to fail; `pattern` is a
    regular expression that the failure's message must match; `issue` is a link; `expires` is the last day on which the
    entry excuses anything.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    pattern: str
    issue: str
    expires: date
    reason: str

    @field_validator("pattern")
    @classmethod
    def _is_a_regular_expression(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern
