"""Faults in what is told, and in what form (steps 3, 5 and 7)."""

import asyncio
import itertools
import json
from typing import Any

from aiohttp import WSMessage, WSMsgType

from reference.dashboard.chronicle import Change, Chronicle
from reference.dashboard.conversation import Conversation
from reference.dashboard.envelopes import Envelopes, Event
from reference.dashboard.faults import FAULTS
from reference.dashboard.invitations import Invitations
from reference.kit.postgres import Row, row


@FAULTS.seed(
    "leaves-out-the-data", "puts what it tells beside the type, not under `data`", "DASH-003.5 DASH-003.P5 DASH-003.F4"
)
class LeavesOutTheData(Envelopes):
    def event(self, kind: str, data: dict[str, Any]) -> Event:
        return {"type": kind, **data}


@FAULTS.seed("leaves-out-the-type", "sends the school's figures without a type", "DASH-003.5 DASH-003.P5 DASH-003.F4")
class LeavesOutTheType(Envelopes):
    def event(self, kind: str, data: dict[str, Any]) -> Event:
        return {"data": data} if kind == "metrics_update" else super().event(kind, data)


@FAULTS.seed("renames-activities", "calls activities by another type than agreed", "DASH-003.7 DASH-003.P6 DASH-003.F5")
class RenamesActivities(Envelopes):
    def activity(self, activity: dict[str, Any]) -> Event:
        return self.event("activity", activity)


@FAULTS.seed("leaves-out-the-actor", "does not tell who did it", "DASH-003.5 DASH-003.P5")
class LeavesOutTheActor(Envelopes):
    def activity(self, activity: dict[str, Any]) -> Event:
        return super().activity(activity | {"actor": None})


@FAULTS.seed("leaves-out-the-description", "tells activities without their description", "DASH-003.5 DASH-003.P5")
class LeavesOutTheDescription(Envelopes):
    def activity(self, activity: dict[str, Any]) -> Event:
        return super().activity({key: value for key, value in activity.items() if key != "description"})


@FAULTS.seed("writes-local-time", "tells times without saying of which zone", "DASH-003.5 DASH-003.P5")
class WritesLocalTime(Envelopes):
    def activity(self, activity: dict[str, Any]) -> Event:
        return super().activity(activity | {"timestamp": activity["timestamp"].replace("T", " ").rstrip("Z")})


@FAULTS.seed("repeats-identities", "tells all activities under one and the same id", "DASH-003.5 DASH-003.P5")
class RepeatsIdentities(Envelopes):
    def activity(self, activity: dict[str, Any]) -> Event:
        return super().activity(activity | {"id": "00000000-0000-4000-8000-000000000000"})


@FAULTS.seed("silent-about-figures", "never tells the school's figures", "DASH-003.7 DASH-003.P6 DASH-003.F5")
class SilentAboutFigures(Chronicle):
    def figures_moved(self, before: dict[str, int], after: dict[str, int]) -> list[Event]:
        return []


@FAULTS.seed("tells-old-figures", "tells the school's figures as they were before", "DASH-003.7 DASH-003.P6")
class TellsOldFigures(Chronicle):
    def figures_moved(self, before: dict[str, int], after: dict[str, int]) -> list[Event]:
        return [self.envelopes.figures(before, before)] if after != before else []


@FAULTS.seed(
    "mixes-figures",
    "tells the number of students as that of teachers, and the other way round",
    "DASH-003.7 DASH-003.P6",
)
class MixesFigures(Envelopes):
    def figures(self, before: dict[str, int], after: dict[str, int]) -> Event:
        told = super().figures(before, after)
        data = told["data"]
        data["student_count"], data["teacher_count"] = data["teacher_count"], data["student_count"]
        return told


@FAULTS.seed(
    "silent-about-status", "never tells that an invitation has been answered", "DASH-003.7 DASH-003.P6 DASH-003.F5"
)
class SilentAboutStatus(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, [event for event in events if event["type"] != "invitation_status_update"])


@FAULTS.seed("silent-about-students", "does not tell of new students", "DASH-003.7")
class SilentAboutStudents(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("student_joined", events))


@FAULTS.seed("silent-about-teachers", "does not tell of new teachers", "DASH-003.7")
class SilentAboutTeachers(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("teacher_joined", events))


@FAULTS.seed("silent-about-classes", "does not tell of new classes", "DASH-003.7")
class SilentAboutClasses(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("class_created", events))


@FAULTS.seed("silent-about-invitations", "does not tell of new invitations", "DASH-003.6")
class SilentAboutInvitations(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("invitation_sent", events))


@FAULTS.seed("turns-status-round", "tells the new status of an invitation as the old one", "DASH-003.7 DASH-003.P6")
class TurnsStatusRound(Envelopes):
    def invitation_status(self, invitation: int, old: str, new: str, accepted_by: dict[str, Any] | None) -> Event:
        return super().invitation_status(invitation, new, old, accepted_by)


