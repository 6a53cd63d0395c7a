"""behave's parser, that loses nothing: what it would drop without a word is taken, or refused."""

import re
from itertools import takewhile
from typing import Any

from behave import i18n, model
from behave.parser import Parser, ParserError, State

from support.vocabulary.gherkin import error_messages, tables

#: What begins and ends a text below a step.
DOC_STRINGS = ('"""', "'''", "```")

_LANGUAGE = re.compile(r"#\s*language\s*:\s*(?P<name>\S*)\s*$", re.IGNORECASE)


class Text(str):
    """The text of a file, whose lines end where they end and not at what Unicode calls a separator."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


class Grammar(Parser):  # type: ignore[misc]  # behave is untyped
    """Reads one feature file.

    Raises:
        ParserError: with the line, and with words for a writer of features.
    """

    table: Any

    def parse(self, text: str, filename: str | None = None) -> model.Feature | None:
        """The feature that a text holds; None if it holds none."""
        self._header_at = 0
        feature = super().parse(text, filename)
        if self.state is State.MULTILINE_TEXT:
            reason = f"this text is never closed: end it with {self.multiline_terminator}"
            raise self._error(reason, self.multiline_start)
        if self.tags:
            raise self._error("these tags belong to nothing: put them above what they are for", self.tags[-1].line)
        return feature

    # -- lines ------------------------------------------------------------------------------------------------------

    def action(self, line: str) -> None:
        stripped = line.strip()
        if self.state is not State.MULTILINE_TEXT and stripped.startswith("#"):
            if header := _LANGUAGE.match(stripped):
                self._set_language(header["name"])
            return
        if self._is_misplaced(stripped) or not getattr(self, f"action_{self.state.name.lower()}")(line):
            raise self._error(error_messages.reason(self, stripped))

    def _is_misplaced(self, line: str) -> bool:
        """Whether a line would be taken for a description that is a heading, or belongs below a step."""
        if self.state in (State.INITIAL, State.MULTILINE_TEXT):
            return False
        below = self.state in (State.BACKGROUND, State.SCENARIO)
        belongs_below = line.startswith((*DOC_STRINGS, "|")) or self.match_keyword("background", line)
        return bool(self.match_keyword("feature", line) or (below and belongs_below))

    def _set_language(self, name: str) -> None:
        if self.feature or self.tags:
            raise self._error("the language is named above everything else, in the first line")
        if self._header_at:
            raise self._error(f"the language is named in line {self._header_at} already: keep one")
        if name not in i18n.languages:
            raise self._error(error_messages.unknown_language(name))
        self._header_at, self.language, self.keywords = self.line, name, i18n.languages[name]

    def parse_tags(self, line: str) -> list[model.Tag]:
        tags = list(takewhile(lambda word: not word.startswith("#"), line.split()))
        for tag in tags:
            if not re.fullmatch(r"@[^@]+", tag):
                raise self._error(error_messages.bad_tag(tag, tags))
        return [model.Tag(tag[1:], self.line) for tag in tags]

    def parse_step(self, line: str) -> model.Step | None:
        try:
            return super().parse_step(line)
        except ParserError as error:
            raise self._error(error_messages.continues_nothing(line)) from error

    # -- statements -------------------------------------------------------------------------------------------------

    def _build_examples(self, keyword: str, line: str) -> None:
        if not isinstance(self.statement, model.ScenarioOutline):
            outline = self.keywords["scenario_outline"][0]
            raise self._error(f"{keyword} belong to a {outline}: write '{outline}:' above the steps")
        super()._build_examples(keyword, line)

    def action_steps(self, line: str) -> bool:
        stripped = line.strip()
        if getattr(self.statement, "examples", None) and (
            stripped.startswith((*DOC_STRINGS, "|")) or self.parse_step(stripped)
        ):
            raise self._error("this stands below the Examples: steps stand above them, and a table follows its heading")
        if stripped.startswith(DOC_STRINGS):
            return self._open_text(line, stripped)
        if stripped.startswith("|") and self.statement.steps:
            self._has_nothing_below(self.statement.steps[-1])
        return bool(super().action_steps(line))

    # -- texts below steps ------------------------------------------------------------------------------------------

    def _open_text(self, line: str, stripped: str) -> bool:
        if not self.statement.steps:
            raise self._error("a text stands below a step, and there is none above it")
        self._has_nothing_below(self.statement.steps[-1])
        if stripped[3:].strip():
            raise self._error(error_messages.beside_quotes(stripped[3:].strip()))
        self.state = State.MULTILINE_TEXT
        self.multiline_start, self.multiline_terminator = self.line, stripped[:3]
        self.multiline_leading = len(line) - len(line.lstrip())
        return True

    def action_multiline_text(self, line: str) -> bool:
        stripped = line.strip()
        if stripped.startswith(self.multiline_terminator):
            if stripped != self.multiline_terminator:
                raise self._error(f"{stripped[3:].strip()!r} after the end of the text would be lost: give it a line")
            return bool(super().action_multiline_text(line))
        indent = min(self.multiline_leading, len(line) - len(line.lstrip()))
        escaped = "".join(f"\\{letter}" for letter in self.multiline_terminator)
        self.lines.append(line[indent:].replace(escaped, self.multiline_terminator))
        return True

    def _has_nothing_below(self, step: model.Step) -> None:
        if step.text is not None or step.table is not None:
            raise self._error("a step has one text or one table below it: this is a second")

    # -- tables -----------------------------------------------------------------------------------------------------

    def action_table(self, line: str) -> bool:
        stripped = line.strip()
        if not stripped.startswith("|"):
            return self._describes_examples(stripped) or bool(super().action_table(line))
        cells = tables.cells(stripped)
        if cells is None:
            raise self._error("this row loses its last letter: close it with '|'")
        if self.table is None:
            if trouble := tables.trouble_of_headings(cells):
                raise self._error(trouble)
            self.table = model.Table(cells, line=self.line)
        elif len(cells) != (wanted := len(self.table.headings)):
            raise self._error(f"this row has {len(cells)} cell(s), and its heading {wanted}")
        else:
            self.table.add_row(cells, self.line)
        return True

    def _describes_examples(self, line: str) -> bool:
        """Whether a line below "Examples:" is prose, which behave has no place for."""
        kinds = ("scenario", "scenario_outline", "examples", "rule", "background", "feature")
        is_keyword = any(self.match_keyword(kind, line) for kind in kinds)
        prose = bool(self.examples and self.table is None and line and not is_keyword)
        return prose and not line.startswith(("@", *DOC_STRINGS)) and not self.parse_step(line)

    def _error(self, reason: str, line: int | None = None) -> Any:
        return ParserError(reason, line or self.line, self.filename, use_annotated_message=False)
