"""Sponsors have a stake: asked for a word each month, reminded once and kindly, then named in the review.

They sponsor items of the road map, and tickets above a size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import structlog

from bot.domain.agenda import Slot
from bot.domain.agreed import Agreed, owners_for
from bot.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from bot.domain.hours import Calendar
from bot.domain.months import Month, working_day_from
from bot.domain.roadmap import RoadMap
from bot.domain.sponsor import MOST_WORDS, Mood, SponsorWord, side_of_sponsor
from bot.domain.stake import Stake
from bot.domain.workspace import Channel
from bot.messages import (
    Address,
    Button,
    Card,
    Choice,
    Field,
    FieldKind,
    Form,
    Line,
    Mention,
    Post,
    Request,
    Section,
    Strong,
    Style,
    Text,
    say,
)  # fmt: skip
from bot.ports import UnitOfWork
from bot.services.agenda.place import channels_by_workspace
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.long_lists import first_lines
from bot.services.roadmap.roadmap import item_in, view_of
from bot.services.roadmap.stakes import large_tickets, stakes_of
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import number_of

ASKED, REMINDED = "sponsors-asked", "sponsors-reminded"
DAYS = {ASKED: 15, REMINDED: 22}
WORD, HAND_OVER = "sponsor_word", "sponsor_hand_over"
LABEL_MOST, ITEMS_MOST = 70, 8
SIGNS_OF = {Mood.ON_TRACK: "🟢", Mood.WORRIED: "🟡", Mood.STUCK: "🔴"}
OVER = "This question is over. The next one comes in the middle of the month."

log = structlog.get_logger()


def ask_sponsors(desk: Desk) -> bool:
    """Ask on the first working day from the 15th on, remind who is silent from the 22nd on; once each. Always False."""
    now = desk.at()
    for channel, *_ in channels_by_workspace(desk):
        for job in DAYS:
            _send_if_due(desk, channel, job, now)
    return False


def word_form(desk: Desk, request: Request) -> Form:
    """The form for a word on what one sponsors. Raises Conflict if that is nothing now, or the question is over."""
    with desk.look() as uow:
        month = _month(uow, request.workspace, request.value)
        mine = _mine(desk, uow, request)
    moods = tuple(Choice(f"{SIGNS_OF[mood]} {mood.value.capitalize()}", mood.value) for mood in Mood)
    fields = (
        item_field(mine),
        Field("mood", "How is it going?", FieldKind.CHOICE, required=True, choices=moods),
        Field("words", "In a sentence", FieldKind.PARAGRAPH, hint="Both sides read it in the review", most=MOST_WORDS),
    )
    context = {"month": month, "conversation": request.conversation}
    return Form(WORD, "A word from the sponsor", fields, "Send", context=context)


def check_word(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form, by field."""
    errors = {} if values.get("item", "").strip() else {"item": "Please choose an item."}
    if values.get("mood", "") not in set(Mood):
        errors["mood"] = "Please choose one of the answers."
    if len(values.get("words", "")) > MOST_WORDS:
        errors["words"] = f"Please use at most {MOST_WORDS} characters."
    return errors


def keep_word(desk: Desk, request: Request) -> Card:
    """Keep a sponsor's word. Raises NotAllowed for who is no sponsor of the item, Conflict once it is over."""
    values = request.values
    words = " ".join(values.get("words", "").split())
    if values.get("mood", "") not in set(Mood):
        raise Invalid("Please choose one of the answers.", "mood")
    with desk.unit_of_work() as uow:
        month = _month(uow, request.workspace, request.context.get("month", ""))
        key = sponsored_by(uow, request.workspace, values.get("item", ""), request.actor)
        mood = Mood(values["mood"])
        uow.sponsor_words.save(SponsorWord(request.workspace, month, key, request.actor, mood, words, desk.at()))
    return Card(text=say("Thank you! {key} is {mood}: it stands in the next review.", key=key, mood=mood.value))


def sponsored_by(uow: UnitOfWork, workspace: str, words: str, person: str) -> str:
    """The key of an item or ticket that somebody sponsors. Raises NotFound, and NotAllowed for who does not."""
    if not words.upper().startswith("IT-"):
        item = item_in(uow.roadmap_drafts.get(workspace).road_map, words)
        side_of_sponsor(item, person)
        return item.key
    ticket = uow.tickets.get(workspace, number_of(words))
    if ticket.sponsor != person:
        raise NotAllowed(f"Only its sponsor can do that: you are not that of {ticket.name}.")
    return ticket.name


def word_lines(
    uow: UnitOfWork, workspace: str, road_map: RoadMap, today: date, gone: frozenset[str] = frozenset()
) -> tuple[Line, ...]:
    """Large tickets without a sponsor who is here, what sponsors said since they were asked last, who was silent.

    gone: who has left, as `@ID`. The gravest words come first.
    """
    stakes, told = stakes_of(uow, workspace, road_map, today), _unsponsored(uow, workspace, road_map.currency, gone)
    last = uow.occurrences.last(workspace, ASKED)
    if last is None:
        return told
    titles = {one.key: one.title for mine in stakes.values() for one in mine} | {
        one.key: one.need for one in road_map.items
    }
    said = uow.sponsor_words.of(workspace, last[0])
    known = [one for one in said if one.item in titles]
    ordered = sorted(known, key=lambda one: (-list(Mood).index(one.mood), one.item))
    spoken = {one.by for one in said}
    silent = {person: mine for person, mine in stakes.items() if person not in spoken and f"@{person}" not in gone}
    missing = "🤫 {who} has not said a word yet on {items}"
    told += tuple(Line(_word(one, titles[one.item])) for one in ordered)
    return (*told, *(Line(say(missing, who=Mention(who), items=_keys(items))) for who, items in silent.items()))