@FAULTS.seed("takes-no-for-yes", "tells that a declined invitation was accepted", "DASH-003.X6")
class TakesNoForYes(Envelopes):
    def invitation_status(self, invitation: int, old: str, new: str, accepted_by: dict[str, Any] | None) -> Event:
        return super().invitation_status(invitation, old, "accepted" if new == "declined" else new, accepted_by)


@FAULTS.seed(
    "takes-a-second-answer", "takes an answer to an invitation that has been answered", "DASH-003.X13 DASH-003.X6"
)
class TakesASecondAnswer(Invitations):
    async def _open(self, token: str) -> Row:
        invitation = await self.of_token(token)
        return invitation or await super()._open(token)

    async def _answered(self, change: Change, invitation: Row, status: str) -> None:
        sql = "update accounts_schoolinvitation set status = 'pending' where id = %s returning id"
        await row(change.connection, sql, invitation["id"])
        await super()._answered(change, invitation, status)


@FAULTS.seed("answers-no-ping", "does not answer a ping", "DASH-003.X2")
class AnswersNoPing(Conversation):
    def pong(self, data: Any) -> Event:
        return self.envelopes.error("Client messages not supported yet")


@FAULTS.seed("falls-over-pings", "ends the connection of a client that pings", "DASH-003.3")
class FallsOverPings(Conversation):
    def pong(self, data: Any) -> Event:
        raise TypeError("no pings here")


@FAULTS.seed("falls-over-text", "ends the connection of a client that sends what is no JSON", "DASH-003.P8 DASH-003.F7")
class FallsOverText(Conversation):
    def answer(self, frame: WSMessage) -> Event:
        if frame.type is WSMsgType.TEXT:
            json.loads(frame.data)
        return super().answer(frame)


@FAULTS.seed(
    "falls-over-lists", "ends the connection of a client that sends JSON that is no object", "DASH-003.P8 DASH-003.F7"
)
class FallsOverLists(Conversation):
    def answer(self, frame: WSMessage) -> Event:
        answer = super().answer(frame)
        if answer == self.envelopes.error("Invalid message format"):
            raise TypeError("expected an object")
        return answer


@FAULTS.seed(
    "falls-over-kinds",
    "ends the connection of a client whose message has no word for its kind",
    "DASH-003.P8 DASH-003.F7",
)
class FallsOverKinds(Conversation):
    def answer(self, frame: WSMessage) -> Event:
        if frame.type is WSMsgType.TEXT and frame.data.startswith('{"type": ['):
            raise TypeError("unhashable type")
        return super().answer(frame)


@FAULTS.seed("falls-over-bytes", "ends the connection of a client that sends a binary frame", "DASH-003.P8 DASH-003.F7")
class FallsOverBytes(Conversation):
    def answer(self, frame: WSMessage) -> Event:
        if frame.type is not WSMsgType.TEXT:
            raise TypeError("expected text")
        return super().answer(frame)


@FAULTS.seed("takes-nonsense", "says that all is well to a client that sends nonsense", "DASH-003.P8 DASH-003.F7")
class TakesNonsense(Conversation):
    def answer(self, frame: WSMessage) -> Event:
        answer = super().answer(frame)
        return answer if answer["type"] == "pong" else self.envelopes.event("ok", {})


def without(kind: str, events: list[Event]) -> list[Event]:
    """All but the activities of one kind."""
    return [event for event in events if event["data"].get("activity_type") != kind]


@FAULTS.seed(
    "takes-losses-for-gains", "tells that one more has come when one has gone, and the other way round", "DASH-003.7"
)
class TakesLossesForGains(Envelopes):
    def figures(self, before: dict[str, int], after: dict[str, int]) -> Event:
        told = super().figures(before, after)
        for figure in told["data"].values():
            figure["change"] = -figure["change"]
        return told


@FAULTS.seed("wants-words-with-signs", "takes a sign of life that carries nothing for nonsense", "DASH-003.X2")
class WantsWordsWithSigns(Conversation):
    def pong(self, data: Any) -> Event:
        return super().pong(data) if data else self.envelopes.error("Invalid message format")


@FAULTS.seed("tells-after-the-lock", "tells some changes only when later ones may have been told", "DASH-003.X31")
class TellsAfterTheLock(Chronicle):
    turns = itertools.count()

    async def tell(self, school: int, events: list[Event]) -> None:
        if next(self.turns) % 2:
            await super().tell(school, events)
        else:
            self.late = asyncio.create_task(self._tell_late(school, events))

    async def _tell_late(self, school: int, events: list[Event]) -> None:
        await asyncio.sleep(0.05)
        await super().tell(school, events)
