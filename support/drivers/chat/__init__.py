"""The driver of the chat server: domain verbs, spoken as HTTP and Socket.IO (contracts/chat.md).

What differs between the reference and a deployed server is an option, set in the profile; never code in a step.
"""

from support.drivers.chat.driver import Chat
from support.drivers.chat.options import ADMIN, ChatOptions

__all__ = ["ADMIN", "Chat", "ChatOptions"]
