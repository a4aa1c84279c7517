"""A plan in Altair's words: a bar a row along the quarters, arrows between them, a line for today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.charts import Plan
from bot.pictures.names import cut

ROW, LEAST, MOST_ROWS = 26, 4, 60
NAME_MOST = 26
FRAME, QUIET, NOW = "#222222", "#9a9a9a", "#b3261e"
DAY = timedelta(days=1)


def rows(chart: Plan, altair: Any) -> tuple[list[Any], int]:
    """The layers and the height in pixels. Names are numbered in secret, so that two of one name are two rows.

    Names are cut here: a limit in pixels makes Vega measure each of them many times, which takes seconds.
    """
    shown = chart.rows[:MOST_ROWS]
    names = [f"{number:03d} {cut(one.name, NAME_MOST)}" for number, one in enumerate(shown)]
    row = _rows_of(names, altair)
    time = altair.X(
        "start:T",
        title=None,
        scale=altair.Scale(domain=[_at(chart.since), _at(chart.until + DAY)]),
        axis=_axis(chart, altair),
    )
    colour = altair.Color(
        "part:N",
        scale=altair.Scale(domain=list(chart.colours), range=list(chart.colours.values())),
        legend=altair.Legend(columns=2) if chart.colours else None,
    )
    bars = altair.Chart(altair.Data(values=_bars(chart, names))).mark_bar(
        cornerRadius=2, height=ROW - 11, minBandSize=3
    )
    layers = [bars.encode(x=time, x2="end:T", y=row, color=colour)]
    flagged = [value for value, one in zip(_bars(chart, names, later=False), shown, strict=False) if one.flagged]
    if flagged:
        frame = altair.Chart(altair.Data(values=flagged)).mark_bar(
            cornerRadius=2, height=ROW - 11, fillOpacity=0, stroke=FRAME, strokeWidth=2
        )
        layers.append(frame.encode(x=time, x2="end:T", y=row))
    layers += [*_arrows(chart, names, time, row, altair), *_today(chart, time, altair)]
    return layers, ROW * max(len(shown), LEAST)


def _bars(chart: Plan, names: list[str], *, later: bool = True) -> list[dict[str, str]]:
    """Each row's bar, cut off at the edges; then what reaches on."""
    found = [_bar(name, one.part, one.first, one.last, chart) for name, one in zip(names, chart.rows, strict=False)]
    late = (
        _bar(name, "expected later", one.last + DAY, one.late_until, chart)
        for name, one in zip(names, chart.rows, strict=False)
        if one.late_until and one.late_until > one.last
    )
    return [*found, *late] if later else found


def _bar(name: str, part: str, first: date, last: date, chart: Plan) -> dict[str, str]:
    begin = min(max(first, chart.since), chart.until)
    return {"row": name, "part": part, "start": _at(begin), "end": _at(min(max(last, begin), chart.until) + DAY)}


def _arrows(chart: Plan, names: list[str], time: Any, row: Any, altair: Any) -> list[Any]:
    """A line from the end of what is needed to the start of what needs it, with a point where it arrives."""
    ends: list[dict[str, Any]] = []
    for number, arrow in enumerate(chart.arrows):
        if max(arrow.start, arrow.end) >= len(names):
            continue
        one, other = chart.rows[arrow.start], chart.rows[arrow.end]
        for at, (day, place) in enumerate(((one.last + DAY, arrow.start), (other.first, arrow.end))):
            inside = min(max(day, chart.since), chart.until + DAY)
            ends.append(
                {"arrow": number, "at": at, "start": _at(inside), "row": names[place], "flagged": arrow.flagged}
            )
    if not ends:
        return []
    colour = altair.condition("datum.flagged", altair.value(FRAME), altair.value(QUIET))
    base = altair.Chart(altair.Data(values=ends))
    line = base.mark_line(strokeWidth=1.3, interpolate="step-after")
    points = altair.Chart(altair.Data(values=[one for one in ends if one["at"]])).mark_point(
        shape="triangle-right", filled=True, size=45, opacity=1
    )
    stroke = altair.Stroke("flagged:N", scale=altair.Scale(domain=[False, True], range=[QUIET, FRAME]), legend=None)
    return [
        line.encode(x=time, y=row, detail="arrow:N", order="at:Q", stroke=stroke),
        points.encode(x=time, y=row, color=colour),
    ]


def _today(chart: Plan, time: Any, altair: Any) -> list[Any]:
    data = altair.Chart(altair.Data(values=[{"start": _at(chart.today), "word": "today"}]))
    words = data.mark_text(align="left", baseline="bottom", dx=4, fontSize=14, color=NOW)
    rule = data.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=NOW)
    return [rule.encode(x=time), words.encode(x=time, y=altair.value("height"), text="word:N")]


def _rows_of(names: list[str], altair: Any) -> Any:
    label = altair.Axis(labelExpr="slice(datum.label, 4)", labelLimit=0, title=None, ticks=False, grid=True)
    return altair.Y("row:N", sort=names, scale=altair.Scale(domain=names), axis=label)


def _axis(chart: Plan, altair: Any) -> Any:
    """A label where each quarter begins."""
    months = (chart.until.year - chart.since.year) * 12 + chart.until.month - chart.since.month
    begins = [
        date(chart.since.year + (chart.since.month - 1 + at) // 12, (chart.since.month - 1 + at) % 12 + 1, 1)
        for at in range(0, months + 1, 3)
    ]
    words = "'Q' + quarter(datum.value) + ' ' + year(datum.value)"
    return altair.Axis(
        values=[_at(one) for one in begins], labelExpr=words, labelAngle=0, orient="top", labelAlign="left"
    )


def _at(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
