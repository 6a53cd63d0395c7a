"""The seeded faults of the school dashboard, by topic; each overrides about one method of one clean part."""

from reference.kit.faults import Faults

FAULTS = Faults()

from reference.dashboard.faults import (  # noqa: E402, F401 - they register themselves
    access,
    accounts,
    broadcasting,
    messages,
    resilience,
    resources,
)