def _unsponsored(uow: UnitOfWork, workspace: str, currency: str, gone: frozenset[str]) -> tuple[Line, ...]:
    lines = []
    for large in large_tickets(uow, workspace, currency):
        sponsor = large.ticket.sponsor
        what = say("{link} {title}", link=ticket_link(large.ticket), title=shorten(large.ticket.title, LABEL_MOST))
        if not sponsor:
            lines.append(Line(say("🙋 {what} has no sponsor ({why})", what=what, why=large.why)))
        elif f"@{sponsor}" in gone:
            words = "👋 {who} has left, and still sponsors {what} ({why})"
            lines.append(Line(say(words, who=Mention(sponsor), what=what, why=large.why)))
    return tuple(lines)


def _send_if_due(desk: Desk, channel: Channel, job: str, now: datetime) -> None:
    with desk.look() as uow:
        slot = working_day_from(
            Month.of(now, channel.tz), DAYS[job], _hours(uow, channel, now), channel.sync_hour, channel.tz
        )
        last, asked_last = uow.occurrences.last(channel.workspace, job), uow.occurrences.last(channel.workspace, ASKED)
    is_set_up = channel.set_up_at is not None and channel.set_up_at <= slot.at
    if slot.at > now or slot.is_too_old(now) or not is_set_up or (last is not None and last[1] >= slot.at):
        return
    if job == REMINDED and (asked_last is None or asked_last[0] != slot.name):
        return  # nobody was asked this month, so nobody owes an answer
    gone = _gone(desk, channel)
    with desk.unit_of_work() as uow:
        if not uow.occurrences.claim(channel.workspace, job, slot.name, slot.at):
            return
        view = view_of(desk, uow, channel.workspace, channel.id)
        spoken = {one.by for one in uow.sponsor_words.of(channel.workspace, slot.name)}
        stakes = stakes_of(uow, channel.workspace, view.road_map, view.today)
        asked = {person: mine for person, mine in stakes.items() if person not in spoken | gone}
        uow.outbox.put([_question(channel.workspace, job, slot, person, items) for person, items in asked.items()])
    log.info("sponsors_asked", workspace=channel.workspace, job=job, people=len(asked))


def _gone(desk: Desk, channel: Channel) -> set[str]:
    """Sponsors who have left, whom nobody can ask any more. Asks the chat."""
    with desk.look() as uow:
        view = view_of(desk, uow, channel.workspace, channel.id)
        sponsors = stakes_of(uow, channel.workspace, view.road_map, view.today)
    return {person for person in sponsors if has_left(desk, channel.workspace, person)}


def has_left(desk: Desk, workspace: str, person: str) -> bool:
    """Whether somebody is not in the chat any more. Asks it."""
    try:
        return desk.person(workspace, person).is_gone
    except NotFound:
        return True


def _question(workspace: str, job: str, slot: Slot, person: str, items: Sequence[Stake]) -> Post:
    lines = first_lines(items, ITEMS_MOST, lambda one: Line(_named(one)))
    first = "You want these outcomes, and answer for them. How are they going, in a sentence?"
    again = "A short word is still missing, and the review is near. It takes a minute, and both sides count on it."
    card = Card(
        title="🙋 A word from the sponsor",
        text=(first if job == ASKED else again,),
        sections=(Section("", tuple(lines)),),
        buttons=(Button("Say a word", WORD, slot.name, Style.PRIMARY), Button("Hand one over", HAND_OVER, slot.name)),
    )
    key = f"{job}:{slot.name}:{person}"
    return Post(workspace, key, Address(person=person), card, lane=key)


def _month(uow: UnitOfWork, workspace: str, month: str) -> str:
    last = uow.occurrences.last(workspace, ASKED)
    if last is None or last[0] != month:
        raise Conflict(OVER)
    return month


def _mine(desk: Desk, uow: UnitOfWork, request: Request) -> Sequence[Stake]:
    view = view_of(desk, uow, request.workspace)
    mine = stakes_of(uow, request.workspace, view.road_map, view.today).get(request.actor, ())
    if not mine:
        raise Conflict("You sponsor nothing that is on now. Thank you all the same!")
    return mine


def item_field(stakes: Sequence[Stake]) -> Field:
    """The field for what is meant among what somebody sponsors."""
    choices = tuple(Choice(shorten(f"{one.key} {one.title}", LABEL_MOST), one.key) for one in stakes[:100])
    return Field("item", "Which item?", FieldKind.CHOICE, choices[0].value, required=True, choices=choices)


def _word(one: SponsorWord, title: str) -> Text:
    told = f" “{one.words}”" if one.words else ""
    need = Strong(shorten(title, LABEL_MOST))
    return say(
        "{sign} {key} {need}, {who}: {mood}.{told}",
        sign=SIGNS_OF[one.mood],
        key=one.item,
        need=need,
        who=Mention(one.by),
        mood=one.mood.value,
        told=told,
    )


def _named(one: Stake) -> Text:
    title = Strong(shorten(one.title, LABEL_MOST))
    return say("{sign} {key} {title}: {when}", sign=one.sign, key=one.key, title=title, when=one.when)


def _keys(items: Sequence[Stake]) -> str:
    return ", ".join(one.key for one in items[:ITEMS_MOST])


def _hours(uow: UnitOfWork, channel: Channel, now: datetime) -> Calendar:
    calendars = uow.agreements.calendars(channel.workspace, owners_for(channel.id, ()))
    return Agreed(channel.id, channel.zone, (), tuple(calendars)).hours_for("", now).calendar
