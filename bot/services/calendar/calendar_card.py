"""How the campaign calendar looks in chat: a short line an entry, by week, what does not go together, a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.attachments import Picture
from bot.charts import Stretch, Timeline
from bot.domain.conflicts import Clash, Conflict
from bot.domain.planned import KIND_WORDS, SIGNS, Planned, PlannedKind
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Code, Line, Mention, Section, Strong, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.calendar.outlook import Outlook
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import ticket_link

PAGE, CONFLICTS_MOST, NAME_MOST = 12, 6, 60
DRAWN_MOST = 40
ALT_MOST = 8
EDIT, TURN, ADD, TICKET = "calendar_edit", "calendar_page", "calendar_add", "planned_ticket"
COLOURS = {
    PlannedKind.CAMPAIGN: "#3566b8",
    PlannedKind.FREEZE: "#7fb3d5",
    PlannedKind.MAINTENANCE: "#c9a227",
    PlannedKind.LAUNCH: "#5a9e6f",
}
PLURALS = {
    PlannedKind.CAMPAIGN: "campaigns",
    PlannedKind.FREEZE: "freezes",
    PlannedKind.MAINTENANCE: "maintenance windows",
    PlannedKind.LAUNCH: "launches",
}
CLASHES = {
    Clash.IN_FREEZE: "{one} falls into {other}. {who} can grant an exception.",
    Clash.IN_MAINTENANCE: "{one} meets {other}: the site may be away then.",
    Clash.SAME_HOURS: "{one} and {other} bring visitors to {site} in the same hours.",
    Clash.SAME_NAME: "{one} and {other} have one name: is it the same campaign?",
    Clash.NO_TOOL: "{one} needs {tool}, which nobody has approved. {how} shows what is known.",
}


def calendar_card(seen: Outlook, page: int, granters: Mapping[str, str], editable: frozenset[PlannedKind]) -> Card:
    """A page of entries by week; the first one begins with the conflicts.

    granters: who can grant an exception from a freeze, by its key. editable: the kinds that who asks may change.
    """
    shown = seen.planned[page * PAGE : (page + 1) * PAGE]
    weeks: dict[str, list[Line]] = {}
    for one in shown:
        weeks.setdefault(_week(one, seen), []).append(_line(one, seen, granters, editable))
    clashes = _clashes(seen, granters) if not page else ()
    return Card(
        title=f"🗓️ Campaign calendar, {day_words(seen.since, seen.zone.key)} – {day_words(_last(seen))}",
        text=(_summary(seen),),
        sections=(*clashes, *(Section(week, tuple(lines)) for week, lines in weeks.items())),
        buttons=_buttons(page, more=len(seen.planned) > (page + 1) * PAGE),
        note=say("Times in {zone}. Only you can see this.", zone=seen.zone.key),
    )


def calendar_picture(seen: Outlook) -> Picture | None:
    """The calendar as a timeline; what does not go together is framed. None if nothing is planned."""
    if not seen.planned:
        return None
    shown = seen.planned[:DRAWN_MOST]
    flagged = {each.key for one in seen.conflicts for each in (one.one, one.other) if each is not None}
    stretches = tuple(
        Stretch(
            f"{f'IT-{one.ticket} ' if one.ticket else ''}{one.name}",
            KIND_WORDS[one.kind],
            one.start.astimezone(seen.zone),
            one.end.astimezone(seen.zone),
            one.key in flagged,
        )
        for one in shown
    )
    colours = tuple(COLOURS[kind] for kind in dict.fromkeys(one.kind for one in shown))
    since, until = (at.astimezone(seen.zone) for at in (seen.since, seen.until))
    return Picture(Timeline(_title(seen), _alt(seen), since, until, stretches, colours))


def when_words(one: Planned, zone: str) -> str:
    """When it is: `Fri 27 Nov`, `Fri 27 Nov – Mon 30 Nov`, `Wed 2 Dec, 22:00 – Thu 3 Dec, 02:00`."""
    last = one.end - timedelta(microseconds=1)
    first_day, last_day = day_words(one.start, zone), day_words(last, zone)
    if one.is_day:
        return first_day if first_day == last_day else f"{first_day} – {last_day}"
    start, end = day_words(one.start, zone, with_time=True), day_words(one.end, zone, with_time=True)
    return f"{start} – {end.rpartition(', ')[2]}" if first_day == last_day else f"{start} – {end}"


def named(one: Planned, tickets: Mapping[int, Ticket]) -> Text:
    """What an entry is called, a campaign with the link to its ticket's thread."""
    name = Strong(shorten(one.name, NAME_MOST))
    ticket = tickets.get(one.ticket)
    return say("{link} {name}", link=ticket_link(ticket), name=name) if ticket else (name,)


def person_text(words: str) -> Text:
    """Somebody by mention, or as they were written."""
    person = words.removeprefix("@")
    is_mention = words.startswith("@") and person and not set(person) & set(" @<>|")
    return (Mention(person),) if is_mention else (shorten(words, NAME_MOST),)


