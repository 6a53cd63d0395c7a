"""What the dashboard's driver knows of the people of a school."""

from dataclasses import dataclass, field


@dataclass
class SchoolMember:
    """What the driver knows of a user.

    Args:
        user: the number of their account.
        school: the school whose dashboard is theirs.
        owner: the login of that school's owner.
        membership: the number of the membership that another user has given them.
        invitation: what the link of their last invitation ends with.
        answers_at: where such an invitation is accepted.
        host: who has invited them last, with a position of the scenario's choice.
        teacher: the number of their profile as a teacher, where there is one beside that of the account.
        positions: what they were made in the school, in the scenario's words -> the number of the membership.
        planned: the number of the last class that was planned of theirs.
    """

    user: int
    school: int
    owner: str
    membership: int | None = None
    invitation: str | None = None
    answers_at: str = "invitations"
    host: "SchoolMember | None" = None
    teacher: int | None = None
    positions: dict[str, int | None] = field(default_factory=dict)
    planned: int | None = None
