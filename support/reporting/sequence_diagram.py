"""The message chart of a scenario: people as lifelines, what they say and get as arrows, faults as bars. SVG."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from support.core.clean_text import visible
from support.reporting.pages import templates
from support.reporting.timeline import Moment

SYSTEM = "the system"
OTHERS = "others"

#: Beyond so many people the rest share a lifeline.
_PEOPLE = 6
#: Beyond so many lines a chart explains nothing any more.
_LINES = 80

# In pixels of a chart that fits a phone without being shrunk, and in letters of a line of it.
_APART, _LEAST_WIDTH = 84, 400
_LINE, _ARROW, _GAP = 17, 12, 6
_LETTER = 7.0

_PAGES = templates(Path(__file__).parent)


@dataclass(frozen=True)
class _Row:
    """A moment on the page: its words in lines, from `top` to `bottom`, and its arrow, if it is one."""

    moment: Moment
    lines: list[str]
    top: float
    arrow: tuple[float, float] | None

    @property
    def text_bottom(self) -> float:
        return self.top + _LINE * len(self.lines)

    @property
    def bottom(self) -> float:
        return self.text_bottom + (_ARROW if self.arrow else 0) + _GAP


def draw(moments: Sequence[Moment]) -> str:
    """The chart as SVG; empty if nothing happened."""
    if not moments:
        return ""
    shown = [replace(one, who=visible(one.who), words=visible(one.words)) for one in _shown(moments)]
    columns = _columns(shown)
    width = max(_LEAST_WIDTH, _APART * len(columns))
    places = {name: width * (index + 0.5) / len(columns) for index, name in enumerate(columns)}
    names = {name: textwrap.wrap(name, int(width / len(columns) / _LETTER)) for name in columns}
    head = _LINE * max(map(len, names.values()))
    rows = _rows(shown, places, width, head + 1.5 * _LINE)
    template = _PAGES.get_template("chart.svg.j2")
    height = rows[-1].bottom + _GAP
    return template.render(rows=rows, places=places, names=names, head=head, width=width, height=height, line=_LINE)


def _shown(moments: Sequence[Moment]) -> Sequence[Moment]:
    """All of them, or where there are too many the beginning and the end, which is where a scenario fails."""
    if len(moments) <= _LINES:
        return moments
    half = _LINES // 2
    left_out = moments[half:-half]
    gap = Moment(left_out[0].at, "event", "", f"{len(left_out)} moments are left out here")
    return [*moments[:half], gap, *moments[-half:]]


def _columns(moments: Sequence[Moment]) -> list[str]:
    people = list(dict.fromkeys(moment.who for moment in moments if moment.who))
    named = people if len(people) <= _PEOPLE else [*people[: _PEOPLE - 1], OTHERS]
    return [*named, SYSTEM]


def _rows(moments: Sequence[Moment], places: dict[str, float], width: float, below: float) -> list[_Row]:
    """The moments one under the other, the first at `below`."""
    rows: list[_Row] = []
    letters = int((width - 16) / _LETTER)
    for moment in moments:
        lines = textwrap.wrap(f"{moment.at:.3f} s  {moment.words}", letters, subsequent_indent="    ")
        top = rows[-1].bottom if rows else below
        rows.append(_Row(moment, lines, top, _arrow(moment, places)))
    return rows


def _arrow(moment: Moment, places: dict[str, float]) -> tuple[float, float] | None:
    if not moment.who:
        return None
    ends = (places.get(moment.who, places.get(OTHERS, 0.0)), places[SYSTEM])
    return ends if moment.kind == "call" else ends[::-1]