def ticket_button(one: Planned) -> Button:
    """Opens the form of a ticket for a campaign that has none, filled with what the calendar knows."""
    return Button("Open a ticket", TICKET, one.key)


def _line(one: Planned, seen: Outlook, granters: Mapping[str, str], editable: frozenset[PlannedKind]) -> Line:
    more: Text = (f", {one.site}",) if one.site else ()
    if one.kind in {PlannedKind.FREEZE, PlannedKind.MAINTENANCE} and not one.site:
        more = (", all sites",)
    if one.tool:
        more = (*more, f", needs {shorten(one.tool, NAME_MOST)}")
    if one.kind is PlannedKind.FREEZE:
        more = (*more, ", exceptions: ", *_granter(one, granters))
    elif one.owner and not one.ticket:
        more = (*more, ", ", *person_text(one.owner))
    if one.kind is PlannedKind.CAMPAIGN and not one.ticket:
        more = (
            *more,
            ". IT has no ticket for it yet",
        )
    text = say(
        "{sign} {name} — {when}{more}",
        sign=SIGNS[one.kind],
        name=named(one, seen.tickets),
        when=when_words(one, seen.zone.key),
        more=more,
    )
    if one.kind is PlannedKind.CAMPAIGN and not one.ticket:
        return Line(text, ticket_button(one))
    is_mine = not one.ticket and one.kind in editable
    return Line(text, Button("Change", EDIT, one.key) if is_mine else None)


def _clashes(seen: Outlook, granters: Mapping[str, str]) -> tuple[Section, ...]:
    lines = [Line(_clash(one, seen, granters)) for one in seen.conflicts[:CONFLICTS_MOST]]
    more = len(seen.conflicts) - len(lines)
    if more > 0:
        lines.append(Line(say("… and {more} more", more=str(more))))
    return (Section("⚠️ Does not go together", tuple(lines)),) if lines else ()


def _clash(one: Conflict, seen: Outlook, granters: Mapping[str, str]) -> Text:
    other: Text = ()
    if one.other is not None:
        kind = f"the {KIND_WORDS[one.other.kind].lower()} " if not one.other.ticket else ""
        when = when_words(one.other, seen.zone.key)
        other = say("{kind}{name} ({when})", kind=kind, name=named(one.other, seen.tickets), when=when)
    return say(
        CLASHES[one.what],
        one=named(one.one, seen.tickets),
        other=other,
        who=_granter(one.other, granters) if one.other else (),
        site=one.one.site,
        tool=Strong(shorten(one.one.tool, NAME_MOST)),
        how=Code(f"/itcheck new-tool {shorten(one.one.tool, NAME_MOST)}"),
    )


def _granter(freeze: Planned, granters: Mapping[str, str]) -> Text:
    person = granters.get(freeze.key, "")
    return (Mention(person),) if person else ("nobody yet",)


def _summary(seen: Outlook) -> str:
    if not seen.planned:
        return "Nothing is planned that I know of. Add a freeze, a maintenance window or a launch with the button."
    counted = Counter(one.kind for one in seen.planned)
    told = [_counted(kind, counted[kind]) for kind in SIGNS if counted[kind]]
    clashes = len(seen.conflicts)
    said = f"⚠️ {clashes} {'thing does' if clashes == 1 else 'things do'} not go together."
    return f"{', '.join(told)}. {said if clashes else 'Everything goes together.'}"


def _counted(kind: PlannedKind, count: int) -> str:
    return f"{count} {KIND_WORDS[kind].lower() if count == 1 else PLURALS[kind]}"


def _buttons(page: int, *, more: bool) -> tuple[Button, ...]:
    turns = [*([Button("← Earlier", TURN, str(page - 1))] if page else [])]
    turns += [*([Button("Later →", TURN, str(page + 1))] if more else [])]
    return (Button("Add", ADD), *turns)


def _week(one: Planned, seen: Outlook) -> str:
    """Under which heading it stands: what is on already stands in this week."""
    day = max(one.start, seen.since).astimezone(seen.zone).date()
    monday = day - timedelta(days=day.weekday())
    this = seen.since.astimezone(seen.zone).date()
    return "This week" if monday <= this < monday + timedelta(days=7) else f"Week of {_day(monday)}"


def _title(seen: Outlook) -> str:
    return f"Campaign calendar, {day_words(seen.since, seen.zone.key)} – {day_words(_last(seen))}"


def _alt(seen: Outlook) -> str:
    told = [
        f"{KIND_WORDS[one.kind].lower()} {shorten(one.name, NAME_MOST)}, {when_words(one, seen.zone.key)}"
        for one in seen.planned[:ALT_MOST]
    ]
    more = len(seen.planned) - len(told)
    rest = f"; and {more} more" if more > 0 else ""
    return f"{_title(seen)}: {'; '.join(told)}{rest}."


def _last(seen: Outlook) -> date:
    return (seen.until - timedelta(microseconds=1)).astimezone(seen.zone).date()


def _day(day: date | datetime) -> str:
    return f"{day.day} {day:%b}"
