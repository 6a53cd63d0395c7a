"""`python -m reference.broker.portal`."""

import sys

from reference.broker.start import start

start("portal", sys.argv[1:])
