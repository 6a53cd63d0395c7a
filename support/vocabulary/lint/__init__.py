"""`earshot lint`: the house rules for features, vocabulary and code that a machine can check.

On behave's own parser and step registry, so that it never judges another dialect than the one that runs.
The rules stand in one module for each topic, their lists of words and tags in `rules.toml` and `tags.toml`.
"""

from support.vocabulary.lint.finding import Violation
from support.vocabulary.lint.runner import lint, main

__all__ = ["Violation", "lint", "main"]
