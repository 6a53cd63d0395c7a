"""How a deployment of ChatTrain wants to be spoken to."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, PositiveFloat

from support.core.errors import Absent

#: Who answers in every training. The suite's stand-in for the model records what it is asked under this name.
TRAINER = "ChatGPT"

#: The number of a session that no user has (contract 3.1).
NOBODYS = 2**31 - 1

#: What a deployment may lack -> what it then has nothing of. A request for what was said is only one way to see what
#: is kept; the database is another.
LACKS = {"completion": "completion of sessions", "points": "record of the points that were given"}
Feature = Literal["completion", "history", "points"]


class TrainingOptions(BaseModel):
    """How this deployment of ChatTrain wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    trainings: dict[str, str] = {"customer service": "customer_service_v1", "claim handling": "claim_handling_v1"}
    """The scenarios' word for a training -> its own id; the first is the one that people take unless told otherwise."""
    lacks: list[Feature] = []
    """What this deployment does not have at all: "completion" of sessions, a request for the "history" of one, which
    is then read from the database, and a record of the "points" that were given. What needs it is absent."""
    inner_file: str = "scenario.toml"
    """The file in a training's folder that describes it, and is not for users."""
    pdf: str = "service_manual.pdf"
    """A document of the first training that is no text."""
    longest_message: int = 2000
    """Characters that a message may have."""
    greets: bool = True
    """Whether the server speaks first on a connection."""
    model: str | None = None
    """Base URL of the stand-in for the language model, if an external deployment has been given one of ours."""
    minute: PositiveFloat = 60.0
    """Seconds that a minute of a training lasts here."""

    def must_have(self, feature: str) -> None:
        """See that this deployment has something that its document demands.

        Raises:
            Absent: the profile says that it does not.
        """
        if feature in self.lacks:
            raise Absent(LACKS[feature])
