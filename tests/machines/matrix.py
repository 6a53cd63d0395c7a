"""Runs the specs on machines of many kinds, and writes a table of what has come of it: benchmarks/results/machines.md.

    sudo .venv/bin/python tests/machines/matrix.py [--write] [NAME…]

Each machine is this one with something taken away or set otherwise, in a clone of this checkout. Those for which this
machine lacks something (another Python, another Redis) are left out, and the table says so.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

HOUSE = Path(__file__).parents[2]
TABLE = HOUSE / "benchmarks/results/machines.md"
WITHOUT = str(Path(__file__).with_name("without"))
#: What a bare machine has none of.
SERVERS = ("postgresql", "postgres", "initdb", "redis-server", "redis-check-rdb", "valkey-server")
TOOLS = ("node", "nodejs", "npm", "npx", "chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")
ODD = "a folder with blanks, ümlauts and a long name" * 2
ORDINARY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
LAUNCH = "from support.cli.main import main; main()"
ASKED = ("run", "--jobs", "2", "--tags=@smoke", "features/chat", "features/broker")

_HEAD = """# Machines

`tests/machines/matrix.py` runs `earshot run --jobs 2 --tags=@smoke features/chat features/broker` on machines of many
kinds: each is a Debian 12 with 2 cores on which something is taken away or set otherwise. These scenarios need all that
a machine may lack: Postgres, Redis and a browser. `tests/machines/without` hides programs from one command, in a mount
namespace of its own. The servers that are named are those that the run has found. The seconds are those of a machine
that others used too. Written on {day}.

| machine | Python | servers | what has come of it | seconds |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Machine:
    """A kind of machine.

    `prefix` stands before the command, `environment` is added (a value of None takes away), `folder` is the name of the
    checkout, and `times` says how often it runs at once in one checkout.
    """

    name: str
    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str | None] = field(default_factory=dict)
    folder: str = "checkout"
    times: int = 1

    @property
    def lacks(self) -> str:
        """What this machine has not, that it takes to be that one."""
        return "" if not self.prefix or shutil.which(self.prefix[0]) else f"{self.prefix[0]} is not here"


def without(*names: str) -> tuple[str, ...]:
    return (WITHOUT, *names, "--")


def machines(folder: Path) -> Iterator[Machine]:
    """All kinds; `folder` is for temporary files."""
    yield Machine("as it is")
    yield Machine("no server, no Node, no browser", without(*SERVERS, *TOOLS))
    yield Machine("the same, an ordinary user", (*without(*SERVERS, *TOOLS), *ORDINARY))
    yield Machine("an ordinary user", ORDINARY)
    yield Machine("no Postgres, but a Redis", without(*SERVERS[:3]))
    yield Machine("no Redis, but a Postgres", without(*SERVERS[3:]))
    yield Machine("no Node", without(*TOOLS[:4]))
    yield Machine("no shared memory", without("/dev/shm"))
    yield Machine("LANG=C", environment={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"})
    yield Machine("TMPDIR long, with blanks and umlauts", environment={"TMPDIR": str(folder / ODD)})
    yield Machine("checkout in such a folder", folder=ODD)
    yield Machine("http_proxy set", environment=dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9"))
    yield Machine("localhost is ::1 alone", _only_ipv6(folder))
    yield Machine("256 open files", ("prlimit", "--nofile=256:256"))
    yield Machine("HOME not set", environment={"HOME": None})
    yield Machine("two runs at once in one checkout", times=2)


def _only_ipv6(folder: Path) -> tuple[str, ...]:
    hosts = folder / "hosts"
    hosts.write_text("::1 localhost\n")
    return "unshare", "--mount", "sh", "-c", f'mount --bind "{hosts}" /etc/hosts && exec "$@"', "sh"


def tried(machine: Machine, folder: Path) -> str:
    """Run it, and say what has come of it as a row of the table."""
    if machine.lacks:
        return f"| {machine.name} | | | not tried: {machine.lacks} | |"
    checkout = folder / machine.folder
    subprocess.run(["git", "clone", "--quiet", HOUSE, checkout], check=True)
    environment = {key: value for key, value in {**os.environ, **machine.environment}.items() if value is not None}
    subprocess.run(["chmod", "-R", "a+rwX", folder], check=True)
    command = [*machine.prefix, sys.executable, "-c", LAUNCH, *ASKED]
    began = time.monotonic()
    runs = [
        subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(machine.times)
    ]
    said = [(run.communicate()[0] or b"").decode(errors="replace").strip().splitlines() for run in runs]
    seconds, codes = time.monotonic() - began, {run.returncode for run in runs}
    last = " / ".join(dict.fromkeys(lines[-1] if lines else "nothing was said" for lines in said))
    code = "" if codes == {0} else f" (exit code {', '.join(map(str, sorted(codes)))})"
    servers = _servers(checkout)
    shutil.rmtree(checkout, ignore_errors=True)
    return f"| {machine.name} | {sys.version.split()[0]} | {servers} | {last}{code} | {seconds:.0f} |"


def _servers(checkout: Path) -> str:
    """The servers that the report names."""
    path = checkout / "reports" / "allure-results" / "environment.properties"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.partition("=") for line in lines)
    return ", ".join(
        dict.fromkeys(value.strip() for _, _, value in pairs if value.strip().startswith(("Post", "Redis", "Val")))
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("names", nargs="*", metavar="NAME", help="only these machines")
    asked.add_argument("--write", action="store_true", help=f"write {TABLE.relative_to(HOUSE)}")
    given, rows = asked.parse_args(), []
    with TemporaryDirectory(prefix="machines-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / ODD).mkdir()
        (folder / ODD).chmod(0o777)
        for machine in machines(folder):
            if not given.names or machine.name in given.names:
                rows.append(tried(machine, folder / "tried"))
                print(rows[-1], flush=True)
    if given.write:
        head = _HEAD.format(day=time.strftime("%d %B %Y"))
        TABLE.write_text("\n".join([head.rstrip("\n"), *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
