"""Phrases that are compiled when a step may be of them: a run is of few of those that there are.

A phrase is parsed at once, so that a mistake in it is told where it stands. A step can only be of it if all its plain
words stand in the step.
"""

from collections.abc import Callable
from functools import cached_property
from itertools import groupby
from typing import Any

from behave.cucumber_expression import StepMatcher4CucumberExpressions
from behave.matchers import Matcher, has_registered_step_matcher_class, register_step_matcher_class, use_step_matcher
from cucumber_expressions.argument import Argument
from cucumber_expressions.ast import Node, NodeType
from cucumber_expressions.expression import CucumberExpression
from cucumber_expressions.expression_parser import CucumberExpressionParser
from cucumber_expressions.parameter_type import ParameterType
from cucumber_expressions.parameter_type_registry import ParameterTypeRegistry
from cucumber_expressions.tree_regexp import TreeRegexp

_NAME = "phrases that are compiled late"


class PhraseExpression(CucumberExpression):  # type: ignore[misc]  # the library is untyped
    """A Cucumber Expression.

    Args:
        expression: as it stands in the step file.
        types: the types of its parameters.

    Raises:
        CucumberExpressionError: it is none, or has a type that there is not.
    """

    def __init__(self, expression: str, types: ParameterTypeRegistry) -> None:
        self.expression = expression
        self.parameter_type_registry = types
        self.parameter_types: list[ParameterType] = []
        parsed = CucumberExpressionParser().parse(expression)
        self._words = _plain_words(parsed)
        self._source: str = self.rewrite_to_regex(parsed)

    @cached_property
    def tree_regexp(self) -> TreeRegexp:
        """What a step is matched with."""
        return TreeRegexp(self._source)

    @property
    def regexp(self) -> str:
        """The regular expression that it stands for."""
        return self._source

    def fits(self, text: str) -> bool:
        """Whether a step of these words is of it."""
        return self._may_fit(text) and self.tree_regexp.regexp.match(text) is not None

    def match(self, text: str) -> list[Argument] | None:
        """The arguments of a step of these words; None if it is not of this phrase."""
        return super().match(text) if self._may_fit(text) else None

    def _may_fit(self, text: str) -> bool:
        return all(words in text for words in self._words)


class PhraseMatcher(StepMatcher4CucumberExpressions):  # type: ignore[misc]  # behave is untyped
    """behave's matcher of Cucumber Expressions, with ours."""

    NAME = _NAME

    def __init__(self, func: Callable[..., Any], pattern: str, step_type: str | None = None) -> None:
        Matcher.__init__(self, func, pattern, step_type=step_type)
        self.cucumber_expression = PhraseExpression(pattern, self.TYPE_REGISTRY.parameter_types)


def use() -> None:
    """Have the step files that are read next matched so."""
    if not has_registered_step_matcher_class(_NAME):
        register_step_matcher_class(_NAME, PhraseMatcher)
    use_step_matcher(_NAME)


def _plain_words(parsed: Node) -> list[str]:
    """The runs of plain words in a phrase, the longest first: what stands outside of its parameters and choices."""
    runs = groupby(parsed.nodes or [], lambda node: node.ast_type is NodeType.TEXT)
    return sorted(("".join(node.text for node in nodes) for plain, nodes in runs if plain), key=len, reverse=True)
