"""Opening what a system has encrypted: the document demands AES-256, and leaves open in which form it is kept."""

import base64
import binascii
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

#: What is tried, for a failure's words.
TRIED = ("AES-GCM", "AES-CBC", "Fernet (which is AES-128)", "each in Base64 and hexadecimal")
_NONCE, _TAG, _BLOCK = 12, 16, 16
_BITS = 8


def opened(stored: str, key: bytes, bound_to: Sequence[bytes]) -> tuple[str, int] | None:
    """The text of what is stored, and the bits of the key that encrypts it; None if nothing known opens it.

    Args:
        stored: as it stands in the database.
        key: the system's.
        bound_to: what an authenticated cipher may be bound to (associated data), each tried.
    """
    for raw in _decoded(stored):
        texts = [*(_gcm(raw, key, data) for data in bound_to), _cbc(raw, key)]
        for text in filter(None, texts):
            return text, _BITS * len(key)
    tokens = (_fernet(token, key) for token in (stored.encode(), *_decoded(stored)))  # a token is text, encoded again
    plain = next(filter(None, tokens), None)
    return None if plain is None else (plain, _BITS * len(key) // 2)  # half of it signs (Fernet Spec, Key Format)


def _decoded(stored: str) -> Iterator[bytes]:
    decoders = (lambda text: base64.b64decode(text, validate=True), base64.urlsafe_b64decode, bytes.fromhex)
    for decode in decoders:
        try:
            yield decode(stored)
        except (binascii.Error, ValueError):
            continue


def _gcm(raw: bytes, key: bytes, data: bytes) -> str | None:
    """Nonce, then the cipher text; its tag behind it (RFC 5116) or before it."""
    nonce, rest = raw[:_NONCE], raw[_NONCE:]
    for sealed in (rest, rest[_TAG:] + rest[:_TAG]):
        try:
            return AESGCM(key).decrypt(nonce, sealed, data or None).decode()
        except (InvalidTag, ValueError):
            continue
    return None


def _cbc(raw: bytes, key: bytes) -> str | None:
    """The initial vector, then the cipher text, padded by PKCS #7."""
    try:
        decryptor = Cipher(AES(key), CBC(raw[:_BLOCK])).decryptor()
        padded = decryptor.update(raw[_BLOCK:]) + decryptor.finalize()
        unpadder = PKCS7(_BITS * _BLOCK).unpadder()
        return (unpadder.update(padded) + unpadder.finalize()).decode()
    except ValueError:
        return None


def _fernet(token: bytes, key: bytes) -> str | None:
    try:
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(token).decode()
    except (InvalidToken, ValueError):
        return None
