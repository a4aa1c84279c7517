"""`load`: whether a site takes campaigns, from a case in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.domain.load import Forecast
    from bot.files.load_case import LoadCase

SHOWN = 5
OVER_COLUMNS = (
    "line", "line_requests_per_s", "begins", "ends", "seconds", "peak_at", "peak_requests_per_s",
    "above_requests_per_s", "above_percent",
)  # fmt: skip
VERDICTS = {"go": "Go", "go_with_conditions": "Go, with conditions", "no_go": "No go"}


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def load(
        file: Annotated[Path, typer.Option(help="The case, as YAML (an example: docs/cases/load.yaml).")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
        picture: Annotated[Path | None, typer.Option(help="Draw the curve into this PNG file.")] = None,
        csv: Annotated[Path | None, typer.Option(help="Write each overload into this CSV file.")] = None,
    ) -> None:
        """Forecast the load of campaigns on a site: peak, when, verdict, and the sending window that would fit."""
        from bot.cli.files import text_of, write_bytes
        from bot.domain.load import forecast, smallest_window
        from bot.files import load_case
        from bot.files.sheets import write_csv

        case = load_case.read(text_of(file))
        found = forecast(case.waves, case.site)
        window = smallest_window(case.waves[0], case.site) if len(case.waves) == 1 else None
        if picture is not None:
            _draw(case, found, picture)
        if csv is not None:
            write_bytes(csv, write_csv(OVER_COLUMNS, [_cells(one) for one in over(case, found)]))
        print(json.dumps(as_object(case, found, window)) if as_json else words(case, found, window))


def as_object(case: LoadCase, found: Forecast, window: timedelta | None) -> dict[str, object]:
    """The figures; `smallest_window_s` is null for several waves, or where no window up to a day fits."""
    return {
        "peak_arrivals_per_s": round(found.peak_arrivals_per_s, 3),
        "peak_sessions": round(found.peak_sessions, 1),
        "peak_requests_per_s": round(found.peak_requests_per_s, 2),
        "peak_at": found.peak_at.isoformat(timespec="minutes"),
        "overload_s": round(found.overload_s),
        "strained_s": round(found.strained_s),
        "turned_away": round(found.turned_away, 1),
        "lost_orders": round(found.lost_orders(case.conversion), 2),
        "verdict": found.verdict.value,
        "smallest_window_s": round(window.total_seconds()) if window else None,
        "over": over(case, found),
    }


def over(case: LoadCase, found: Forecast) -> list[dict[str, object]]:
    """Each time without a break above the capacity, then those above the headroom: when, how long, by how much."""
    from bot.domain.load.stretches import stretches_above

    site = case.site
    lines = {"capacity": site.capacity_requests_per_s, "headroom": site.limit_requests_per_s}
    return [
        {
            "line": name,
            "line_requests_per_s": round(height, 2),
            "begins": one.begins.isoformat(timespec="seconds"),
            "ends": one.ends.isoformat(timespec="seconds"),
            "seconds": round(one.seconds),
            "peak_at": one.peak_at.isoformat(timespec="seconds"),
            "peak_requests_per_s": round(one.peak_requests_per_s, 2),
            "above_requests_per_s": round(one.above, 2),
            "above_percent": round(100 * one.share, 1),
        }
        for name, height in lines.items()
        for one in stretches_above(found, height)
    ]


def words(case: LoadCase, found: Forecast, window: timedelta | None) -> str:
    """The figures for people."""
    site = case.site
    lines = [
        f"{VERDICTS[found.verdict]}: at its peak ({found.peak_at:%a %d %b %H:%M}) {site.name} is asked for"
        f" {found.peak_requests_per_s:.0f} requests a second; it takes {site.capacity_requests_per_s:.0f},"
        f" of which {site.limit_requests_per_s:.0f} should be used.",
        f"Visitors at once: {found.peak_sessions:,.0f}; arrivals: {found.peak_arrivals_per_s:.2f} a second.",
    ]
    if found.overload_s:
        lost = found.lost_orders(case.conversion)
        lines.append(
            f"Over capacity for {_minutes(found.overload_s)}: {found.turned_away:,.0f} visitors turned away,"
            f" about {lost:,.1f} orders lost."
        )
        lines += _stretches(case, found)
    elif found.strained_s:
        lines.append(f"In the headroom for {_minutes(found.strained_s)}.")
    if len(case.waves) == 1:
        fits = f"over {_minutes(window.total_seconds())} or more" if window else "not even over a whole day"
        lines.append(f"It fits if it is sent {fits}.")
    return "\n".join(lines)


def _cells(one: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in one.items()}


def _stretches(case: LoadCase, found: Forecast) -> list[str]:
    """When it is too much, the first few."""
    from bot.domain.load.stretches import stretches_above

    every = stretches_above(found, case.site.capacity_requests_per_s)
    shown = [
        f"  {one.begins:%a %d %b %H:%M} for {_minutes(one.seconds)}, up to {one.above:.0f} requests a second"
        f" ({100 * one.share:.0f} %) too many."
        for one in every[:SHOWN]
    ]
    return [*shown, f"  … and {len(every) - SHOWN} more: --csv lists all."] if len(every) > SHOWN else shown


def _draw(case: LoadCase, found: Forecast, picture: Path) -> None:
    from bot.cli.files import write_bytes
    from bot.domain.load import forecast
    from bot.pictures.painter import AltairPainter
    from bot.services.campaigns.load_curve import load_curve

    alone = {wave.campaign: [one for one in case.waves if one.campaign == wave.campaign] for wave in case.waves}
    parts = {name: forecast(waves, case.site) for name, waves in alone.items()} if len(alone) > 1 else {}
    write_bytes(picture, AltairPainter().png(load_curve(case.site, found, parts)))


def _minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
