"""The profiles of the deployed systems, as a test needs them."""

from typing import Any

from support.profile import LeasedAccount, Profile, load


def deployed(
    system: str, *, bars: dict[str, float] | None = None, accounts: list[LeasedAccount] | None = None, **driver: Any
) -> Profile:
    """A profile of `profiles/deployed`, what waits shortened.

    Args:
        system: which.
        bars: limits that are others here.
        accounts: those to lease, where they are others here.
        driver: options that are others here.
    """
    profile = load(f"deployed/{system}")
    described = profile.systems[system]
    described.bars = described.bars.model_copy(update=bars or {})
    described.accounts = described.accounts if accounts is None else accounts
    described.driver |= driver
    return profile
