"""A reference back end puts off looking for garbage while it starts, and no longer."""

import subprocess
import sys

SERVES = """
import gc, socket, sys
sys.argv = ["-m"]
import reference
assert not gc.isenabled()
from aiohttp import web
from reference.kit.serving import serve
taken = socket.create_server(("127.0.0.1", 0))
try:
    serve(web.Application(), *taken.getsockname())
finally:
    print(gc.isenabled())
"""


def test_it_looks_for_garbage_once_it_serves() -> None:
    done = subprocess.run([sys.executable, "-c", SERVES], capture_output=True, text=True, check=False)
    assert "cannot listen" in done.stderr
    assert done.stdout == "True\n"


def test_others_who_import_it_are_left_alone() -> None:
    code = "import reference, gc; assert gc.isenabled()"
    subprocess.run([sys.executable, "-c", code], check=True)
