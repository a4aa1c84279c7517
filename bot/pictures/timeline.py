"""A timeline in Altair's words: a row for each stretch, its colour by its part, a frame around what is flagged."""

from __future__ import annotations

from typing import Any

from bot.charts import Timeline
from bot.pictures.names import cut

ROW, LEAST, MOST_ROWS = 26, 4, 40
NAME_MOST = 26
FLAG = "#b3261e"


def rows(chart: Timeline, altair: Any) -> tuple[list[Any], int]:
    """The layers and the height in pixels. Names are numbered in secret, so that two of one name are two rows.

    Names are cut here: a limit in pixels makes Vega measure each of them many times, which takes seconds.
    """
    shown = chart.stretches[:MOST_ROWS]
    begin, end = (_wall(at) for at in (chart.since, chart.until))
    values = [
        {
            "row": f"{number:03d} {cut(one.name, NAME_MOST)}",
            "part": one.part,
            "start": max(_wall(one.start), begin),
            "end": min(_wall(one.end), end),
        }
        for number, one in enumerate(shown)
    ]
    parts = list(dict.fromkeys(one.part for one in shown))
    flagged = [value for value, one in zip(values, shown, strict=True) if one.flagged]
    time = altair.X("start:T", title=None, scale=altair.Scale(domain=[begin, end]), axis=_axis(altair))
    label = altair.Axis(labelExpr="slice(datum.label, 4)", labelLimit=0, title=None, ticks=False, grid=True)
    row = altair.Y("row:N", sort=[value["row"] for value in values], axis=label)
    colour = altair.Color(
        "part:N",
        scale=altair.Scale(domain=parts, range=list(chart.colours[: len(parts)])),
        legend=altair.Legend(columns=3) if parts else None,
    )
    bars = altair.Chart(altair.Data(values=values)).mark_bar(cornerRadius=3, height=ROW - 9, minBandSize=3)
    layers = [bars.encode(x=time, x2="end:T", y=row, color=colour)]
    if flagged:
        frame = altair.Chart(altair.Data(values=flagged)).mark_bar(
            cornerRadius=3, height=ROW - 9, fillOpacity=0, stroke=FLAG, strokeWidth=2.5
        )
        layers.append(frame.encode(x=time, x2="end:T", y=row))
    return layers, ROW * max(len(shown), LEAST)


def _axis(altair: Any) -> Any:
    return altair.Axis(format="%d %b", labelAngle=0, tickCount="week", orient="top")


def _wall(at: Any) -> str:
    return str(at.replace(tzinfo=None).isoformat())
