"""Where the faults of this back end are registered."""

from reference.kit.faults import Faults

FAULTS = Faults()
