"""Names of fields that hold secrets: `access_token`, `X-Api-Key`, `dbPassword`; not `session_type` or `token_count`."""

import re
from functools import lru_cache

#: What a name ends with whose value is a secret, as one word ("accesstoken") or the last of several.
_SECRETS = (
    *("jwt", "token", "tokens", "password", "passwords", "passwd", "pwd", "passphrase", "cookie", "cookies"),
    *("authorization", "authorisation", "secret", "secrets", "credential", "credentials"),
)
#: Two words, or one, for what opens something.
_KEYS = ("apikey", "privatekey", "secretkey", "accesskey", "encryptionkey", "signingkey", "sessionkey", "sessionid")
#: Some of each such name, in small letters.
STEMS = re.compile("jwt|token|passw|pwd|passphrase|cookie|authori|secret|credential|key|session")
#: What is said of a secret in its own name, behind it.
_OF_A_SECRET = {"hash", "hashed", "value", "confirmation", "confirm", "again", "repeat", "header", "base64", "b64"}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Whether a field of this name holds a secret."""
    words = [word.lower() for word in _WORDS.findall(name)]
    while words and (words[-1] in _OF_A_SECRET or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    return words[-1].endswith(_SECRETS) or "".join(words[-2:]).endswith(_KEYS) or words == ["session"]
