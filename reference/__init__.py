"""The reference back ends: real servers, which the suite only starts as processes."""

import gc
import sys

# What a server imports stays for good: to look through it for garbage meanwhile is a sixth of the time of its start.
# The first word is "-m" for a program that Python is about to start; `reference.kit.serving` looks for garbage again.
if sys.argv[:1] == ["-m"]:
    gc.disable()
