"""The campaign calendar from and to sheets and calendar files: all of it or nothing, every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import Invalid
from bot.domain.planned import Planned, PlannedKind
from bot.ports import UnitOfWork
from bot.services.calendar.planned_fields import COLUMNS, read_planned, values_of

EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
HORIZON = timedelta(days=400)  # recurring events are expanded up to here
FAULTS_TOLD = 20

Lines = Sequence[tuple[int, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many entries a file added, changed, left as they were; of a calendar file, how many were taken out (their
    series is without them now), and how many were over already. `campaigns`: those it added.
    """

    added: int
    changed: int
    same: int
    removed: int = 0
    past: int = 0
    campaigns: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """What a calendar file holds: the events to come, the series it speaks of, and how many events are over."""

    planned: tuple[Planned, ...]
    series: frozenset[str] = frozenset()
    past: int = 0


def import_lines(uow: UnitOfWork, workspace: str, lines: Lines, zone: ZoneInfo, now: datetime) -> Imported:
    """Take a sheet over: its lines with their numbers, by column. An `id` of an entry that is known changes that one.

    Raises Invalid with every fault and its line, and changes nothing then.
    """
    known = _known(uow, workspace)
    faults = _wrong_columns(lines)
    found: dict[str, tuple[int, Planned]] = {}
    for number, cells in () if faults else lines:
        row = {_column(name): value for name, value in cells.items()}
        row["id"] = row.get("id", "") if row.get("id", "") in known else ""
        before = known.get(row["id"])
        one, wrong = read_planned((values_of(before, zone) if before else {}) | row, zone)
        one = replace(one, series=before.series) if one and before else one
        wrong |= _over(one, known, now)
        faults += [f"line {number}, {column}: {words}" for column, words in wrong.items()]
        if one is not None and one.key in found:
            faults.append(f"line {number}, name: the same entry as in line {found[one.key][0]}.")
        elif one is not None:
            found[one.key] = (number, one)
    refuse(faults)
    return _keep(uow, workspace, known, [one for _, one in found.values()])


def import_events(uow: UnitOfWork, workspace: str, events: Events, now: datetime) -> Imported:
    """Take the events of a calendar file over; what else is still to come of their series is taken out."""
    known = _known(uow, workspace)
    fresh = [replace(one, series=one.series or _series(known, one.key)) for one in events.planned]
    mine = {key for key, one in known.items() if one.series in events.series and one.end > now}
    gone = mine - {one.key for one in fresh}
    uow.plans.remove(workspace, *gone)
    return replace(_keep(uow, workspace, known, fresh), removed=len(gone), past=events.past)


def export_lines(uow: UnitOfWork, workspace: str, zone: ZoneInfo) -> list[dict[str, str]]:
    """The rows of the whole calendar beside the tickets, by start."""
    return [values_of(one, zone) for one in uow.plans.between(workspace, *EVER)]


def refuse(faults: Sequence[str]) -> None:
    """Raise Invalid with the faults, if there are any."""
    if faults:
        more = len(faults) - FAULTS_TOLD
        told = [*faults[:FAULTS_TOLD], *([f"and {more} more"] if more > 0 else [])]
        raise Invalid("\n".join(["Nothing was imported.", *told]))


def over_words(end: datetime) -> str:
    """What is said of something that has ended."""
    return f"This was over on {end:%Y-%m-%d}. Please check its year."


def _keep(uow: UnitOfWork, workspace: str, known: Mapping[str, Planned], found: Iterable[Planned]) -> Imported:
    fresh = {one.key: one for one in found}
    changed = [one for one in fresh.values() if known.get(one.key) != one]
    uow.plans.save(workspace, *changed)
    added = [one for key, one in fresh.items() if key not in known]
    campaigns = tuple(one for one in added if one.kind is PlannedKind.CAMPAIGN)
    return Imported(len(added), len(changed) - len(added), len(fresh) - len(changed), campaigns=campaigns)


def _series(known: Mapping[str, Planned], key: str) -> str:
    return known[key].series if key in known else ""


def _known(uow: UnitOfWork, workspace: str) -> dict[str, Planned]:
    return {one.key: one for one in uow.plans.between(workspace, *EVER)}


def _over(one: Planned | None, known: Mapping[str, Planned], now: datetime) -> dict[str, str]:
    """What is past may stay as it is, so that an exported sheet can come back."""
    if one is None or one.end > now or known.get(one.key) == one:
        return {}
    return {"end": over_words(one.end)}


def _wrong_columns(lines: Lines) -> list[str]:
    if not lines:
        return ["The sheet has no lines."]
    columns = {_column(name) for name in lines[0][1]}
    faults = [f"line 1: there is no column “{name[:40]}”." for name in sorted(columns - set(COLUMNS))]
    needed = [f"line 1: there must be a column “{name}”." for name in ("kind", "name", "start") if name not in columns]
    return faults or needed


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_")
