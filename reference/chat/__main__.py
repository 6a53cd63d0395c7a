"""`python -m reference.chat`."""

from reference.chat.faults import FAULTS
from reference.chat.server import ChatServer
from reference.chat.settings import Settings
from reference.kit.command import run

run("reference.chat", "The reference chat server.", Settings, lambda *chosen: ChatServer(*chosen).app(), FAULTS)
