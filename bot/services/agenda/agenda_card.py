"""How an agenda looks: short, ranked, each item linked to its thread, never longer than a screen or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.agenda import fit
from bot.messages import Button, Card, Code, Line, Link, Mention, Section, Span, Text, say
from bot.services.agenda.agenda_lines import (
    action_lines,
    became_lines,
    campaign_lines,
    day_words,
    decided_lines,
    decision_lines,
    late_lines,
    opened_lines,
    topic_lines,
)
from bot.services.agenda.agenda_table import Table
from bot.services.ask.library import stale_lines

DONE, CARRY, UPDATE, NEW, DECIDE, REMOVE = (
    "action_done", "actions_carry", "actions_update", "action_new", "decision", "topic_remove",
)  # fmt: skip
BUTTONS_MOST = 5
MENTION_SIZE = 14
QUIET = "Nothing on the table between marketing and IT this week. Enjoy the quiet!"
SKIPPED = " The last agenda was skipped, so this one covers more than a week."


@dataclass(frozen=True, slots=True)
class Part:
    """A section before it is cut: its lines, and where the rest of them can be found."""

    title: str
    lines: Sequence[Line]
    rest: Text = ()


def agenda_card(table: Table, *, url: str = "", is_open: bool = True) -> Card:
    """The agenda as it is posted. `url`: of its invitation; `is_open`: it is the newest one and has its buttons."""
    sections = _cut(_parts(table, is_open=is_open))
    text = _summary(table) if sections else (QUIET,)
    return Card(
        title=f"🗓️ Weekly sync · {day_words(table.agenda.slot.at, table.channel.zone)}",
        text=(*text, SKIPPED) if table.agenda.skipped else text,
        sections=sections,
        buttons=_buttons(table) if sections and is_open else (),
        note=_note(url, has_hint=bool(sections) and is_open),
    )


def preview_card(table: Table, actor: str) -> Card:
    """The agenda as it would be posted now, for one person, who can take back topics of their own."""
    own = tuple(
        Line(say("{words}", words=topic.words), Button("Remove", REMOVE, str(topic.id)))
        for topic in table.topics
        if topic.by == actor
    )
    sections = _cut([part for part in _parts(table, is_open=False) if part.title != "Topics" or not own])
    others = [topic for topic in table.topics if topic.by != actor]
    if own:
        sections = (*sections, *_cut([Part("Topics of others", topic_lines(others))]), Section("Your topics", own[:10]))
    return Card(
        title=f"Next sync · {day_words(table.agenda.slot.at, table.channel.zone, with_time=True)}",
        text=_summary(table) if sections else say("Nothing on the table yet. Is there something to talk about?"),
        sections=sections,
        note=say("Only you can see this. To add something: {how}", how=Code("/itcheck agenda add your topic")),
    )


def _parts(table: Table, *, is_open: bool) -> list[Part]:
    has_buttons = is_open and len(table.unfinished) <= BUTTONS_MOST
    parts = [
        Part("Decisions needed", decision_lines(table), _typed("/itcheck list open")),
        Part("Decided", decided_lines(table)),
        Part("Late, or close to it", late_lines(table), _typed("/itcheck list late")),
        Part("New since last time", opened_lines(table)),
        Part("Campaigns in the next four weeks", campaign_lines(table), _typed("/itcheck list open")),
        Part("Answers to look at again", stale_lines(table.stale), _typed("/itcheck knowledge")),
        Part("Actions", action_lines(table, DONE if has_buttons else ""), say("press Update actions to see them")),
        Part("Topics", topic_lines(table.topics)),
        Part("What became of last time's items", became_lines(table)),
        Part("In figures", table.figures),
    ]
    is_quiet = not any(part.lines for part in parts)
    return parts if is_quiet else [*parts, Part("Shared goals", table.goals)]


def _cut(parts: Sequence[Part]) -> tuple[Section, ...]:
    """The parts within the length of an agenda; what is left out is counted, with where to find it."""
    filled = [part for part in parts if part.lines]
    shown = fit({part.title: [_size(line) for line in part.lines] for part in filled})
    return tuple(Section(part.title, _shortened(part, shown[part.title])) for part in filled)


def _shortened(part: Part, count: int) -> tuple[Line, ...]:
    more = len(part.lines) - count
    if not more:
        return tuple(part.lines)
    where: Text = (": ", *part.rest) if part.rest else ()
    return (*part.lines[:count], Line(("… and ", str(more), " more", *where)))


def _summary(table: Table) -> Text:
    """What there is, in one line."""
    agenda = table.agenda
    late = {alarm.number for alarm in agenda.late if alarm.breached}
    counts = (
        (len(agenda.decisions), "decision needed", "decisions needed"),
        (len(late), "ticket late", "tickets late"),
        (len(agenda.opened), "new ticket", "new tickets"),
        (len(agenda.campaigns), "campaign ahead", "campaigns ahead"),
        (len(table.unfinished), "action open", "actions open"),
        (len(table.topics), "topic", "topics"),
    )
    told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    since = day_words(agenda.since, table.channel.zone)
    return say("Since {since}: {told}.", since=since, told=", ".join(told) or "nothing new")


def _buttons(table: Table) -> tuple[Button, ...]:
    name, unfinished = table.agenda.name, table.unfinished
    buttons = [Button("Record a decision", DECIDE, name), Button("New action", NEW, name)]
    if unfinished:
        buttons.append(Button("Update actions", UPDATE, name))
    if any(action.carried_at is None or action.carried_at <= table.agenda.posted_at for action in unfinished):
        buttons.append(Button("Carry the rest over", CARRY, name))
    return tuple(buttons)


def _note(url: str, *, has_hint: bool) -> Text:
    hint = say("Something for next time? {how}", how=Code("/itcheck agenda add your topic")) if has_hint else ()
    if not url:
        return hint
    return (*hint, " · " if hint else "", Link(url, "📅 Put the sync into your calendar"))


def _typed(command: str) -> Text:
    return (Code(command),)


def _size(line: Line) -> int:
    """About how long a line is for who reads it."""
    return sum(map(_span_size, line.text))


def _span_size(span: Span) -> int:
    if isinstance(span, str):
        return len(span)
    return MENTION_SIZE if isinstance(span, Mention) else len(getattr(span, "words", "") or getattr(span, "label", ""))
