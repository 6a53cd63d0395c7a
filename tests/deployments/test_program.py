"""A server that a driver describes: how it is seen to serve, and what is said of one that does not."""

import sys
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from support.config.profile import Limits
from support.core.errors import EnvironmentFailure
from support.drivers.kit.program import ServerProgram
from support.environments.embedded.program import ProgramProcess
from support.environments.embedded.workspace import Workspace

#: A server that greets, and leaves the connection open.
_GREETS = """
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
lines = []
while True:
    line, _ = server.accept()
    line.recv(99)
    line.sendall(b"hello, I am here")
    lines.append(line)
"""


class NoOptions(BaseModel):
    """A profile has nothing to say of it."""


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    workspace = Workspace()
    workspace.account = None  # the interpreter of this run may be closed to any other
    yield workspace
    workspace.remove()


def greeter(workspace: Workspace, answer: bytes, interpreter: str = sys.executable) -> ProgramProcess:
    command = (interpreter, "-c", _GREETS, "$port")
    program = ServerProgram("Greeter", "", command, {}, question="hello?", answer=answer, start_limit=3.0)
    return ProgramProcess("chat server", workspace, program, Limits(), NoOptions())


async def test_a_server_serves_that_leaves_the_connection_open(workspace: Workspace) -> None:
    server = greeter(workspace, b"hello, I")
    await server.start()
    assert await server.serves()
    await server.kill()
    assert not await server.serves()


async def test_one_that_answers_otherwise_is_quoted(workspace: Workspace) -> None:
    server = greeter(workspace, b"welcome")
    with pytest.raises(EnvironmentFailure) as trouble:
        await server.start()
    assert "did not serve within 3 s; asked whether it serves, it said 'hello, I am here', without 'welcome'" in str(
        trouble.value
    )


async def test_one_that_is_in_no_package_and_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(EnvironmentFailure, match="there is no Greeter on this machine: /no/such/python is not found"):
        await greeter(workspace, b"hello", "/no/such/python").start()
