"""Whatever form AES-256 is kept in is opened; what is weaker is opened too, and told with its bits."""

import base64
import os

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from support.drivers.broker.ciphers import opened

KEY, MESSAGE, TEXT = os.urandom(32), b"message-1", "Meet me at noon behind the old mill"


def gcm(data: bytes | None, key: bytes = KEY) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, TEXT.encode(), data)


def tag_first() -> bytes:
    sealed = gcm(None)
    return sealed[:12] + sealed[-16:] + sealed[12:-16]


def cbc() -> bytes:
    vector, padder = os.urandom(16), PKCS7(128).padder()
    encryptor = Cipher(AES(KEY), CBC(vector)).encryptor()
    return vector + encryptor.update(padder.update(TEXT.encode()) + padder.finalize()) + encryptor.finalize()


@pytest.mark.parametrize(
    "seal", [lambda: gcm(MESSAGE), lambda: gcm(None), tag_first, cbc], ids=["message", "none", "tag first", "CBC"]
)
@pytest.mark.parametrize("written", [base64.b64encode, base64.urlsafe_b64encode, lambda raw: raw.hex().encode()])
def test_aes_256_is_opened_in_each_form(seal, written) -> None:  # type: ignore[no-untyped-def]
    assert opened(written(seal()).decode(), KEY, (b"", MESSAGE)) == (TEXT, 256)


def test_fernet_is_told_as_the_128_bits_that_it_is() -> None:
    token = Fernet(base64.urlsafe_b64encode(KEY)).encrypt(TEXT.encode())
    for stored in (token, base64.b64encode(token), base64.urlsafe_b64encode(token)):
        assert opened(stored.decode(), KEY, (b"",)) == (TEXT, 128)


@pytest.mark.parametrize("stored", [TEXT, base64.b64encode(TEXT.encode()).decode(), ""])
def test_what_is_not_encrypted_with_the_key_is_not_opened(stored: str) -> None:
    assert opened(stored, KEY, (b"", MESSAGE)) is None


def test_another_key_opens_nothing() -> None:
    assert opened(base64.b64encode(gcm(None, os.urandom(32))).decode(), KEY, (b"",)) is None
