"""What is kept of a message so that it cannot be read in the database."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference.kit.parts import part

_NONCE = 12  # bytes
_KEY = 32  # bytes


class Vault:
    """Encrypts bodies with AES-256-GCM, each under a nonce of its own and bound to its message.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, message_id: str, body: str) -> str:
        """What to store: nonce, cipher text and tag in base64."""
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, body.encode(), message_id.encode())).decode()

    def decrypt(self, message_id: str, stored: str) -> str:
        """What was encrypted.

        Raises:
            ValueError: it has been changed, belongs to another message, or to another key.
        """
        raw = base64.b64decode(stored)
        try:
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], message_id.encode()).decode()
        except InvalidTag:
            raise ValueError("the stored body cannot be decrypted") from None

    def works(self) -> bool:
        """Whether a body survives there and back."""
        return self.decrypt("check", self.encrypt("check", "body")) == "body"


@part
class SenderHash:
    """Hashes phone numbers with SHA-256, salted."""

    salt: str  # put before each number

    def of(self, number: str) -> str:
        """64 hexadecimal digits."""
        return hashlib.sha256((self.salt + number).encode()).hexdigest()


def key_in(file: Path) -> bytes:
    """The key that a file holds in url-safe base64.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds no key of 32 bytes.
    """
    key = base64.urlsafe_b64decode(file.read_bytes().strip())
    if len(key) != _KEY:
        raise ValueError(f"{file} holds {len(key)} bytes; AES-256 takes {_KEY}")
    return key
