"""The seeded faults of the ThreadFileSharing server, by topic; the clean parts know none of them."""

from reference.kit.faults import Faults

FAULTS = Faults()
seed = FAULTS.seed
FAULTS.load(__name__, __path__)
