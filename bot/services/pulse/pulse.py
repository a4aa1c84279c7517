"""The pulse: a question a month to both sides, directly; counted without authors, told in the road map review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import structlog

from bot.domain.agenda import Slot
from bot.domain.agreed import Agreed, owners_for
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.hours import Calendar
from bot.domain.months import Month, working_day_from
from bot.domain.people import Side, side_of
from bot.domain.pulse import ANSWERED, ASKED_FROM_DAY, LEAST_GROUP, MOST_LINE, SCORES, Pulse, is_over, months_before
from bot.domain.workspace import Channel
from bot.messages import Address, Button, Card, Field, FieldKind, Form, Line, Post, Request, say
from bot.ports import UnitOfWork
from bot.services.agenda.place import channel_for, channels_with_road_map
from bot.services.desk import Desk
from bot.services.sealing import answer_in

JOB = "pulse"
ANSWER, SAY, LINE = "pulse", "pulse_say", "pulse_line"
LINES_SHOWN = 5
FACES = {1: "1 😟", 2: "2", 3: "3 😐", 4: "4", 5: "5 🙂"}
QUESTION = "Are marketing and IT pulling in the same direction? 1: not at all, 5: fully."
PROMISE = (
    "Anonymous: your answer is sealed before it is stored and only added to a sum. Sums are shown for five answers or "
    "more, after the month is over."
)
OVER = "This question is over. The next one comes in the middle of the month."
NO_KEY = "This can't be asked here."
SIDES = {Side.MARKETING: "Marketing", Side.IT: "IT"}

log = structlog.get_logger()


def ask_pulse(desk: Desk) -> bool:
    """Ask where it is due: once a month in each workspace that has a road map. Always False."""
    now = desk.at()
    if desk.sealer is not None:
        for channels in channels_with_road_map(desk):
            _ask_if_due(desk, channels, now)
    return False


def answer_pulse(desk: Desk, request: Request) -> Card:
    """Count a click. Raises Invalid, Conflict for a second one or a month that is over, NotAllowed for guests."""
    said = answer_in(desk.sealer, request)
    month, _, score = said.value.partition(":")
    clicked = int(score) if score.isascii() and score.isdigit() and len(score) == 1 else 0
    _count(desk, request, month, "click", lambda pulse, ballot: pulse.vote(clicked, ballot))
    return Card(text=say("Thank you! It is counted, and nobody can tell whose it was."))


def add_line(desk: Desk, request: Request) -> Card:
    """Keep a line. Raises as answer_pulse does."""
    said = answer_in(desk.sealer, request)
    month = request.context.get("month", "")
    _count(desk, request, month, "line", lambda pulse, ballot: pulse.say(said.text, ballot))
    return Card(text=say("Thank you! Your line is kept without your name."))


def pulse_lines(uow: UnitOfWork, workspace: str, now: datetime, channel: Channel) -> tuple[Line, ...]:
    """What last month's pulse says, by side with its trend, the gap, and the lines; nothing where nobody was asked."""
    last, before = months_before(now, channel.tz)
    pulses = {side: uow.pulses.get(workspace, last, side) for side in SIDES}
    if not any(one.answers for one in pulses.values()):
        return ()
    older = {side: uow.pulses.get(workspace, before, side) for side in SIDES}
    lines = [Line((_told(SIDES[side], one, older[side]),)) for side, one in pulses.items()]
    means = [one.mean for one in pulses.values()]
    if means[0] is not None and means[1] is not None:
        lines.append(Line((f"Gap between the sides: {abs(means[0] - means[1]):.1f}",)))
    return (*lines, *_said(pulses.values()))


def line_form(request: Request) -> Form:
    """The form of a line to this month's pulse."""
    hint = "Nobody sees whose it is. Names in it would tell"
    field = Field("line", "What would help most?", FieldKind.LINE, hint=hint, required=True, most=MOST_LINE)
    context = {"month": request.value, "conversation": request.conversation}
    return Form(LINE, "A line, without your name", (field,), "Send", context=context)


