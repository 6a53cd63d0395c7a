"""How a user's message is judged: words that the situation asks for, and four qualities (contract 3.9)."""

import re
from dataclasses import dataclass, field
from typing import Any

QUALITIES = {
    "politeness": ("please", "thank you", "sorry", "apologize", "appreciate"),
    "empathy": ("understand", "hear you", "frustrating", "concern", "help"),
    "clarity": ("explain", "clarify", "specifically", "detail", "step"),
    "solution": ("resolve", "fix", "solution", "assist", "support", "troubleshoot"),
}
#: What customer service is about -> the words that it asks for; the first that fits.
SUBJECTS = {
    ("password", "login"): ("password", "reset", "security", "verify", "help", "assist", "email"),
    ("refund", "return"): ("refund", "return", "policy", "process", "apologize", "understand", "days"),
    ("complaint",): ("apologize", "sorry", "understand", "resolve", "escalate", "feedback"),
}
CUSTOMER_SERVICE = ("help", "assist", "happy", "glad", "resolve", "anything else")
ANYWHERE = ("help", "assist", "resolve", "understand", "sorry", "thank you")
VERDICTS = {
    90: "Excellent response!",
    80: "Good response with room for polish.",
    75: "Decent response, and it can be stronger.",
    0: "This response needs work.",
}
HINTS = {
    "politeness": "Use polite words such as please, thank you or sorry.",
    "empathy": "Show that you understand how the other person feels.",
    "clarity": "Be specific: explain the steps in detail.",
    "solution": "Offer a solution, or say how you will help to resolve it.",
}


@dataclass(frozen=True)
class Feedback:
    """The judgement of one message; `score` is 0 to 100, `suggestions` are one to three."""

    score: int
    content: str
    suggestions: list[str]
    metadata: dict[str, Any] = field(default_factory=dict)


#: What stands instead of a judgement when the coach did not get to see the message.
NOT_JUDGED = Feedback(0, "This message could not be evaluated.", ["Please send it again in a moment."])


class Scoring:
    """Judges by the words of a message; the same message in the same situation always gets the same score."""

    def judge(self, text: str, title: str, recent: list[str]) -> Feedback:
        """The feedback on a message.

        Args:
            text: what the user wrote.
            title: of the scenario.
            recent: the last messages of the session, this one included.
        """
        expected = self.expected(title, recent)
        matched = [word for word in expected if _stands_in(text, word)]
        missed = [word for word in expected if word not in matched]
        percentage = 100 * len(matched) / len(expected)
        quality = {name: _share(text, words) for name, words in QUALITIES.items()}
        score = self.score(bool(matched), quality)
        return Feedback(
            score,
            _wording(score, percentage, quality),
            _suggestions(missed, percentage, quality),
            {
                "keyword_matches": {"matched": matched, "missed": missed, "match_percentage": percentage},
                "quality_scores": quality,
            },
        )

    def expected(self, title: str, recent: list[str]) -> tuple[str, ...]:
        """The words that the situation asks for."""
        if "customer service" not in title.lower():
            return ANYWHERE
        said = " ".join(recent[-3:]).lower()
        fitting = (words for subject, words in SUBJECTS.items() if any(word in said for word in subject))
        return next(fitting, CUSTOMER_SERVICE)

    def score(self, any_matched: bool, quality: dict[str, float]) -> int:
        """One figure: 70 for taking part, 20 for a word of the situation, and the qualities on top."""
        return min(100, int(70 + 20 * any_matched + 2.5 * sum(quality.values())))


def _stands_in(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


def _share(text: str, words: tuple[str, ...]) -> float:
    return sum(_stands_in(text, word) for word in words) / len(words)


def _wording(score: int, percentage: float, quality: dict[str, float]) -> str:
    verdict = next(words for least, words in VERDICTS.items() if score >= least)
    use = "well" if percentage >= 80 else "partly" if percentage >= 50 else "hardly"
    parts = [verdict, f"The expected terms are {use} used."]
    strong = [name for name, share in quality.items() if share >= 0.6]
    weak = [name for name, share in quality.items() if share < 0.3]
    parts += [f"Strengths: {', '.join(strong)}."] if strong else []
    parts += [f"Areas to improve: {', '.join(weak)}."] if weak else []
    return " ".join(parts)


def _suggestions(missed: list[str], percentage: float, quality: dict[str, float]) -> list[str]:
    terms = [f"Try to use terms such as {', '.join(missed[:3])}."] if percentage < 50 else []
    hints = [HINTS[name] for name, share in quality.items() if share < 0.3]
    return [*terms, *hints][:3] or ["Great work, keep it up."]
