"""The doctor looks at what a run takes in hand beside the system: secrets, certificates, stand-ins."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiohttp import web

from support.config.profile import load
from support.environments.systems.chat import ChatSystem
from support.verification.doctor import materials
from support.verification.doctor.examination import Examination
from tests import serving
from tests.external.standin import profile, served


def pair(folder: Path, name: str, *, until: datetime | None = None) -> dict[str, Path]:
    """The files of a certificate and its key."""
    made = trustme.CA().issue_cert(f"{name}@example.com", not_after=until)
    files = {"certificate": folder / f"{name}.crt", "key": folder / f"{name}.key"}
    made.cert_chain_pems[0].write_to_path(files["certificate"])
    made.private_key_pem.write_to_path(files["key"])
    return files


def wrong(options: Any) -> dict[str, str]:
    return {Path(one.thing).stem: one.seen for one in materials.certificates(options)}


def test_a_certificate_belongs_to_its_key_and_is_valid(tmp_path: Path) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    acme, beta, old = pair(tmp_path, "acme"), pair(tmp_path, "beta"), pair(tmp_path, "old", until=past)
    mixed = beta | {"key": acme["key"]}
    found = wrong({"clients": [acme, mixed, old], "certificates": {"expired": old}})
    assert list(found) == ["beta", "old"]
    assert "cannot be shown with the key" in found["beta"]
    assert found["old"] == f"was valid until {past:%Y-%m-%d}"
    assert wrong({"certificates": {"expired": old}}) == {}, "it is to be shown because it has expired"


def test_many_files_that_are_there_are_told_of_in_one_line(tmp_path: Path) -> None:
    many = [tmp_path / str(number) for number in range(30)]
    for path in many:
        path.touch()
    found = list(materials.files({"clients": [*many, tmp_path / "none"]}))
    assert [(one.thing, one.state) for one in found] == [(str(tmp_path / "none"), "WRONG"), ("30 files", "ok")]


async def prompts(_: web.Request) -> web.Response:
    return web.json_response([])


@pytest.mark.parametrize("ours", [True, False])
async def test_a_stand_in_is_ours_or_is_none(ours: bool) -> None:
    app = web.Application()
    app.router.add_get("/stub/prompts" if ours else "/v1/models", prompts)
    async with serving.served(app) as server:
        found = await materials.stand_in(str(server.make_url("")).rstrip("/"))
    assert found.state == ("ok" if ours else "WRONG")
    assert ("is no stand-in of ours" in found.seen) is not ours


async def test_a_secret_that_is_not_set_is_found_before_anybody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PW_LISA", "lisa-pass")
    monkeypatch.delenv("PW_ADMIN", raising=False)
    keys = 'accounts = [{ login = "Lisa", password_env = "PW_LISA" }]\n'
    keys += 'administrator = { login = "Admin", password_env = "PW_ADMIN" }'
    async with served() as (chat, address):
        examination = Examination(ChatSystem(load(profile(tmp_path, address, accounts=keys)), {}))
        await examination.run()
    found = {one.thing: one.state for one in examination.findings if one.part == "secret"}
    assert found == {"PW_LISA": "ok", "PW_ADMIN": "WRONG"}
    assert chat.asked == {"GET /"}


async def test_what_a_run_leaves_is_said(tmp_path: Path) -> None:
    async with served() as (_, address):
        examination = Examination(ChatSystem(load(profile(tmp_path, address)), {}))
        await examination.run()
    assert "the accounts that it registers" in next(one.seen for one in examination.findings if one.thing == "leaves")
    assert "nothing" in materials.left_behind(protected=True, leases=True).seen
    assert "their sessions are ended" in materials.left_behind(protected=False, leases=True).seen
