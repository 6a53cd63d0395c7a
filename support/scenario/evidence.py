"""What a report shows of a scenario beside its verdict: who said what to whom, and what the servers printed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from support.core.clean_text import visible
from support.core.people import STAGEHAND
from support.reporting import sequence_diagram, timeline
from support.scenario.world import World


def message_chart(world: World, *, failed: bool) -> str:
    """The message chart of the scenario so far, as SVG. Each word of it is masked before it is cut into lines."""
    transcript, masked = world.transcript, world.transcript.redactor.text
    received = {role: actor.inbox.received for role, actor in world.cast.items() if role != STAGEHAND}
    moments = timeline.told(transcript.exchanges, received, transcript.began, failed=failed)
    return sequence_diagram.draw(
        [replace(one, who=masked(one.who), words=masked(world.in_words(one.words))) for one in moments]
    )


def transcript(world: World) -> str:
    """Who has said what to whom. Each line was masked as it was written, but for what has been learned since."""
    return visible(world.transcript.redactor.again(str(world.transcript)))


def server_logs(world: World) -> dict[str, str]:
    """What each process of the deployment has printed since the scenario began."""
    logs, marks = world.sut.deployment.logs, world.log_marks
    with ThreadPoolExecutor() as printing:  # each may be a command, which takes its time
        said = dict(zip(marks, printing.map(lambda name: logs[name].since(marks[name]), marks), strict=True))
    return {name: text for name, text in said.items() if text.strip()}
