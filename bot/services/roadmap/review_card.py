"""How a road map review looks: what was done, what slipped and why, what does not fit, what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.agenda import Slot
from bot.domain.months import Month
from bot.domain.roadmap import STATUS_WORDS, Item, RoadMap
from bot.domain.roadmap_review import Findings, Misalignment, Misfit, Slipped
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Code, Line, Section, Strong, Style, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.calendar.calendar_card import person_text
from bot.services.intake.intake import shorten
from bot.services.long_lists import first_lines
from bot.services.roadmap.costs import money
from bot.services.roadmap.roadmap import View
from bot.services.roadmap.roadmap_card import SIGNS, dates_words, days_words, drags_words
from bot.services.tickets.cards import ticket_link

LINES_MOST, NAME_MOST = 8, 70
DECIDE = "roadmap_decide"
MISFITS = {
    Misfit.TOO_LATE: "📣 {what} begins on {day}; {items} will not be ready",
    Misfit.OVER_LIMIT: "💶 {about} costs {amount} more than its limit",
    Misfit.TOO_EARLY: "⛓ {first} begins before {others} ended, which it needs",
    Misfit.ONE_TEAM: "👥 {items} need the team {about} in the same month, from {month} on",
    Misfit.NO_SPONSOR: "🙋 {items} has no sponsor in {about}",
    Misfit.GONE: "👋 {about} has left, and still answers for {items}",
    Misfit.NO_OUTCOME: "🎯 {items}: {about} has no outcome with a measure",
    Misfit.NO_ITEM: "🧰 {about} was approved, and no item says what for",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a review tells of the road map as it stands. since: when the last one was posted; slot and meeting: of the
    one that is posted now, None for a look in between.
    """

    view: View
    found: Findings
    since: datetime | None
    tickets: Mapping[int, Ticket] = field(default_factory=dict)
    pending: Sequence[Line] = ()
    pulse: Sequence[Line] = ()
    goals: Sequence[Line] = ()
    sponsors: Sequence[Line] = ()
    slot: Slot | None = None
    meeting: datetime | None = None


def review_card(told: Told) -> Card:
    """The review; a posted one has the button that takes decisions down."""
    found, road_map = told.found, told.view.road_map
    parts = (
        ("Done", [_item(one) for one in found.done]),
        ("Slipped", [_slipped(one, road_map) for one in found.slipped]),
        ("Does not fit", [_misfit(one, told) for one in found.misalignments]),
        ("New in the twelve months ahead", [_item(one) for one in found.enters]),
        ("Decisions wanted", [_wanted(one) for one in found.wanted]),
    )
    sections = [Section(name, _cut(lines)) for name, lines in parts if lines]
    if told.sponsors:
        sections.append(Section("In the words of the sponsors", tuple(told.sponsors[:LINES_MOST])))
    if told.goals:
        sections.append(Section("Shared goals", tuple(told.goals)))
    if told.pulse:
        sections.append(Section("Is everybody on board?", tuple(told.pulse)))
    if told.pending:
        sections.append(Section("Waits for a signature", tuple(told.pending)))
    posted = told.slot is not None and bool(road_map.items)
    return Card(
        title=_title(told),
        text=(_summary(told),),
        sections=tuple(sections),
        buttons=(Button("Record a decision", DECIDE, told.slot.name, Style.PRIMARY),) if posted and told.slot else (),
        note=_note(told),
    )


def _title(told: Told) -> str:
    if told.slot is None:
        return "🧭 Road map review, as it stands"
    year, _, number = told.slot.name.partition("-")
    return f"🧭 Road map review · {Month(int(year), int(number)).title}"


def _summary(told: Told) -> str:
    found, zone = told.found, told.view.channel.zone
    since = f"Since {day_words(told.since, zone)}: " if told.since else ""
    if not told.view.road_map.items:
        return "Nothing is on the road map yet. /itcheck roadmap add begins it."
    if found.is_empty:
        return f"{since}everything is on its way, and nothing is to be decided. Enjoy it!"
    counts = (
        (len(found.done), "done"),
        (len(found.slipped), "slipped"),
        (len(found.misalignments), "that do not fit" if len(found.misalignments) != 1 else "that does not fit"),
        (len(found.wanted), "to be decided"),
    )
    return f"{since}{', '.join(f'{count} {words}' for count, words in counts if count) or 'something new ahead'}."


def _note(told: Told) -> Text:
    how = say("All of it: {how}", how=Code("/itcheck roadmap"))
    if told.meeting is None:
        return (*how, ". Only you can see this.")
    when = day_words(told.meeting, told.view.channel.zone, with_time=True)
    return (*how, f". For the sync on {when}. Decisions go into the draft, which both sides sign.")


def _cut(lines: Sequence[Text]) -> tuple[Line, ...]:
    return first_lines(lines, LINES_MOST, Line)


def _item(one: Item) -> Text:
    when = dates_words(one.start, one.end)
    return say("{sign} {name}: {when}", sign=SIGNS[one.status], name=_named(one), when=when)


def _wanted(one: Item) -> Text:
    return say(
        "{sign} {name}: {when}, {status}. Take it in, move it or drop it?",
        sign=SIGNS[one.status],
        name=_named(one),
        when=dates_words(one.start, one.end),
        status=STATUS_WORDS[one.status],
    )


def _slipped(one: Slipped, road_map: RoadMap) -> Text:
    why = f", because {one.why}" if one.why else ""
    if not why:
        why = f", waits for {one.holder}" if one.holder else ", nobody has said why yet"
    held = f". Drags along {drags_words(one.drags)}" if one.drags else ""
    return say(
        "⏳ {name}: now by {now} instead of {was} ({days}){why}{held}",
        name=_named(one.item),
        now=_day(one.now),
        was=_day(one.was),
        days=f"+{days_words((one.now - one.was).days)}",
        why=why,
        held=held,
    )


def _misfit(one: Misalignment, told: Told) -> Text:
    road_map = told.view.road_map
    items = _listed([road_map.by_key[key] for key in one.keys])
    ticket = told.tickets.get(one.number)
    name: Text = (Strong(shorten(one.about, NAME_MOST)),)
    parts: dict[str, Text] = {
        "what": (*ticket_link(ticket), " ", *name) if ticket else name,
        "items": items,
        "first": _listed([road_map.by_key[key] for key in one.keys[:1]]),
        "others": (", ".join(one.keys[1:]),),
        "about": person_text(one.about) if one.what is Misfit.GONE else name,
        "day": (_day(one.day) if one.day else "",),
        "month": (f"{one.day:%B %Y}" if one.day else "",),
        "amount": (money(one.amount, road_map.currency),),
    }
    return say(MISFITS[one.what], **parts)


def _listed(items: Sequence[Item]) -> Text:
    text: Text = ()
    for one in items[:4]:
        text = (*text, *((", ",) if text else ()), *_named(one))
    return (*text, f" and {len(items) - 4} more") if len(items) > 4 else text


def _named(one: Item) -> Text:
    return say("{key} {need}", key=one.key, need=Strong(shorten(one.need, NAME_MOST)))


def _day(day: date) -> str:
    return f"{day_words(day)} {day:%Y}"
