"""What a message of the user leads to: it is checked, masked, kept, answered and judged."""

from dataclasses import dataclass
from typing import Any

from reference.training.coach import Coach, Reply
from reference.training.content import Scenario
from reference.training.limits import RateLimit, Validation
from reference.training.masking import Masking
from reference.training.scoring import NOT_JUDGED, Feedback, Scoring
from reference.training.sessions import Feedbacks, Messages, Session


@dataclass(frozen=True)
class Turn:
    """The answer to a message: what the other side says, under which id it is kept, and the feedback."""

    reply: Reply
    reply_id: int
    feedback: Feedback


@dataclass
class Turns:
    """Everything that has a part in a turn."""

    messages: Messages
    feedbacks: Feedbacks
    coach: Coach
    scoring: Scoring
    masking: Masking
    validation: Validation
    rate: RateLimit

    async def take(self, session: Session, content: Any) -> tuple[int, str]:
        """Check a message and keep it, with personal data masked.

        Returns:
            Its id, and its text as it is kept.

        Raises:
            NotAllowed: it is not taken.
        """
        text = self.masking.mask(self.validation.text(content))
        self.rate.take(session.user_id)
        return await self.messages.add(session, "user", text), text

    async def answer(self, session: Session, scenario: Scenario, message_id: int, text: str) -> Turn:
        """Have a message answered and judged, and keep both."""
        history = [row for row in await self.messages.of(session) if row["id"] <= message_id]
        reply = await self.coach.reply(scenario.title, history)
        said = [row["content"] for row in history]
        feedback = NOT_JUDGED if reply.failed else self.scoring.judge(text, scenario.title, said)
        about = {"model": reply.model, "tokens": reply.tokens}
        reply_id = await self.messages.add(session, "assistant", reply.text, about)
        await self.feedbacks.add(session, message_id, feedback)
        return Turn(reply, reply_id, feedback)

    async def summary(self, session: Session) -> dict[str, Any]:
        """How a session went: its exchanges, those without a judgement left out, and their average score."""
        scores = [row["score"] for row in await self.feedbacks.of(session) if row["score"] > 0]
        return {"exchanges": len(scores), "average_score": round(sum(scores) / len(scores), 1) if scores else 0.0}
