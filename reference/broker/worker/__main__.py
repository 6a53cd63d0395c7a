"""`python -m reference.broker.worker`."""

import sys

from reference.broker.start import start

start("worker", sys.argv[1:])
