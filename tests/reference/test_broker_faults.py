"""Every seeded fault of the broker takes the place of a part of one of its processes, and names what must notice it."""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from reference.broker.faults import FAULTS
from reference.broker.logs import Log
from reference.broker.worker.worker import Worker
from reference.kit.faults import Fault
from reference.kit.parts import Parts
from reference.kit.settings import read
from support.environments.embedded.pki import Authority
from tests.reference.watched import WatchedParts

_ID = re.compile(r"TC-(P|M|W|PT|I|L|S)-\d{3}|BROKER-X\d+|PRE-\d|SMOKE-\d|REG-CFG-\d|REG-\d")
#: The portal's faults have tests of their own.
_MINE = [fault for fault in FAULTS if "portal" not in fault.replacements[0].__module__]
#: Parts that are only made when a process starts.
_MADE_LATER = (Worker, Log)
#: Secrets of nobody, and databases that nothing connects to.
_ENVIRONMENT = {
    "DATABASE_URL": "postgresql://127.0.0.1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "JWT_SECRET": secrets.token_hex(32),
    "HASH_SALT": "salt",
    "ADMIN_PASSWORD": "nobody's password",
}


@pytest.fixture(scope="module")
def put_together(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Parts], None]:
    """Puts all processes together from parts, without starting them."""
    folder = tmp_path_factory.mktemp("broker")
    authority = Authority(folder / "certificates")
    server, key = authority.server("server"), folder / "encryption.key"
    key.write_bytes(urlsafe_b64encode(secrets.token_bytes(32)))
    shown = ["--ca", str(authority.certificate), "--certificate", str(server.certificate), "--key", str(server.key)]
    revoked = ["--crl", str(authority.revocation_list)]
    own = {
        "main": [*revoked, "--ca-key", str(authority.key), "--encryption-key", str(key)],
        "proxy": [*revoked, "--client-certificate", str(server.certificate), "--client-key", str(server.key)],
        "worker": [],
    }

    def build(parts: Parts) -> None:
        for kind, arguments in own.items():
            process: Any = import_module(f"reference.broker.{kind}.server")
            process.build(read(process.Settings, [*shown, *arguments]), parts)

    return build


def test_there_are_enough() -> None:
    assert len(_MINE) >= 70


@pytest.mark.parametrize("fault", _MINE, ids=lambda fault: fault.name)
async def test_a_fault_takes_the_place_of_a_part(
    fault: Fault, put_together: Callable[[Parts], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    parts = WatchedParts(*fault.replacements)
    put_together(parts)
    assert {part for part in fault.replacements if not issubclass(part, _MADE_LATER)} <= parts.used


@pytest.mark.parametrize("fault", _MINE, ids=lambda fault: fault.name)
def test_a_fault_is_described(fault: Fault) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+|tires", fault.name)
    assert not fault.says.endswith(".")
    assert fault.requirements
    for requirement in fault.requirements:
        assert _ID.fullmatch(requirement), requirement
