"""How the road map looks in chat: a line an item by quarter, one item with all it says, what a quarter costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.horizon import far_end, within
from bot.domain.people import Side
from bot.domain.quarters import Quarter
from bot.domain.roadmap import STATUS_WORDS, Item, ItemStatus, RoadMap
from bot.domain.roadmap_budget import cost_by_quarter
from bot.domain.roadmap_diff import SIDES, Change
from bot.domain.roadmap_schedule import Dragged, Expected, Schedule, critical_path, drags, schedule
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Code, Fact, Line, Section, Strong, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.calendar.calendar_card import person_text
from bot.services.intake.intake import shorten
from bot.services.long_lists import first_lines
from bot.services.roadmap.changes import change_lines
from bot.services.roadmap.costs import cost_words, money
from bot.services.roadmap.roadmap import View
from bot.services.roadmap.surroundings import Event
from bot.services.tickets.cards import ticket_link

PAGE, NAME_MOST, CHANGES_MOST, EVENTS_MOST, COSTS_MOST = 12, 70, 20, 8, 8
OPEN, TURN, ADD, EDIT, MORE, DIFF, SUBMIT = (
    "roadmap_open", "roadmap_page", "roadmap_add", "roadmap_edit", "roadmap_more", "roadmap_diff", "roadmap_submit",
)  # fmt: skip
SIGNS = {
    ItemStatus.PROPOSED: "💡",
    ItemStatus.PLANNED: "📌",
    ItemStatus.IN_PROGRESS: "🚧",
    ItemStatus.LAUNCH: "🚀",
    ItemStatus.DONE: "✅",
    ItemStatus.DROPPED: "✖️",
}
EMPTY = "Nothing is on the road map yet. What does marketing need next? Add it with the button, or import a file."
BEFORE = "Still open from before"


@dataclass(frozen=True, slots=True)
class Shown:
    """A view with what is to be expected of it, and what differs from what was signed."""

    view: View
    expected: Schedule
    changes: tuple[Change, ...]
    events: tuple[Event, ...] = ()

    @property
    def items(self) -> Sequence[Item]:
        """The items of the next 24 months, in order of time; what is settled, last."""
        found = within(self.view.road_map.items, self.view.today, far_end(self.view.today))
        return sorted(found, key=lambda one: (not one.is_open, one.start, one.rank or 9999, one.key))


def roadmap_card(shown: Shown, page: int) -> Card:
    """A page of items by the quarter they begin in; on the first one money and what else happens."""
    items = shown.items[page * PAGE : (page + 1) * PAGE]
    quarters: dict[str, list[Line]] = {}
    path = critical_path(shown.expected)
    for one in items:
        quarters.setdefault(_heading(one, shown.view.today), []).append(_line(one, shown, path))
    extras = (*_money(shown), *_events(shown)) if not page else ()
    return Card(
        title="🧭 Road map",
        text=(_summary(shown),),
        sections=(*(Section(name, tuple(lines)) for name, lines in quarters.items()), *extras),
        buttons=_buttons(shown, page),
        note=say("✎ changed since it was signed, ⛓ on the critical path. {how}", how=_how()),
    )


def item_card(shown: Shown, item: Item, tickets: Mapping[int, Ticket], *, editable: bool) -> Card:
    """One item with all it says."""
    road_map, now = shown.view.road_map, shown.expected[item.key]
    changed = [one for one in shown.changes if one.key == item.key]
    lines = change_lines(changed, shown.view)
    buttons = (
        Button("Change", EDIT, item.key),
        Button("Order, people, money", MORE, item.key),
    )
    return Card(
        title=f"{SIGNS[item.status]} {item.key} {item.need}",
        text=(item.outcome,) if item.outcome else say("What will be better with it? Nobody has said yet."),
        facts=tuple(Fact(label, text) for label, text in _facts(item, now, road_map, shown, tickets) if text),
        sections=(Section("Changed since it was signed", lines),) if lines else (),
        buttons=buttons if editable else (),
        note=say("Only you can see this."),
    )


def dates_words(start: date, end: date) -> str:
    """`11 Jan – 31 Mar 2027`."""
    first = f"{start.day} {start:%b}" if start.year == end.year else f"{start.day} {start:%b %Y}"
    return f"{first} – {end.day} {end:%b %Y}"


def drags_words(found: Sequence[Dragged]) -> str:
    """`RM-4 (+12 days), RM-9 (+3 days)`."""
    told = ", ".join(f"{one.key} (+{days_words(one.days)})" for one in found[:5])
    return f"{told} and {len(found) - 5} more" if len(found) > 5 else told


def days_words(days: int) -> str:
    """`1 day`, `12 days`."""
    return f"{days} day{'' if days == 1 else 's'}"


def _line(one: Item, shown: Shown, path: Sequence[str]) -> Line:
    now = shown.expected[one.key]
    marks = ("✎ " if any(change.key == one.key for change in shown.changes) else "") + ("⛓ " if one.key in path else "")
    technology = f" → {shorten(one.technology, NAME_MOST)}" if one.technology else ""
    late = (
        f", ⚠️ {days_words(now.slip)} late" + (f" because of {now.because}" if now.because else "") if now.slip else ""
    )
    return Line(
        say(
            "{sign} {marks}{rank}{key} {need}{technology} — {when}, {status}{late}",
            sign=SIGNS[one.status],
            marks=marks,
            rank=f"{one.rank}. " if one.rank else "",
            key=one.key,
            need=Strong(shorten(one.need, NAME_MOST)),
            technology=technology,
            when=dates_words(one.start, one.end),
            status=STATUS_WORDS[one.status],
            late=late,
        ),
        Button("Open", OPEN, one.key),
    )


def _heading(one: Item, today: date) -> str:
    if not one.is_open:
        return "Done or dropped"
    quarter = Quarter.of(one.start)
    return BEFORE if quarter < Quarter.of(today) else quarter.title


def _summary(shown: Shown) -> str:
    if not shown.view.road_map.items:
        return EMPTY
    counted = [one for one in shown.view.road_map.items if one.is_open]
    late = sum(shown.expected[one.key].slip > 0 for one in counted)
    signed = shown.view.signed
    held = (
        f"Revision {signed.number} was signed by both sides" if signed else "No revision was signed by both sides yet"
    )
    waits = len(shown.changes)
    draft = f"; {waits} change{'' if waits == 1 else 's'} wait{'s' if waits == 1 else ''} in the draft" if waits else ""
    slips = f", {late} of them later than planned" if late else ""
    return f"{len(counted)} open item{'' if len(counted) == 1 else 's'}{slips}. {held}{draft}."


def _money(shown: Shown) -> tuple[Section, ...]:
    currency = shown.view.road_map.currency
    ahead = [one for one in cost_by_quarter(shown.view.road_map) if one.quarter >= Quarter.of(shown.view.today)]
    lines = tuple(Line((cost_words(one, currency),)) for one in ahead[:COSTS_MOST])
    return (Section("What it costs", lines),) if lines else ()


def _events(shown: Shown) -> tuple[Section, ...]:
    lines = first_lines(shown.events, EVENTS_MOST, lambda one: Line(one.text))
    return (Section("What else happens", lines),) if lines else ()


def _buttons(shown: Shown, page: int) -> tuple[Button, ...]:
    found = [Button("Add", ADD)]
    if shown.changes:
        found.append(Button(f"Changes ({len(shown.changes)})", DIFF))
    if page:
        found.append(Button("← Earlier", TURN, str(page - 1)))
    if len(shown.items) > (page + 1) * PAGE:
        found.append(Button("Later →", TURN, str(page + 1)))
    return tuple(found)


def _how() -> Text:
    return ("One item: ", Code("/itcheck roadmap RM-1"), ". Only you can see this.")


def _facts(
    item: Item, now: Expected, road_map: RoadMap, shown: Shown, tickets: Mapping[int, Ticket]
) -> Sequence[tuple[str, Text]]:
    held = drags(road_map, shown.expected, item.key)
    needed = [one.key for one in road_map.ranked if item.key in one.needs]
    money_lines = [
        f"{one.quarter.title}: CapEx {money(one.capex, road_map.currency)}, OpEx {money(one.opex, road_map.currency)}"
        for one in item.spend
    ]
    return (
        ("Measure", (str(item.measure),) if item.measure.what else ()),
        ("Technology", (item.technology,) if item.technology else ()),
        ("When", (_when(item, now),)),
        ("Status", (f"{STATUS_WORDS[item.status]}, {item.confidence.value} confidence",)),
        ("Order", _order(item)),
        ("Needs", (", ".join(item.needs),) if item.needs else ()),
        ("Is needed by", (", ".join(needed),) if needed else ()),
        ("Drags along", (drags_words(held),) if held else ()),
        ("Waiting for it", _served(item, tickets)),
        ("Owners", _people(item.owners.get)),
        ("Sponsors", _people(item.sponsors.get)),
        ("Team", (item.team,) if item.team else ()),
        ("Cost", ("\n".join(money_lines),) if money_lines else ()),
    )


def _when(item: Item, now: Expected) -> str:
    words = dates_words(item.start, item.end)
    if not item.is_open:
        return words
    if now.slip:
        cause = f" because of {now.because}" if now.because else ""
        return f"{words}; expected by {day_words(now.end)} {now.end:%Y}, {days_words(now.slip)} late{cause}"
    return f"{words}; {'on the critical path' if not now.slack else f'{days_words(now.slack)} of slack'}"


def _order(item: Item) -> Text:
    points = item.scoring.points
    told = [f"rank {item.rank}"] if item.rank else []
    told += [f"{points} points of 50"] if points is not None else []
    return (", ".join(told),) if told else ()


def _served(item: Item, tickets: Mapping[int, Ticket]) -> Text:
    text: Text = ()
    for number in item.serves:
        ticket = tickets.get(number)
        name: Text = ticket_link(ticket) if ticket else (f"IT-{number}",)
        text = (*text, *((", ",) if text else ()), *name)
    return text


def _people(of: Callable[[Side], str | None]) -> Text:
    text: Text = ()
    for side, name in SIDES.items():
        if person := of(side):
            text = (*text, *((", ",) if text else ()), f"{name}: ", *person_text(person))
    return text


def shown_of(view: View, changes: tuple[Change, ...], events: tuple[Event, ...] = ()) -> Shown:
    """A view with its schedule."""
    return Shown(view, schedule(view.road_map, view.today), changes, events)
