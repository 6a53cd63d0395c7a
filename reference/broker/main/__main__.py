"""`python -m reference.broker.main`."""

import sys

from reference.broker.start import start

start("main", sys.argv[1:])
