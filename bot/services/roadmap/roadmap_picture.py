"""The road map as a picture: a bar an item along the quarters, arrows from what is needed, today, what else happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.attachments import Picture
from bot.charts import Arrow, Plan, PlanRow
from bot.domain.horizon import far_end, months_on
from bot.domain.quarters import Quarter
from bot.domain.roadmap import STATUS_WORDS, Item, ItemStatus
from bot.domain.roadmap_schedule import critical_path
from bot.services.intake.intake import shorten
from bot.services.roadmap.roadmap_card import Shown, dates_words, days_words
from bot.services.roadmap.surroundings import Event

ROWS_MOST, EVENTS_MOST, ALT_MOST, NAME_MOST = 28, 6, 12, 28
AROUND = "around it"
LATE = "expected later"
COLOURS = {
    STATUS_WORDS[ItemStatus.PROPOSED]: "#b8c4d6",
    STATUS_WORDS[ItemStatus.PLANNED]: "#3566b8",
    STATUS_WORDS[ItemStatus.IN_PROGRESS]: "#5a9e6f",
    STATUS_WORDS[ItemStatus.LAUNCH]: "#c9a227",
    STATUS_WORDS[ItemStatus.DONE]: "#8a8a8a",
    LATE: "#e3a19c",
    AROUND: "#8a6bb1",
}


def roadmap_picture(shown: Shown) -> Picture | None:
    """The items that matter most, 28 at most: the critical path and what is late, then the nearest. None without any.

    Bars stand where items are planned; what is expected later reaches on in a paler colour. Framed: the critical path.
    """
    chosen = _chosen(shown)
    if not chosen:
        return None
    since, until = _edges(chosen, shown)
    path = set(critical_path(shown.expected))
    place = {one.key: at for at, one in enumerate(chosen)}
    rows = [_row(one, shown, flagged=one.key in path) for one in chosen]
    rows += [
        PlanRow(shorten(one.name, NAME_MOST), one.kind, AROUND, one.first, one.last) for one in _events(shown, until)
    ]
    arrows = tuple(
        Arrow(place[need], place[one.key], one.key in path and need in path)
        for one in chosen
        for need in one.needs
        if need in place
    )
    parts = dict.fromkeys(row.part for row in rows)
    parts |= {LATE: None} if any(row.late_until for row in rows) else {}
    colours = {part: COLOURS[part] for part in COLOURS if part in parts}
    title = f"Road map, {Quarter.of(since).title} – {Quarter.of(until).title}"
    return Picture(
        Plan(title, _alt(title, chosen, shown), since, until, shown.view.today, tuple(rows), arrows, colours)
    )


def _chosen(shown: Shown) -> list[Item]:
    """In order of time; of more than fit, those on the critical path and late first, then by start."""
    items = [one for one in shown.items if one.status is not ItemStatus.DROPPED]
    if len(items) > ROWS_MOST:
        path = set(critical_path(shown.expected))
        weight = {one.key: (one.key not in path, not shown.expected[one.key].slip, not one.is_open) for one in items}
        items = sorted(items, key=lambda one: (weight[one.key], one.start, one.key))[:ROWS_MOST]
    return sorted(items, key=lambda one: (one.start, one.end, one.key))


def _edges(chosen: Sequence[Item], shown: Shown) -> tuple[date, date]:
    """Whole quarters around everything shown, from this one at the latest, to the end of the horizon at most."""
    today = shown.view.today
    first = max(min(today, *(one.start for one in chosen)), months_on(today, -6))
    last = max(today, *(shown.expected[one.key].end for one in chosen))
    return Quarter.of(first).first_day, Quarter.of(min(last, far_end(today))).last_day


def _row(one: Item, shown: Shown, *, flagged: bool) -> PlanRow:
    now = shown.expected[one.key]
    late = now.end if now.slip else None
    return PlanRow(
        f"{one.key} {shorten(one.need, NAME_MOST)}",
        one.key,
        STATUS_WORDS[one.status],
        one.start,
        one.end,
        late,
        flagged,
    )


def _events(shown: Shown, until: date) -> Sequence[Event]:
    return [one for one in shown.events if one.first <= until][:EVENTS_MOST]


def _alt(title: str, chosen: Sequence[Item], shown: Shown) -> str:
    told = [_said(one, shown) for one in chosen[:ALT_MOST]]
    more = len(shown.items) - len(told)
    path = critical_path(shown.expected)
    rest = f"; and {more} more, all in /itcheck roadmap" if more > 0 else ""
    critical = f" Critical path: {' → '.join(path)}." if len(path) > 1 else ""
    return f"{title}: {'; '.join(told)}{rest}.{critical}"


def _said(one: Item, shown: Shown) -> str:
    slip = shown.expected[one.key].slip
    late = f", {days_words(slip)} late" if slip else ""
    needs = f", needs {', '.join(one.needs)}" if one.needs else ""
    when, status = dates_words(one.start, one.end), STATUS_WORDS[one.status]
    return f"{one.key} {shorten(one.need, NAME_MOST)}, {when}, {status}{late}{needs}"
