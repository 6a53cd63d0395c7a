"""How a ChatTrain server is to run."""

from dataclasses import dataclass
from pathlib import Path

from reference.kit.settings import option, secret
from reference.training.coach import Llm


@dataclass(frozen=True, kw_only=True)
class Settings:
    """See `python -m reference.training --help`."""

    database: Path = option(Path("chattrain.db"), "the SQLite file; created if it is missing")
    content: Path = option(Path(__file__).parent / "content", "the folder of the training scenarios")
    lock_patience: float = option(5.0, "to wait for a locked database")
    longest_message: int = option(2000, "characters")
    largest_frame: int = option(16 * 2**20, "bytes")
    messages_per_minute: float = option(20.0, "of one user, in the long run")
    burst: int = option(25, "messages of one user at once")
    bot_api: str = option("", "base URL of an OpenAI-compatible LLM (key in OPENAI_API_KEY); built-in replies without")
    bot_key: str = secret("OPENAI_API_KEY", default="none")
    model: str = option(Llm.model, "which LLM")
    llm_patience: float = option(Llm.patience, "to wait for the LLM")
    llm_attempts: int = option(Llm.attempts, "how often it is asked before giving up")
    llm_pause: float = option(Llm.pause, "between two attempts")

    @property
    def llm(self) -> Llm:
        """Where the LLM is, and how it is asked."""
        address = self.bot_api or None
        return Llm(address, self.bot_key, self.model, self.llm_patience, self.llm_attempts, self.llm_pause)
