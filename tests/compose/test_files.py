"""docker-compose.yml, its profile and its keys belong together, and nothing of them is open to others."""

import base64
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509

from support.config.profile import SystemProfile, load
from support.environments.compose.keys import make

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SYSTEMS = load("compose").systems


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make(folder)
    return folder


def test_what_is_published_is_published_to_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []
    assert len({port.split("-")[1].split("}")[0] for port in ports if "{" in port}) == len(ports), "each has its own"


def test_no_secret_stands_in_the_compose_file() -> None:
    given = [value for service in SERVICES.values() for value in service.get("environment", {}).items()]
    secret = [(name, value) for name, value in given if re.search("SECRET|PASSWORD|SALT|POSTGRES$|DATABASE_URL", name)]
    assert secret
    assert [name for name, value in secret if not re.search(r"\{\w+\}", value) and not name.startswith("AT_")] == []


def test_every_secret_that_the_compose_file_names_is_made(keys: Path) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    named = {*re.findall(r"(?<!\$)\{(\w+)\}", text)} - {"name"} | {*re.findall(r"/keys/([\w.-]+)", text)}
    assert {name for name in named if not (keys / name).exists()} == set()
    assert {"postgres", "jwt", "ca.key", "users.json"} <= named


def test_nobody_else_reads_the_keys(keys: Path) -> None:
    assert {oct(file.stat().st_mode & 0o077) for file in keys.iterdir()} == {"0o0"}
    assert len(base64.urlsafe_b64decode((keys / "encryption").read_text())) == 32


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_profile_names_services_and_files_that_there_are(
    name: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAY_KEYS", str(keys))
    monkeypatch.setenv("PLAY_MAIL", str(keys))
    monkeypatch.setenv("PLAY_POSTGRES", "secret")
    described: SystemProfile = SYSTEMS[name].filled(name)
    assert described.deployment == "compose"
    assert {service for services in described.services.values() for service in services} <= SERVICES.keys()
    written = re.findall(rf"{re.escape(str(keys))}/[\w.-]+", described.model_dump_json())
    assert [file for file in written if not Path(file).exists()] == []


def test_the_profile_names_the_addresses_that_are_published_and_those_within() -> None:
    """By default the published port, within the network what the service `suite` is told."""
    text = (ROOT / "profiles" / "compose.toml").read_text()
    named = re.findall(r"\$\{(AT_\w+):-(?:https?://)?127\.0\.0\.1:(\d+)\}", text)
    published = {port.split(":-")[1].split("}")[0] for one in SERVICES.values() for port in one.get("ports", [])}
    assert {port for _, port in named} <= published
    assert {variable for variable, _ in named} == {
        name for name in SERVICES["suite"]["environment"] if name.startswith("AT_")
    }


def test_what_waits_for_health_waits_for_something_that_can_tell() -> None:
    awaited = {
        name
        for one in SERVICES.values()
        if isinstance(needs := one.get("depends_on", {}), dict)
        for name, how in needs.items()
        if how["condition"] == "service_healthy"
    }
    assert awaited
    assert [name for name in awaited if "healthcheck" not in SERVICES[name]] == []


def test_certificates_are_what_they_are_called(keys: Path) -> None:
    """By openssl's judgement; that one for servers is no good for a client is judged in test_pki.py."""
    judged = {
        name: subprocess.run(
            ["openssl", "verify", "-CAfile", str(keys / "ca.pem"), str(keys / f"{name}.pem")],
            capture_output=True,
            check=False,
        ).returncode
        == 0
        for name in ("server", "proxy", "worker", "expired", "not-yet-valid", "foreign", "self-signed")
    }
    assert {name for name, valid in judged.items() if valid} == {"server", "proxy", "worker"}


def test_the_servers_certificate_is_for_their_names_within_the_network(keys: Path) -> None:
    certificate = x509.load_pem_x509_certificate((keys / "server.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    told = re.findall(r"https://([\w-]+):8000", (ROOT / "docker-compose.yml").read_text())
    assert {*told} <= {*names.get_values_for_type(x509.DNSName)}


def test_images_do_not_run_as_root_and_hold_no_secret() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["earshot"], "set once, in the system that the other builds on"
    kept_out = (ROOT / ".dockerignore").read_text().split("\n")
    assert "*" in kept_out, "what gets into an image is named"
    assert not [line for line in kept_out if line.startswith("!") and re.search("reports|env$|keys|docs|tests", line)]
