"""The one judgement of each scenario, made of what behave has left on its model of it."""

import os
import sysconfig
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from behave.model import Rule, Scenario, Step
from behave.model_type import Status as BehaveStatus

from support.core.clean_text import shortened
from support.core.errors import (
    Absent,
    EarshotError,
    EnvironmentFailure,
    InvalidMeasurement,
    NotSupported,
    NotUnderstood,
    Untried,
)
from support.core.redaction import Redactor
from support.core.resource_shortage import shortage
from support.reporting.outcome import LONGEST_MESSAGE, STALLED, UNTRIED, Kind, Outcome, Status, Trouble

_CARRIERS = (("support", "scenario", "step_decorators.py"), ("support", "core", "event_loop.py"))
_FOREIGN = {sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")}
#: The mark on behave's model of a scenario that the product lacks what it needs.
_LACK = "earshot_product_lacks_it"

_FAMILIES: tuple[tuple[type[BaseException], Kind], ...] = (
    (EnvironmentFailure, "environment"),
    (KeyboardInterrupt, "interrupted"),
    (InvalidMeasurement, "invalid"),
)


def outcome_of(
    scenario: Scenario,
    redactor: Redactor,
    duration: float,
    cleanup: Exception | None = None,
    advice: Callable[[Step], str] = lambda step: "",
    phrase_of: Callable[[Step], str | None] = lambda step: None,
) -> Outcome:
    """Judge a scenario that behave has just run.

    Args:
        scenario: behave's model of it, with statuses and exceptions.
        redactor: masks messages and tracebacks.
        duration: seconds, hooks and cleanup included.
        cleanup: what a cleanup function raised; behave itself forgets it.
        advice: what to say of an undefined step, such as the phrases that may have been meant.
        phrase_of: the phrase that a step is one of, with its placeholders.
    """
    step = _decisive(list(scenario.all_steps))
    if scenario.hook_failed or cleanup or scenario.status is BehaveStatus.cleanup_error:
        found = _of_hook(scenario, cleanup)
        if step is not None:
            text = f"{found.text}\nafter the step '{step.name}' had failed: {_step_text(step, advice)}"
            found = replace(found, text=text, step=step)
    elif step is not None:
        status, text = _status(step), _step_text(step, advice) + _also_undefined(scenario, step, advice)
        text = f"{UNTRIED}{text}" if status == "not reached" else text
        found = _Found(status, _at(step), text, step.exception, step, phrase=phrase_of(step))
    elif scenario.status is BehaveStatus.passed:
        found = _Found("passed")
    else:
        reason = scenario.skip_reason or "it was skipped without a reason"
        lacks = getattr(scenario, _LACK, False)
        found = _Found("absent", "absent", reason) if lacks else _Found("not run", reason=reason)
    return _outcome(scenario, redactor, found, duration)


@dataclass(frozen=True)
class _Found:
    """What became of a scenario, before any secret is masked: where it went wrong, what is said of that, and why."""

    status: Status
    at: str | None = None
    text: str | None = None
    error: BaseException | None = None
    step: Step | None = None
    phrase: str | None = None
    reason: str | None = None


def _of_hook(scenario: Scenario, cleanup: Exception | None) -> _Found:
    at = "hook" if scenario.hook_failed else "cleanup"
    text = scenario.error_message or (cleanup and f"CLEANUP-ERROR: {described(cleanup)}") or f"{at} failed"
    return _Found("broken", at, text, scenario.exception or cleanup)


def leave_out(scenario: Scenario, limit: NotSupported) -> None:
    """Do not play a scenario, or no further, because of a limit of ours or because the product lacks something."""
    setattr(scenario, _LACK, isinstance(limit, Absent))
    scenario.skip(str(limit))


def _status(step: Step) -> Status:
    """What a step that went wrong says of its scenario."""
    if step.status is not BehaveStatus.failed:
        return "broken"
    return "not reached" if step.step_type == "given" or isinstance(step.exception, Untried) else "failed"


def not_run(scenario: Scenario, redactor: Redactor, reason: str) -> Outcome:
    """A scenario that behave never came to."""
    return _outcome(scenario, redactor, _Found("not run", reason=reason))


def amended(outcome: Outcome, status: Status, message: str) -> Outcome:
    """An outcome after something was noticed later; one that had failed keeps its first failure, known or not."""
    if outcome.status not in ("passed", "not run"):
        return replace(outcome, details=f"{outcome.details}\nafter its end: {message}")
    kind: Kind = "product" if status == "failed" else "suite"
    short = _first_line(message)
    return replace(outcome, status=status, kind=kind, at="audit", message=short, details=message, trace=None)


def flaky(outcome: Outcome, attempt: int) -> Outcome:
    """An outcome that failed, and passed when the scenario was run again: the failure stays."""
    remark = f"flaky: it passed at attempt {attempt}, after this"
    message, details = f"{remark}: {outcome.message}", f"{remark}\n{outcome.details}"
    return replace(outcome, kind="flaky", message=message, details=details)


def stalled(outcome: Outcome, seconds: float) -> Outcome:
    """An outcome after the suite itself stood still for so long: what failed meanwhile says nothing of the system."""
    if not seconds or outcome.kind not in ("product", "unclear"):
        return outcome
    remark = f"{STALLED}{seconds:.1f} s, for this machine is too busy, and then: "
    message, details = f"{remark}{outcome.message}", f"{remark}{outcome.details}"
    return replace(outcome, status="broken", kind="stalled", message=message, details=details)


def blocked(scenario: Scenario, redactor: Redactor, message: str, error: BaseException | None) -> Outcome:
    """A scenario that could not run because a hook of its feature or rule failed."""
    return _outcome(scenario, redactor, _Found("broken", "hook", message, error))


def in_plain_words(outcome: Outcome) -> Outcome:
    """Without its traceback if the message says all there is to say: an expectation was not met."""
    return replace(outcome, trace=None) if outcome.at in ("assertion", "timeout") else outcome


def trouble(where: str, error: BaseException | None, redactor: Redactor, message: str = "") -> Trouble:
    """What went wrong outside the scenarios; `message` if there is no exception to describe it."""
    text = redactor.text(message or (described(error) if error else "failed"))
    trace = redactor.text(_trace(error.__traceback__)) if error else ""
    return Trouble(where, _kind("broken", error) or "suite", _first_line(text), text, trace)


def _outcome(scenario: Scenario, redactor: Redactor, found: _Found, duration: float = 0.0) -> Outcome:
    details = redactor.text(found.text) if found.text else None
    trace = redactor.text(_trace(found.error.__traceback__)) if found.error else ""
    return Outcome(
        **stub(scenario),
        status=found.status,
        kind=_kind(found.status, found.error),
        step=redactor.text(found.step.name) if found.step is not None else None,
        step_keyword=found.step.step_type if found.step is not None else None,
        steps=[redactor.text(f"{one.keyword} {one.name}") for one in _until(found.step, scenario)],
        phrase=found.phrase,
        at=found.at,
        message=(_one_line if found.at == "undefined" else _first_line)(details) if details else None,
        details=details,
        trace=trace or None,
        reason=redactor.text(found.reason) if found.reason else None,
        duration=round(duration, 3),
    )


def stub(scenario: Scenario) -> dict[str, Any]:
    """What an outcome says of its scenario, whatever becomes of that."""
    rule = rule_of(scenario)
    return {
        "scenario": scenario.name.strip(),
        "feature": scenario.feature.name,
        "file": scenario.filename,
        "line": scenario.line,
        "tags": [str(tag) for tag in scenario.effective_tags],
        "rule": rule.name if rule else None,
    }


def rule_of(scenario: Scenario) -> Rule | None:
    """The Rule around a scenario, or around its outline."""
    parents = (scenario.parent, getattr(scenario.parent, "parent", None))
    return next((parent for parent in parents if isinstance(parent, Rule)), None)


def _until(last: Step | None, scenario: Scenario) -> list[Step]:
    """The steps of a scenario up to this one, which is among them."""
    steps = [] if last is None else list(scenario.all_steps)
    return steps[: next((index for index, step in enumerate(steps, 1) if step is last), 0)]


def _decisive(steps: list[Step]) -> Step | None:
    """The first step that went wrong; an undefined one before all, for then the scenario was never whole."""
    undefined = (step for step in steps if step.status is BehaveStatus.undefined)
    wrong = (step for step in steps if step.status.has_failed() or step.status.is_pending() or step.hook_failed)
    return next(undefined, None) or next(wrong, None)


def _at(step: Step) -> str:
    if step.hook_failed:
        return "hook"
    if step.status is BehaveStatus.undefined:
        return "undefined"
    if step.status.is_pending():
        return "pending"
    if isinstance(step.exception, TimeoutError) or isinstance(_cause(step.exception), TimeoutError):
        return "timeout"
    return "assertion" if step.status is BehaveStatus.failed else "exception"


def _step_text(step: Step, advice: Callable[[Step], str]) -> str:
    if step.status is BehaveStatus.undefined:
        return f"no step definition matches '{step.keyword} {step.name}'{advice(step)}"
    if step.status.is_pending():
        return f"the step is pending: {step.exception or 'not written yet'}"
    if step.hook_failed:
        return str(step.error_message)
    return described(step.exception)


def _also_undefined(scenario: Scenario, first: Step, advice: Callable[[Step], str]) -> str:
    """What to say of the other steps of a scenario that are undefined, each with its line."""
    others = [step for step in scenario.all_steps if step.status is BehaveStatus.undefined and step is not first]
    return "".join(f"\nin line {step.line}: {_step_text(step, advice)}" for step in others)


def described(error: BaseException | None) -> str:
    """What an error says, with its kind unless it is an expectation that was not met."""
    if isinstance(error, AssertionError):
        return str(error).strip() or "the assertion does not hold"
    if isinstance(error, KeyboardInterrupt):
        return "interrupted by the user"
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    short = "" if isinstance(error, EarshotError) else shortage(error)
    return f"{short} ({said})" if short else said


def _kind(status: Status, error: BaseException | None) -> Kind | None:
    if status in ("failed", "absent", "not reached"):
        return "unclear" if isinstance(error, NotUnderstood) else "product"
    if status == "broken":
        at_fault = (kind for one in (error, _cause(error)) for family, kind in _FAMILIES if isinstance(one, family))
        short = not isinstance(error, EarshotError) and shortage(error)
        return next(at_fault, "environment" if short else "suite")
    return None


def _cause(error: BaseException | None) -> BaseException | None:
    return error.__cause__ if error is not None else None


def place(error: BaseException) -> str:
    """The one frame that matters: the innermost of our own."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_foreign(frame.filename)]
    return f"{os.path.relpath(own[-1].filename)}:{own[-1].lineno}, in {own[-1].name}" if own else ""


def _trace(found: TracebackType | None) -> str:
    frames = [frame for frame in traceback.extract_tb(found) if "/behave/" not in frame.filename]
    return "".join(traceback.format_list(frames))


def _is_foreign(filename: str) -> bool:
    """Whether a file is a library's, Python's own, or what carries a step from behave to our event loop."""
    path = Path(filename).absolute()
    carries = path.parts[-3:] in _CARRIERS
    return carries or any(path.is_relative_to(folder) for folder in _FOREIGN)


def _one_line(text: str) -> str:
    first, *others = map(str.strip, text.split("\n"))
    return shortened(f"{first} {' | '.join(others)}".rstrip(), LONGEST_MESSAGE)


def _first_line(text: str) -> str:
    return shortened(text.strip().partition("\n")[0], LONGEST_MESSAGE)
