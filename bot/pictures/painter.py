"""Draws charts: Altair describes them, vl-convert turns them into PNG or SVG without a browser."""

from __future__ import annotations

from typing import Any

from bot.charts import Bars, Chart, Curve, Level, Plan, Timeline
from bot.domain.errors import Permanent
from bot.pictures import plan
from bot.pictures.timeline import rows

# A thread shows a picture about 360 points wide, names and axis included: what is drawn is little wider than that.
WIDTH, BESIDE_NAMES, HEIGHT, SCALE = 420, 340, 260, 3.0
COLOURS = ("#3566b8", "#e58a3c", "#5a9e6f", "#8a6bb1", "#c9a227", "#5b8fa8", "#a0646c", "#7d7d7d")
LETTERS, TITLE = 15, 18
HARD, SOFT = "#b3261e", "#a06a00"
_FONT = "DejaVu Sans, Noto Sans, Arial, sans-serif"
STEPS = 8
_LONGEST = 60  # characters of a name


class AltairPainter:
    """Draws on a white page, twice as dense as shown, legible on a phone."""

    def png(self, chart: Chart) -> bytes:
        """The chart as a PNG. Raises Permanent if it cannot be drawn."""
        import vl_convert  # noqa: PLC0415 - heavy: only who draws pays for it

        try:
            return bytes(vl_convert.vegalite_to_png(specification(chart), scale=SCALE))
        except ValueError as error:
            raise Permanent(
                "The picture can't be drawn.", "picture", "This is a fault of ours: please report it."
            ) from error

    def svg(self, chart: Chart) -> str:
        """The chart as an SVG."""
        import vl_convert  # noqa: PLC0415 - heavy: only who draws pays for it

        return str(vl_convert.vegalite_to_svg(specification(chart)))


def specification(chart: Chart) -> dict[str, Any]:
    """The chart in Vega-Lite's words; names and titles are data there, never code."""
    import altair  # noqa: PLC0415 - heavy: only who draws pays for it

    layers, height = _layers(chart, altair)
    width = BESIDE_NAMES if isinstance(chart, Plan | Timeline) else WIDTH
    drawn = (
        altair.layer(*layers)
        .properties(width=width, height=height, title=chart.title[:_LONGEST], description=chart.alt, background="white")
        .configure(font=_FONT, padding=10)
        .configure_axis(labelFontSize=LETTERS, titleFontSize=LETTERS, gridColor="#ececec", domainColor="#999999")
        .configure_title(fontSize=TITLE, anchor="start", offset=12)
        .configure_legend(labelFontSize=LETTERS, title=None, orient="bottom", labelLimit=320)
        .configure_view(stroke=None)
    )
    return dict(drawn.to_dict(validate=False))  # what is checked there is ours, and checking takes as long as drawing


def _layers(chart: Chart, altair: Any) -> tuple[list[Any], int]:
    """The layers of a chart and its height in pixels."""
    if isinstance(chart, Plan):
        return plan.rows(chart, altair)
    return rows(chart, altair) if isinstance(chart, Timeline) else (_against_levels(chart, altair), HEIGHT)


def _against_levels(chart: Curve | Bars, altair: Any) -> list[Any]:
    drawn = _lines(chart, altair) if isinstance(chart, Curve) else _bars(chart, altair)
    return [drawn, *_levels(chart.levels, altair)]


def _lines(chart: Curve, altair: Any) -> Any:
    values = [
        {
            "at": at.replace(tzinfo=None).isoformat(),
            "value": value,
            "name": series.name[:_LONGEST],
        }
        for series in chart.series
        for at, value in series.points
    ]
    names = [series.name[:_LONGEST] for series in chart.series]
    return (
        altair.Chart(altair.Data(values=values))
        .mark_area(line={"strokeWidth": 2}, fillOpacity=0.18, interpolate="monotone")
        .encode(
            x=altair.X("at:T", title=None, axis=altair.Axis(format="%d %b %H:%M", labelAngle=0, tickCount=4)),
            y=altair.Y("value:Q", title=chart.unit, stack=None),
            color=altair.Color("name:N", scale=_scale(names, altair), legend=_legend(names, altair)),
        )
    )


def _bars(chart: Bars, altair: Any) -> Any:
    parts = list(dict.fromkeys(bar.part[:_LONGEST] for bar in chart.bars))
    values = [
        {"group": bar.group[:_LONGEST], "part": part, "value": bar.value, "order": parts.index(part)}
        for bar in chart.bars
        for part in (bar.part[:_LONGEST],)
    ]
    stack = "zero" if chart.stacked else None
    across = {"order": "order:Q"} if chart.stacked else {"xOffset": altair.XOffset("part:N", sort=None)}
    return (
        altair.Chart(altair.Data(values=values))
        .mark_bar()
        .encode(
            x=altair.X("group:N", title=None, sort=None, axis=altair.Axis(labelAngle=0, labelLimit=140)),
            y=altair.Y("value:Q", title=chart.unit, stack=stack, axis=_counting(chart, altair)),
            color=altair.Color("part:N", scale=_scale(parts, altair, chart.colours), legend=_legend(parts, altair)),
            **across,
        )
    )


def _counting(chart: Bars, altair: Any) -> Any:
    """Few whole things are counted in whole steps."""
    gather = sum if chart.stacked else max
    groups = {bar.group for bar in chart.bars}
    highest = max((gather(bar.value for bar in chart.bars if bar.group == group) for group in groups), default=0.0)
    few = 0 < highest <= STEPS and all(float(bar.value).is_integer() for bar in chart.bars)
    return altair.Axis(tickCount=int(highest), format="d") if few else altair.Undefined


def _levels(levels: tuple[Level, ...], altair: Any) -> list[Any]:
    drawn = []
    for level in levels:
        colour = HARD if level.hard else SOFT
        data = altair.Chart(altair.Data(values=[{"value": level.value, "name": level.name[:_LONGEST]}]))
        rule = data.mark_rule(strokeWidth=2, strokeDash=[1, 0] if level.hard else [6, 4], color=colour)
        words = data.mark_text(align="left", baseline="bottom", dx=4, dy=-3, fontSize=LETTERS, color=colour)
        drawn.append(rule.encode(y="value:Q"))
        drawn.append(words.encode(y="value:Q", x=altair.value(0), text="name:N"))
    return drawn


def _scale(names: list[str], altair: Any, wanted: tuple[str, ...] = ()) -> Any:
    colours = [*wanted, *(COLOURS[at % len(COLOURS)] for at in range(len(wanted), len(names)))]
    return altair.Scale(domain=names, range=colours[: len(names)])


def _legend(names: list[str], altair: Any) -> Any:
    return altair.Legend(columns=2) if len(names) > 1 else None
