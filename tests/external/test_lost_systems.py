"""A system that is lost amid a run: every scenario after it says why, in every report, and the exit code is 3."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

from aiohttp import web

from support.core.exit_codes import Verdict
from support.reporting import results_file
from tests.drivers.deployed_chat import USERS
from tests.external.standin import Handler, RecordedChat, profile
from tests.serving import served

ROOT = Path(__file__).parents[2]
FEATURE = "features/chat/2_initial_data.feature"
#: `earshot run --junit` with reports elsewhere.
_RUN = """
import sys
from pathlib import Path
from support.execution import launch, running
sys.exit(running.run(launch.Launch(sys.argv[2:], junit=True, reports=Path(sys.argv[1]))))
"""
CAUSE = "does not serve within 0.3 s (it answers that it cannot)"


class Mortal(RecordedChat):
    """Breaks for good once somebody has been signed in so often."""

    def __init__(self, lives: int) -> None:
        super().__init__()
        self.lives = lives
        self.app.middlewares.append(self.live)

    @web.middleware
    async def live(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        self.lives -= len(self.tokens) > 0 and request.path == "/log_in"
        self.broken = self.lives <= 0
        return answer


async def test_a_lost_system_names_its_reason_everywhere(tmp_path: Path) -> None:
    logins = ", ".join(f'{{ login = "{login}", password_env = "PW_{login.upper()}" }}' for login in USERS)
    async with served(Mortal(3).app) as server:
        path = profile(tmp_path, str(server.make_url("")).rstrip("/"), accounts=f"accounts = [{logins}]")
        environment = {f"PW_{login.upper()}": password for login, password in USERS.items()}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _RUN, str(tmp_path / "reports"), "-D", f"profile={path}", FEATURE),
            stdout=PIPE, stderr=STDOUT, cwd=ROOT, env=os.environ | environment,
        )  # fmt: skip
        said, _ = await process.communicate()
    reports = tmp_path / "reports"
    assert process.returncode == Verdict.ENVIRONMENT
    assert CAUSE in said.decode().splitlines()[-1]
    after = [one for one in results_file.read(reports / "results.jsonl").outcomes if one.status == "not run"]
    assert after
    assert {CAUSE in str(one.reason) for one in after} == {True}
    cases = "".join(file.read_text() for file in (reports / "junit").glob("TESTS-chat*.xml"))
    assert cases.count("<skipped") == cases.count('message="its system is not there: chat:') == len(after)
    results = [json.loads(file.read_text()) for file in (reports / "allure-results").glob("*-result.json")]
    told = [one["statusDetails"]["message"] for one in results if one["status"] == "skipped"]
    assert [CAUSE in words for words in told] == [True] * len(after)
