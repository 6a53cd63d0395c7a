"""Rules on the code of the vocabulary and of what is beneath it (CONTRIBUTING.md)."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

from support.vocabulary.lint import settings
from support.vocabulary.lint.finding import Location, Spots
from support.vocabulary.lint.suite import Module, Suite

STATEMENTS = 5
CLOCK = Path("core", "clock.py")

_DECORATORS = frozenset({"given", "when", "then", "step"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_step(suite: Suite) -> Spots:
    """A step parses, asks an actor and judges; the rest is beneath it."""
    for module in suite.steps:
        for function in _steps(module):
            count = sum(isinstance(node, ast.stmt) for node in _body(function))
            if count > STATEMENTS:
                yield _at(module, function), f"{count} statements, {STATEMENTS} at most: let an actor do the work"


def empty_step(suite: Suite) -> Spots:
    """A step without a body does nothing, and as a Then it cannot fail."""
    for module in suite.steps:
        for function in _steps(module):
            if _does_nothing(function):
                yield _at(module, function), f"the step {function.name!r} does nothing: write its body, or delete it"


def unread_parameter(suite: Suite) -> Spots:
    """What a phrase lets a tester choose is looked at: what only stands in the words of a failure is not."""
    for module in suite.steps:
        for function in _steps(module):
            read = {node.id for node in _looked_at(function) if isinstance(node, ast.Name)}
            unread = [one.arg for one in function.args.args[1:] if one.arg not in read]
            if unread and not _does_nothing(function):
                yield _at(module, function), f"the phrase does not look at its {', '.join(unread)}: use it, or drop it"


def acting_then(suite: Suite) -> Spots:
    """A Then only observes: what breaks or mends the system is a When."""
    acts = {*settings.rules()["code"]["acts"]}
    for module in suite.steps:
        for function in _steps(module, {"then"}):
            for node in _body(function):
                if isinstance(node, ast.Attribute) and node.attr in acts:
                    yield _at(module, node), f"a Then only observes: have a When call {node.attr}()"


def step_does_io(suite: Suite) -> Spots:
    """No file of the vocabulary knows a wire, a store or a process."""
    forbidden = {*settings.rules()["code"]["io"]}
    for module in suite.steps:
        for node in ast.walk(module.tree):
            for name in _imported(node):
                if name.partition(".")[0] in forbidden:
                    yield _at(module, node), f"a step file does not import {name!r}: let an actor or the scenario do it"
            if isinstance(node, ast.Name) and node.id in ("open", "print", "input"):
                yield _at(module, node), f"a step does not call {node.id}(): let an actor or the scenario do it"


def context_attribute(suite: Suite) -> Spots:
    """What scenarios share between steps is a typed attribute of the scenario."""
    for module in suite.steps:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _name(node.value) == "context":
                yield _at(module, node), f"do not set context.{node.attr}: give the scenario a typed attribute for it"


def execute_steps(suite: Suite) -> Spots:
    """Steps share functions, not Gherkin."""
    for module in suite.steps:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "execute_steps":
                yield _at(module, node), "call what both steps need as a function instead of execute_steps"


def branch_on_system(suite: Suite) -> Spots:
    """A phrase means the same for all systems; only drivers differ."""
    for module in suite.steps:
        for node in ast.walk(module.tree):
            condition = node.subject if isinstance(node, ast.Match) else getattr(node, "test", None)
            if condition is not None and any(_name(part) == "system" for part in ast.walk(condition)):
                yield _at(module, node), "a step does not ask which system it is: make it a verb of the drivers"


def bare_assert(suite: Suite) -> Spots:
    """Python takes `assert` away under -O, and what it has judged would be green whatever the product does."""
    for module in [*suite.steps, *suite.support]:
        if "assert" not in module.text:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assert):
                yield _at(module, node), "no assert here, Python may leave it out: judge by support.core.checks.check"


def time_passing(suite: Suite) -> Spots:
    """Only the clock lets time pass."""
    for module in [*suite.steps, *suite.support]:
        if "sleep" not in module.text or module.path == suite.root / "support" / CLOCK:
            continue
        for node in ast.walk(module.tree):
            if _name(node) == "sleep" or "sleep" in {name.rpartition(".")[2] for name in _imported(node)}:
                yield (
                    _at(module, node),
                    "no sleep here: wait for a condition with support.core.clock.until, or clock.pause",
                )


def _steps(module: Module, kinds: Collection[str] = _DECORATORS) -> Iterator[Function]:
    for node in module.tree.body:
        if isinstance(node, Function):
            calls = [decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
            if any(_name(call.func) in kinds for call in calls):
                yield node


def _body(function: Function) -> Iterator[ast.AST]:
    """All nodes of a function's body but its docstring."""
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    for statement in statements:
        yield from ast.walk(statement)


def _does_nothing(function: Function) -> bool:
    return all(isinstance(node, ast.Pass | ast.Expr | ast.Constant) for node in _body(function))


def _looked_at(function: Function) -> Iterator[ast.AST]:
    """All nodes of a function's body but the words of its failures."""
    words = {id(part) for node in _body(function) for part in _failure(node)}
    return (node for node in _body(function) if id(node) not in words)


def _failure(node: ast.AST) -> Iterator[ast.AST]:
    """What a call of `support.core.checks.check` or `fail` says is wrong, if the node is one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("check", "fail"):
        for words in node.args[-1:]:
            yield from ast.walk(words)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _name(node: ast.AST) -> str | None:
    """The last part of a name: of `sleep`, `asyncio.sleep` and `self.sleep` it is "sleep"."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _at(module: Module, node: ast.AST) -> Location:
    return Location(str(module.path), getattr(node, "lineno", 1))


RULES = (
    long_step,
    empty_step,
    unread_parameter,
    acting_then,
    step_does_io,
    context_attribute,
    execute_steps,
    branch_on_system,
    bare_assert,
    time_passing,
)
