"""The driver of ThreadFileSharing: domain verbs, spoken as HTTP and Socket.IO (contracts/threads.md).

What differs between the reference and a deployed server is an option, set in the profile; never code in a step.
"""

from support.drivers.threads.backend import ThreadsBackend
from support.drivers.threads.driver import Threads
from support.drivers.threads.options import ThreadsOptions

__all__ = ["Threads", "ThreadsBackend", "ThreadsOptions"]
