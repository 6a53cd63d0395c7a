"""Who asks: what the server knows of a user who is signed in."""

from dataclasses import dataclass, replace

from reference.kit.postgres import Row

ROLES = ("admin", "member", "guest")
MANAGERS = ("owner", "admin")


@dataclass(frozen=True)
class Person:
    """A user in a sign-in. `expires` is the end of the token shown, in seconds since 1970."""

    id: str
    company: str
    role: str
    name: str
    sign_in: str
    expires: float

    @classmethod
    def of(cls, user: Row, sign_in: str, expires: float) -> "Person":
        """The user of that row."""
        return cls(str(user["id"]), str(user["companyId"]), user["companyRole"], user["username"], sign_in, expires)

    @property
    def manages(self) -> bool:
        """Whether the person runs the company."""
        return self.role in MANAGERS

    @property
    def writes(self) -> bool:
        """Whether the person may do more than read."""
        return self.role != "guest"

    def as_role(self, role: str) -> "Person":
        """The same person in another role."""
        return replace(self, role=role)