def _ask_if_due(desk: Desk, channels: Sequence[Channel], now: datetime) -> None:
    channel = channels[0]
    with desk.look() as uow:
        slot = working_day_from(
            Month.of(now, channel.tz), ASKED_FROM_DAY, _hours(uow, channel, now), channel.sync_hour, channel.tz
        )
        last = uow.occurrences.last(channel.workspace, JOB)
    is_set_up = channel.set_up_at is not None and channel.set_up_at <= slot.at
    if slot.at > now or not is_set_up or (last is not None and last[1] >= slot.at):
        return
    people = _people(desk, channels)
    with desk.unit_of_work() as uow:
        if uow.occurrences.claim(channel.workspace, JOB, slot.name, slot.at):
            for side in SIDES:
                uow.pulses.save(Pulse(channel.workspace, slot.name, side))
            uow.outbox.put([_question(channel.workspace, slot, person) for person in people])
    log.info("pulse_asked", workspace=channel.workspace, month=slot.name, people=len(people))


def _people(desk: Desk, channels: Sequence[Channel]) -> list[str]:
    """Everybody in the marketing channels, but guests and bots. Asks the chat."""
    found = (one for channel in channels for one in desk.directory.members(channel.workspace, channel.id))
    return sorted({one.id for one in found if not (one.is_guest or one.is_bot or one.is_gone)})


def _question(workspace: str, slot: Slot, person: str) -> Post:
    key = f"{JOB}:{slot.name}:{person}"
    card = Card(
        title="🧭 Is everybody on board?",
        text=(QUESTION,),
        buttons=(
            *(Button(FACES[score], ANSWER, f"{slot.name}:{score}") for score in SCORES),
            Button("Add a line", SAY, slot.name),
        ),
        note=(PROMISE,),
    )
    return Post(workspace, key, Address(person=person), card, lane=key)


def _count(desk: Desk, request: Request, month: str, what: str, change: Callable[[Pulse, str], Pulse]) -> None:
    """Change the record of somebody's side by one answer; their ballot shows that they gave it, not which."""
    who = desk.person(request.workspace, request.actor)
    if who.is_guest or who.is_bot:
        raise NotAllowed("Guests are not asked.")
    if desk.sealer is None:
        raise Invalid(NO_KEY)
    ballot = desk.sealer.ballot(request.workspace, month, what, who.id)
    with desk.unit_of_work() as uow:
        last = uow.occurrences.last(request.workspace, JOB)
        zone = channel_for(uow, request.workspace, "").tz
        if last is None or last[0] != month or is_over(month, desk.at(), zone):
            raise Conflict(OVER)
        side = side_of(uow.workspaces.roles(request.workspace).of(who.id))
        records = {each: uow.pulses.get(request.workspace, month, each) for each in SIDES}
        if any(ballot in one.ballots for one in records.values()):
            raise Conflict(ANSWERED)  # also for who has changed sides since
        uow.pulses.save(change(records[side], ballot))


def _told(name: str, pulse: Pulse, before: Pulse) -> str:
    mean, earlier = pulse.mean, before.mean
    if mean is None:
        return f"{name}: fewer than {LEAST_GROUP} answers, so nothing is shown"
    return f"{name}: {mean:.1f} of 5 from {pulse.answers} answers{_trend(mean, earlier)}"


def _trend(mean: float, earlier: float | None) -> str:
    if earlier is None:
        return ""
    change = f"{mean - earlier:+.1f}"
    return ", as in the month before" if change in {"+0.0", "-0.0"} else f", {change} since the month before"


def _said(pulses: Iterable[Pulse]) -> tuple[Line, ...]:
    """The lines of both sides together, in the order of the alphabet, where each side has enough answers."""
    lines = sorted(line for one in pulses if one.is_shown for line in one.lines)
    return tuple(Line(say("“{line}”", line=line)) for line in lines[:LINES_SHOWN])


def _hours(uow: UnitOfWork, channel: Channel, now: datetime) -> Calendar:
    calendars = uow.agreements.calendars(channel.workspace, owners_for(channel.id, ()))
    return Agreed(channel.id, channel.zone, (), tuple(calendars)).hours_for("", now).calendar
