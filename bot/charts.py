"""What a picture shows, free of any drawing library: curves against levels, and bars. `alt` says it in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo


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
    """Lines over time against levels. Its times are read in `zone`; `alt` says it in words."""

    title: str
    alt: str
    unit: str
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a part of one: the bars of one `group` stand on one place, `part` gives the colour."""

    group: str
    part: str
    value: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars in the order given. `stacked` parts add up, others stand side by side. `alt` says it in words."""

    title: str
    alt: str
    unit: str
    bars: tuple[Bar, ...]
    stacked: bool = False
    levels: tuple[Level, ...] = field(default=())


Chart = Curve | Bars
