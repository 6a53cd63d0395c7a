"""`python -m reference.broker.proxy`."""

import sys

from reference.broker.start import start

start("proxy", sys.argv[1:])
