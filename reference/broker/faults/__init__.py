"""The faults that can be seeded into this back end. None of them is known to the clean servers."""

from reference.broker.faults import (
    accounts,
    certificates,
    delivery,
    identity,
    keeping,
    load,
    operation,
    portal,
    portal_pages,
    records,
    submission,
    tokens,
    watching,
)
from reference.broker.faults.registry import FAULTS

__all__ = [
    "FAULTS",
    "accounts",
    "certificates",
    "delivery",
    "identity",
    "keeping",
    "load",
    "operation",
    "portal",
    "portal_pages",
    "records",
    "submission",
    "tokens",
    "watching",
]
