"""What a run takes in hand beside the system itself: secrets, files, certificates, and the stand-in for the bots."""

import os
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from support.core.errors import EnvironmentFailure
from support.drivers.kit.llm_stub import LlmStub
from support.verification.doctor.findings import CheckResult

#: More files than these are told of one by one only where something is wrong with them.
_FEW = 12


def secrets(variables: Sequence[str]) -> Iterator[CheckResult]:
    """Whether each environment variable is set that a password or key is to stand in."""
    for name in dict.fromkeys(variables):
        there = name in os.environ
        yield CheckResult(
            "secret", name, "ok" if there else "WRONG", "is set" if there else "set this environment variable"
        )


def files(options: Any) -> Iterator[CheckResult]:
    """Whether the files and folders are there that the driver's options name.

    Args:
        options: any nesting of them.
    """
    paths = list(dict.fromkeys(_paths(options)))
    missing = [path for path in paths if not path.exists()]
    for path in missing:
        yield CheckResult("file", str(path), "WRONG", "there is no such thing")
    there = [path for path in paths if path not in missing]
    if len(there) > _FEW:
        yield CheckResult("file", f"{len(there)} files", "ok", "are there")
    else:
        yield from (CheckResult("file", str(path), "ok", "is there") for path in there)


def certificates(options: Any, *, lasting: bool = True) -> Iterator[CheckResult]:
    """Whether each certificate and the key beside it belong together, and whether those of clients are valid now.

    Args:
        options: any nesting of them.
        lasting: whether they have to be valid; not those that a scenario shows because they are not.
    """
    if not isinstance(options, dict):
        for one in options if isinstance(options, list) else ():
            yield from certificates(one, lasting=lasting)
        return
    certificate, key = options.get("certificate"), options.get("key")
    if isinstance(certificate, Path) and all(path.exists() for path in (certificate, key) if path):
        trouble = _trouble(certificate, key, lasting=lasting)
        yield from [CheckResult("certificate", str(certificate), "WRONG", trouble)] if trouble else []
    for name, value in options.items():
        yield from certificates(value, lasting=lasting and name != "certificates")


def _trouble(certificate: Path, key: Path | None, *, lasting: bool) -> str:
    """What is wrong with a certificate and its key; nothing if nothing is."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(certificate, key, password=lambda: "")
        read = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError) as error:  # ssl's own errors are of the first kind
        return f"cannot be shown with the key {key or certificate}: {error}"
    now = datetime.now(UTC)
    if lasting and now > read.not_valid_after_utc:
        return f"was valid until {read.not_valid_after_utc:%Y-%m-%d}"
    if lasting and now < read.not_valid_before_utc:
        return f"is not valid before {read.not_valid_before_utc:%Y-%m-%d}"
    return ""


async def stand_in(address: str) -> CheckResult:
    """Whether what answers in place of the bots or the model is Earshot's own stand-in, which tells what it was asked.

    Args:
        address: its base URL.
    """
    try:
        await LlmStub(address).prompts()
    except EnvironmentFailure as trouble:
        advice = "start one with `python -m reference.bot_api`, and have the system ask it"
        return CheckResult("stand-in", address, "WRONG", f"it is no stand-in of ours ({trouble}): {advice}")
    return CheckResult("stand-in", address, "ok", "is ours, and tells what it was asked")


def left_behind(*, protected: bool, leases: bool) -> CheckResult:
    """What a run leaves in the system, in words."""
    if protected:
        seen = "nothing: the system is protected"
    elif leases:
        seen = "what people say and make in these accounts; their sessions are ended, and what is cached is fetched"
    else:
        seen = "the accounts that it registers, and what people say and make in them: nothing is deleted"
    return CheckResult("a run", "leaves", "note", seen)


def _paths(options: Any) -> Iterator[Path]:
    """All paths in a nesting of options."""
    if isinstance(options, Path):
        yield options
    elif isinstance(options, dict | list):
        for value in options.values() if isinstance(options, dict) else options:
            yield from _paths(value)
