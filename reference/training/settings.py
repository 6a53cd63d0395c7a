"""What can be set, on the command line and in the environment."""

import argparse
import os
from dataclasses import dataclass, field
from pathlib import Path

from reference.training.coach import Llm


@dataclass(frozen=True)
class Settings:
    """Everything the server needs to know before it starts. Times are in seconds."""

    database: Path = Path("chattrain.db")
    content: Path = Path(__file__).parent / "content"
    lock_patience: float = 5.0
    longest_message: int = 2000
    largest_frame: int = 16 * 2**20
    per_minute: float = 20.0
    burst: int = 25
    llm: Llm = field(default_factory=Llm)


def add_settings(options: argparse.ArgumentParser) -> None:
    """Add what a command line can set."""
    default, llm = Settings(), Llm()
    add = options.add_argument
    add("--database", type=Path, default=default.database, help="the SQLite file; created if it is missing")
    add("--content", type=Path, default=default.content, help="the folder of the training scenarios")
    add("--lock-patience", type=float, default=default.lock_patience, help="seconds to wait for a locked database")
    add("--longest-message", type=int, default=default.longest_message, help="characters")
    add("--largest-frame", type=int, default=default.largest_frame, help="bytes")
    add("--messages-per-minute", type=float, default=default.per_minute, help="of one user, in the long run")
    add("--burst", type=int, default=default.burst, help="messages of one user at once")
    add("--bot-api", help="base URL of an OpenAI-compatible LLM (key in OPENAI_API_KEY); built-in replies without")
    add("--model", default=llm.model)
    add("--llm-patience", type=float, default=llm.patience, help="seconds to wait for the LLM")
    add("--llm-attempts", type=int, default=llm.attempts)
    add("--llm-pause", type=float, default=llm.pause, help="seconds between two attempts")


def settings(chosen: argparse.Namespace) -> Settings:
    """The settings of a command line."""
    llm = Llm(
        address=chosen.bot_api,
        key=os.environ.get("OPENAI_API_KEY", "none"),
        model=chosen.model,
        patience=chosen.llm_patience,
        attempts=chosen.llm_attempts,
        pause=chosen.llm_pause,
    )
    return Settings(
        database=chosen.database,
        content=chosen.content,
        lock_patience=chosen.lock_patience,
        longest_message=chosen.longest_message,
        largest_frame=chosen.largest_frame,
        per_minute=chosen.messages_per_minute,
        burst=chosen.burst,
        llm=llm,
    )
