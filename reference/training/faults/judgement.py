"""What can be wrong with feedback and scores."""

from dataclasses import replace

from reference.training.faults import FAULTS
from reference.training.scoring import CUSTOMER_SERVICE, Feedback, Scoring


@FAULTS.seed("scores-all-alike", "gives every message the same score", "CT-FR-5 CT-UX-4")
class ScoresAllAlike(Scoring):
    def score(self, any_matched: bool, quality: dict[str, float]) -> int:
        return 75


@FAULTS.seed("overlooks-expected-words", "does not see the words that the situation asks for", "CT-FR-5 CT-UX-4")
class OverlooksExpectedWords(Scoring):
    def score(self, any_matched: bool, quality: dict[str, float]) -> int:
        return super().score(False, quality)


@FAULTS.seed("overlooks-the-subject", "expects the same words whatever is talked about", "CT-FR-5")
class OverlooksTheSubject(Scoring):
    def expected(self, title: str, recent: list[str]) -> tuple[str, ...]:
        return CUSTOMER_SERVICE


@FAULTS.seed("sticks-to-the-first-subject", "expects the words of what was talked about first", "CT-FR-5")
class SticksToTheFirstSubject(Scoring):
    def expected(self, title: str, recent: list[str]) -> tuple[str, ...]:
        return super().expected(title, recent[:3])


@FAULTS.seed("overlooks-qualities", "does not see politeness, empathy, clarity or solutions", "CT-FR-5")
class OverlooksQualities(Scoring):
    def score(self, any_matched: bool, quality: dict[str, float]) -> int:
        return super().score(any_matched, dict.fromkeys(quality, 0.0))


@FAULTS.seed("scores-beyond-the-scale", "scores beyond the scale", "CT-FR-5")
class ScoresBeyondTheScale(Scoring):
    def judge(self, text: str, title: str, recent: list[str]) -> Feedback:
        feedback = super().judge(text, title, recent)
        return replace(feedback, score=feedback.score + 60)


@FAULTS.seed("scores-upside-down", "scores upside down", "CT-FR-5 CT-UX-4")
class ScoresUpsideDown(Scoring):
    def score(self, any_matched: bool, quality: dict[str, float]) -> int:
        return 170 - super().score(any_matched, quality)


@FAULTS.seed("scores-by-mood", "scores differently each time", "CT-FR-5")
class ScoresByMood(Scoring):
    mood = 0

    def score(self, any_matched: bool, quality: dict[str, float]) -> int:
        self.mood += 1
        return super().score(any_matched, quality) - self.mood % 5


@FAULTS.seed("suggests-nothing", "suggests nothing", "CT-UX-4")
class SuggestsNothing(Scoring):
    def judge(self, text: str, title: str, recent: list[str]) -> Feedback:
        return replace(super().judge(text, title, recent), suggestions=[])


@FAULTS.seed("gives-wordless-feedback", "gives feedback without a word", "CT-UX-4")
class GivesWordlessFeedback(Scoring):
    def judge(self, text: str, title: str, recent: list[str]) -> Feedback:
        return replace(super().judge(text, title, recent), content="")
