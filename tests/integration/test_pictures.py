"""Pictures as they are drawn: a PNG that can be opened, names that stay names."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.charts import Arrow, Bar, Bars, Chart, Curve, Level, Plan, PlanRow, Series, Stretch, Timeline
from bot.domain.load import forecast
from bot.files import load_case
from bot.pictures.painter import AltairPainter
from bot.services.campaigns.load_curve import load_curve

CASE = Path(__file__).parents[1] / "cases" / "load-overlap.yaml"
HOSTILE = "<script>alert('x')</script> datum.value & \"quotes\" 🚀" + "long" * 50
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 1, 1)
CURVE = Curve(
    HOSTILE,
    HOSTILE,
    HOSTILE,
    (Series(HOSTILE, ((NINE, 1.0), (NINE + timedelta(hours=1), 2.0))),),
    (Level(HOSTILE, 1.5),),
)
BARS = Bars(
    HOSTILE, HOSTILE, "EUR", (Bar("quote", HOSTILE, 10), Bar("real", HOSTILE, 25), Bar("real", "work", 5)), True
)
STRETCH = Stretch(HOSTILE, "Freeze", NINE, NINE + timedelta(days=9), flagged=True)
TIMELINE = Timeline(HOSTILE, HOSTILE, NINE, NINE + timedelta(days=5), (STRETCH,) * 300, ("#123456",))
ROWS = (
    PlanRow(HOSTILE, "RM-1", HOSTILE, DAY, DAY + timedelta(days=300), DAY + timedelta(days=900), flagged=True),
) * 300
PLAN = Plan(
    HOSTILE, HOSTILE, DAY, date(2026, 12, 31), DAY, ROWS, (Arrow(0, 1), Arrow(5, 2, flagged=True), Arrow(2, 299)),
    {HOSTILE: "#123456"},
)  # fmt: skip
NOTHING = Bars("Nothing yet", "There is nothing to show yet", "EUR", ())


@pytest.mark.parametrize(
    "chart", [CURVE, BARS, TIMELINE, PLAN, NOTHING], ids=["curve", "bars", "timeline", "plan", "nothing"]
)
def test_a_chart_with_hostile_names_is_a_picture(chart: Chart) -> None:
    drawn = AltairPainter().png(chart)
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) > 2000
    assert "<script" not in AltairPainter().svg(chart)


def test_the_load_curve_says_its_peak_in_words_and_shows_each_campaign() -> None:
    case = load_case.read(CASE.read_text())
    found = forecast(case.waves, case.site)
    parts = {wave.campaign: forecast([wave], case.site) for wave in case.waves}
    chart = load_curve(case.site, found, parts)
    assert [series.name for series in chart.series] == ["All together", "launch mailing", "launch spot"]
    assert "the peak is 232 requests a second at 27 Nov 20:16; the site takes 200" in chart.alt
    assert max(height for _, height in chart.series[0].points) == pytest.approx(found.peak_requests_per_s)
    assert "capacity 200" in AltairPainter().svg(chart)


@pytest.mark.parametrize(("value", "ticks"), [(1.0, ["0", "1"]), (3.0, ["0", "1", "2", "3"])])
def test_few_whole_things_are_counted_in_whole_steps(value: float, ticks: list[str]) -> None:
    drawn = AltairPainter().svg(Bars("Title", "alt", "promises", (Bar("week", "in time", value),), stacked=True))
    assert list(re.findall(r">([\d.]+)</text>", drawn)) == ticks


def test_parts_have_the_colours_they_were_given() -> None:
    bars = (Bar("week", "one", 1.0), Bar("week", "two", 2.0))
    drawn = AltairPainter().svg(Bars("Title", "alt", "promises", bars, stacked=True, colours=("#123456",)))
    assert "#123456" in drawn
