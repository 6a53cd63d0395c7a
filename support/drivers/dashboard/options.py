"""How a deployment of the dashboard is spoken to.

What differs between the reference and a deployed server is an option here, set in the profile; never code in a step.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict


class DashboardOptions(BaseModel):
    """How this deployment of the dashboard wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    credential: Literal["bearer", "query", "cookie"] = "bearer"
    """What opens a live connection: the token in a header, the token in the address, or the browser's session."""
    scheme: Literal["Bearer", "Token"] = "Bearer"
    """The word before the token in requests."""
    origin: str = "http://localhost:8081"
    """The page that the web client comes from."""
    refusal: Literal["http", "close"] = "http"
    """Whether a connection is refused by an HTTP status, or accepted and closed at once."""
    unavailable: list[int] = [503]
    """HTTP statuses, or close codes, that say that the system cannot serve now."""
    mail_folder: Path | None = None
    """Where the system writes its mail, among it the login codes; filled in for a system of our own."""
    invite_by: Literal["school", "existing"] = "school"
    """Which request invites: the one that DASH-003 names, or the one for people who have an account."""
    teachers_by: Literal["membership", "invitation"] = "membership"
    """What makes a user a teacher who can hold classes: a membership, or only an invitation that they accept."""
    names: dict[Literal["activity", "figures", "invitation status"], str] = {
        "activity": "activity_new",
        "figures": "metrics_update",
        "invitation status": "invitation_status_update",
    }
    """What its messages are called; left out is what it does not tell."""
    codes_may_lapse: bool = False
    """Whether a login code may be out of date as it comes, so that one asks for another, once (contract 7.3)."""
    test_support: bool = True
    """Whether the lifetime of a user's tokens can be chosen."""
    shorten_session: str | None = None
    """A line for the shell that has a session end $WITHIN seconds from now; $SESSION is its cookie, or its token."""
    vary_source: bool = False
    """Whether each request names another source, to stay below limits for each source (contract 1.3)."""
    time_zone: str | None = None
    """Whose days are the system's, such as "Europe/Lisbon"; by default those of this machine."""
    educational_system: int = 1
    """The number that a new student's record refers to (contract 1.4)."""

    def today(self) -> date:
        """Which day it is there."""
        return datetime.now(ZoneInfo(self.time_zone) if self.time_zone else None).date()
