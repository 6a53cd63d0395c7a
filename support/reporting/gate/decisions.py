"""What the rules of a gate say of requirements that sum up what scenarios show, which no single scenario can."""

from collections.abc import Iterable

from support.reporting.gate.judgement import Judgement, Ruling
from support.reporting.traceability.matrix import Decision, State
from support.reporting.traceability.output import STATES


def decisions(judgements: Iterable[Judgement | None]) -> dict[str, Decision]:
    """What is decided by these judgements, by the requirements' ids; nothing of a system without results."""
    found = {}
    for judgement in filter(None, judgements):
        rulings = {ruling.rule.id: ruling for ruling in judgement.rulings}
        for requirement in judgement.spec.requirement:
            if requirement.decided_by:
                found[requirement.id] = _decision([rulings[rule] for rule in requirement.decided_by])
    return found


def _decision(rulings: list[Ruling]) -> Decision:
    """Passed if all these rules are green; else as bad as the worst of what counts against one that is not."""
    short = [ruling for ruling in rulings if ruling.colour != "green"]
    against: list[State] = [case.verdict for ruling in short for case in ruling.against]
    worst: State = max(against, key=list(STATES).index, default="no scenario")
    return Decision(worst if short else "passed", "; ".join(ruling.figure for ruling in rulings))
