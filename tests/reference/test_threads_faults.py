"""The seeded faults of the reference ThreadFileSharing server: each one is a server that can be put together."""

from pathlib import Path

import pytest

from reference.kit.settings import read
from reference.threads.faults import FAULTS
from reference.threads.server import ThreadsServer
from reference.threads.settings import Settings
from tests.reference.watched import WatchedParts


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("EARSHOT_POSTGRES", "postgresql://nowhere")
    monkeypatch.setenv("EARSHOT_JWT_SECRET", "secret of the test")
    return read(Settings, ["--files", str(tmp_path)])


async def test_every_fault_replaces_parts_that_the_server_is_made_of(settings: Settings) -> None:
    for fault in FAULTS:
        parts = WatchedParts(*fault.replacements)
        ThreadsServer(settings, parts).app()
        assert set(fault.replacements) <= parts.used, fault.name


async def test_there_are_enough_faults_each_with_its_requirements() -> None:
    faults = list(FAULTS)
    assert len(faults) >= 75
    assert all(fault.requirements and fault.says for fault in faults)
