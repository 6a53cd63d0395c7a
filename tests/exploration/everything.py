"""A system that can do everything, for walks that nobody plays."""


class Everything:
    """All that any driver and deployment can."""

    has_bots = True

    def can(self, capability: type) -> bool:
        return True

    def holds(self, process: str) -> bool:
        return True

    def lacks(self, form: str) -> bool:
        return False


class NoDevices(Everything):
    """All but what is done on several connections, and to the system itself."""

    has_bots = False

    def can(self, capability: type) -> bool:
        return capability.__name__ not in ("ConnectsOften", "CachesMessages")

    def holds(self, process: str) -> bool:
        return False
