"""Systems that only say what they can do: all that the driver of a spec can. Walks are drawn for them, not played."""

#: Spec -> the capabilities of its driver that the model asks for.
CAPABILITIES = {
    "chat": """Connects ConnectsOften KeepsAlive EndsSilentConnections SendsMessages ListsContacts CachesMessages
        AsksBots SignsIn PresentsTokens EndsSessions ChecksAdministrators KnowsEverybody KeepsRooms
        TellsAdministrators ComesOnlineOften KeepsFormerConnections""",
    "threads": """Connects ConnectsOften Recovers SendsMessages ListsContacts SignsIn PresentsTokens RefreshesSessions
        HasPlaces ClosesPlaces StopsListening ShowsTyping BelongsToCompany KeepsFiles ListsFiles Appoints Invites
        ChangesBothWays ShowsAvailability""",
    "dashboard": """Connects SendsMessages SignsIn SignsInByCode PresentsTokens TakesFrames RunsSchool Appoints Invites
        KeepsFeed KeepsFigures WithdrawsInvitations TurnsIntrudersAway GuardsSchools KeepsTrends LeafsThroughFeed
        ListsSchools""",
    "training": """Connects ConnectsOften PresentsTokens AsksBots TakesFrames Trains CompletesSessions KeepsRecords""",
    "broker": """SignsIn PresentsTokens RefreshesSessions SubmitsMessages ReadsMessages Administers FollowsMessages
        KeepsFigures""",
    "mqtt": """Connects TakesLeave PublishesOnTopics LosesConfirmations LeavesWills KeepsSessions""",
}


class Everything:
    """All that the driver of a spec can, chat's by default, on a deployment that gives a hold on everything."""

    has_bots = True

    def __init__(self, spec: str = "chat") -> None:
        self._able = frozenset(CAPABILITIES[spec].split())

    def can(self, capability: type) -> bool:
        return capability.__name__ in self._able

    def holds(self, process: str) -> bool:
        return True

    def lacks(self, form: str) -> bool:
        return False


class NoDevices(Everything):
    """All but what is done on several connections, and to the system itself."""

    has_bots = False

    def can(self, capability: type) -> bool:
        return super().can(capability) and capability.__name__ not in ("ConnectsOften", "CachesMessages")

    def holds(self, process: str) -> bool:
        return False


class NoTokens(Everything):
    """All but what is done with tokens, as where each connection is a session of its own."""

    def can(self, capability: type) -> bool:
        return super().can(capability) and capability.__name__ != "PresentsTokens"
