"""How a chat server is to run."""

from argparse import ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reference.kit.settings import option, secret

_USERS = Path(__file__).with_name("users.json")


def _existing(name: str) -> Path:
    if not Path(name).is_file():
        raise ArgumentTypeError(f"there is no users file {name}")
    return Path(name)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """See `python -m reference.chat --help`."""

    postgres: str = secret("EARSHOT_POSTGRES")
    redis: str = secret("EARSHOT_REDIS")
    bot_key: str = secret("OPENAI_API_KEY", default="none")
    bot_api: str = option("http://127.0.0.1:5001", "base URL of both bots")
    bot_endpoint: Literal["completions", "chat"] = option("completions", "of OpenAI's")
    bot_timeout: float = option(30.0, "how long a bot may take")
    keep_alive_limit: float = option(8.0, "silence that ends a session")
    sweep_interval: float = option(1.0, "between looks for the silent")
    health_interval: float = option(1.0, "between looks at the databases")
    health_timeout: float = option(2.0, "how long a database may take")
    password_cost: int = option(2, "rounds of argon2")
    password_memory: int = option(19_456, "KiB that argon2 takes for one hash")
    token_lifetime: float = option(43_200.0, "of a session")
    users: Path = option(_USERS, "file of accounts that exist from the start", kind=_existing)
    test_support: bool = option(False, "let anybody register accounts")
