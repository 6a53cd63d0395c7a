"""The faults that can be seeded into this back end. None of them is known to the clean server."""

from reference.training.faults import content, conversation, form, judgement, keeping, pace
from reference.training.faults.registry import FAULTS

__all__ = ["FAULTS", "content", "conversation", "form", "judgement", "keeping", "pace"]
