"""The seeded faults of the ChatTrain server, by topic; the clean parts know none of them."""

from reference.kit.faults import Faults

FAULTS = Faults()
FAULTS.load(__name__, __path__)
