"""What a picture shows, free of any drawing library: curves against levels, and bars. `alt` says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name and its points in order of time (aware)."""

    name: str
    points: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A height that matters, drawn across; `hard` ones must not be passed."""

    name: str
    value: float
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over time against levels. Times are shown as they are given, in their own zone; `alt` says it in words."""

    title: str
    alt: str
    unit: str
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a part of one: the bars of one `group` stand on one place, `part` gives the colour."""

    group: str
    part: str
    value: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars in the order given. `stacked` parts add up, the first at the bottom; others stand side by side.

    `alt` says it in words. colours: of the parts in the order of their first bars, as #rrggbb; the painter chooses
    the others.
    """

    title: str
    alt: str
    unit: str
    bars: tuple[Bar, ...]
    stacked: bool = False
    levels: tuple[Level, ...] = ()
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar along time on a row of its own; `part` gives the colour, a `flagged` one is framed."""

    name: str
    part: str
    start: datetime
    end: datetime
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stretches of time, a row each, in the order given, between two times. `alt` says it in words.

    Times are shown as they are given, in their own zone; what reaches beyond `since` and `until` is cut off there.
    colours: of the parts in the order of their first stretches, as #rrggbb.
    """

    title: str
    alt: str
    since: datetime
    until: datetime
    stretches: tuple[Stretch, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of a plan: its name, a short one for its bar, the part that gives its colour, its first and last day.

    late_until: it is expected to last until then. A flagged one is framed.
    """

    name: str
    short: str
    part: str
    first: date
    last: date
    late_until: date | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the end of one row to the start of another, by their places; a flagged one stands out."""

    start: int
    end: int
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows along the quarters of some years, what waits for what, and a line for today. `alt` says it in words.

    since, until: the first day of a quarter and the last one of another. colours: of the parts, as #rrggbb.
    """

    title: str
    alt: str
    since: date
    until: date
    today: date
    rows: tuple[PlanRow, ...]
    arrows: tuple[Arrow, ...]
    colours: Mapping[str, str]


Chart = Curve | Bars | Timeline | Plan
