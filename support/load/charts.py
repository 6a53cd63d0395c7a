"""Pictures of a load, for people: how long answers took over time and by share, and what the processes needed. SVG."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from statistics import quantiles

import pygal
from pygal.style import Style

from support.core.clean_text import visible
from support.load.histogram import Durations
from support.load.measurement import Measurement

#: A moment, in seconds from the beginning, and a value.
Points = Sequence[tuple[float, float]]

#: pygal leaves one in even where nothing is interactive.
_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)

_X = "seconds into the load"
#: Into how many parts a load is cut at most, and how many seconds a part has at least where things are counted.
_SLICES, _LEAST = 40, 0.25
_BAR = {"dasharray": "6, 4", "width": 2}
_COLOURS = (
    "#2563a8", "#1a7f43", "#946200", "#6b3fa0", "#b3261e", "#5b6470", "#0e7c86", "#c2477f", "#1c2024", "#7a9a01",
)  # fmt: skip
_STYLE = Style(
    background="#ffffff", plot_background="#ffffff", foreground="#1c2024", foreground_strong="#1c2024",
    foreground_subtle="#5b6470", guide_stroke_color="#e1e5ea", major_guide_stroke_color="#e1e5ea", colors=_COLOURS,
    font_family="system-ui, sans-serif", title_font_size=15, legend_font_size=12, label_font_size=11,
    major_label_font_size=11, opacity=".9",
)  # fmt: skip


def over_time(measured: Measurement, limit: float | None = None, faults: Mapping[str, float] | None = None) -> str:
    """How long answers took, by the moment they were planned at.

    Args:
        measured: a load.
        limit: the limit it is held to, in seconds.
        faults: what was done to the system, and how many seconds after the beginning.
    """
    lines = _shares(measured, measured.waits, "of the answers came")
    return _drawn("Response time while the load went on", lines, _X, "seconds", limit, faults)


def deliveries_over_time(
    measured: Measurement, limit: float | None = None, faults: Mapping[str, float] | None = None
) -> str:
    """How long deliveries took, by the moment they were planned at; see `over_time`."""
    lines = _shares(measured, measured.journeys, "of the deliveries were there")
    return _drawn("Delivery time while the load went on", lines, _X, "seconds", limit, faults)


def rate(measured: Measurement, planned: float, faults: Mapping[str, float] | None = None) -> str:
    """How many answers came each second, against how many things were planned; if the pace was planned at all."""
    count = max(1, min(_SLICES, int(measured.lasted / _LEAST)))
    width = measured.lasted / count
    came = Counter(int((moment + wait) / width) for moment, wait in measured.waits)
    lines: dict[str, Points] = {"answered": [((at + 0.5) * width, came[at] / width) for at in range(count)]}
    if planned:
        lines["planned"] = [(0.0, planned), (measured.seconds, planned)]
    return _drawn("Answers each second", lines, _X, "answers each second", None, faults)


def by_share(measured: Measurement, limit: float | None = None) -> str:
    """How long each share of the answers, and of the deliveries, took at most."""
    lines = {"answers": _curve(measured.answers), "deliveries": _curve(measured.deliveries)}
    shown = {name: line for name, line in lines.items() if line}
    return _drawn("How long each share took at most", shown, "per cent of all", "seconds", limit, None)


def timeline(title: str, unit: str, lines: Mapping[str, Points], faults: Mapping[str, float] | None = None) -> str:
    """What was sampled while a load went on: memory, processor, the length of a queue."""
    return _drawn(title, lines, _X, unit, None, faults)


def _shares(measured: Measurement, waits: Points, what: str) -> Mapping[str, Points]:
    slices: dict[int, list[float]] = defaultdict(list)
    for moment, wait in waits:
        slices[int(moment / measured.seconds * _SLICES)].append(wait)
    return {
        f"half {what} within": _by_slice(measured, slices, 50),
        f"99 of 100 {what} within": _by_slice(measured, slices, 99),
    }


def _by_slice(measured: Measurement, slices: Mapping[int, list[float]], percent: int) -> Points:
    width = measured.seconds / _SLICES
    return [(index * width, _percentile(slices[index], percent)) for index in sorted(slices)]


def _percentile(waits: list[float], percent: int) -> float:
    return quantiles(waits, n=100, method="inclusive")[percent - 1] if len(waits) > 1 else waits[0]


def _curve(durations: Durations) -> Points:
    percents = [*range(0, 99), *(99 + part / 10 for part in range(11))]
    return [(percent, durations.percentile(percent)) for percent in percents] if durations.count else []


def _drawn(
    title: str, lines: Mapping[str, Points], x: str, y: str, limit: float | None, faults: Mapping[str, float] | None
) -> str:
    title, x, y = map(visible, (title, x, y))
    entries = len(lines) + (limit is not None) + len(faults or {})
    chart = pygal.XY(
        js=[], style=_STYLE, width=720, height=370 + 18 * ceil(entries / 2), explicit_size=True,
        disable_xml_declaration=True, show_dots=False, title=title, x_title=x, y_title=y, legend_at_bottom=True,
        legend_at_bottom_columns=2, truncate_legend=-1, include_x_axis=True, stroke_style={"width": 2},
        margin_bottom=30,  # else the last line of the legend is cut off
    )  # fmt: skip
    highest = max((value for line in lines.values() for _, value in line), default=0.0)
    last = max((moment for line in lines.values() for moment, _ in line), default=0.0)
    chart.y_labels = _ticks(max(highest, limit or 0.0))
    for name, line in lines.items():
        chart.add(visible(name), list(line))
    if limit is not None:
        chart.add(f"the limit: {limit:g} {y}", [(0, limit), (last, limit)], stroke_style=_BAR)
    for what, moment in (faults or {}).items():
        chart.add(visible(what), [(moment, 0), (moment, max(highest, limit or 0.0))], stroke_style=_BAR)
    return _SCRIPT.sub("", str(chart.render(is_unicode=True)))


def _ticks(highest: float) -> list[float]:
    """Round figures from zero up to at least the highest one, about five of them."""
    if highest <= 0:
        return [0.0, 1.0]
    magnitude = 10 ** floor(log10(highest / 5))
    step = next(magnitude * round_one for round_one in (1, 2, 5, 10) if magnitude * round_one >= highest / 5)
    return [round(step * number, 9) for number in range(ceil(highest / step) + 1)]
