"""Out of office: said with dates and a delegate, or read from the status; what follows when it begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.absence import Absence, Source, away_from, last_day
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.people import Person
from bot.domain.ticket import Ticket
from bot.messages import Address, Card, Field, FieldKind, Form, Mention, Post, Request, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.agreement import person_field, person_in
from bot.services.desk import Desk
from bot.services.people.holders import NOT_OF_IT, of_the_it_side
from bot.services.people.roles import colleague

AT_ONCE = 10
MOST = 200
LISTED = 12
DELEGATE_HINT = "Your open tickets go to them; without anybody they stay with you"
AWAY = "out of office"
HOW = "Type it like this: /itcheck away 2026-12-21 2027-01-04 @delegate, or /itcheck away for a form."


def away_form(desk: Desk, request: Request) -> Form:
    """The form for the days and for who stands in, prefilled with what was said before."""
    who = require_holder(desk, request)
    with desk.look() as uow:
        known = [one for one in uow.absences.of(request.workspace) if one.person == who.id]
        stands = next((one for one in known if one.source is Source.SAID), None)
        of_it = of_the_it_side(uow, request.workspace)
    is_room = bool(request.conversation) and not request.is_direct
    members = desk.directory.members(request.workspace, request.conversation) if is_room else ()
    people = [one for one in members if not one.is_guest and one.id != who.id]
    people = [one for one in people if one.id in of_it or who.id not in of_it]
    delegate = person_field("delegate", "Who stands in?", people, stands.delegate if stands else "", DELEGATE_HINT)
    starts, ends = _days_of(stands)
    return Form(
        "away",
        "Out of office",
        (
            Field("starts", "First day away", FieldKind.DATE, starts, required=True),
            Field("ends", "Last day away", FieldKind.DATE, ends, required=True),
            replace(delegate, required=False),
        ),
        submit="Save",
        context={"conversation": request.conversation},
    )


def say_away(desk: Desk, request: Request, first: str, last: str, delegate: str) -> Card:
    """Away from one day to another, both included (ISO dates), with somebody to stand in or an empty string."""
    who = require_holder(desk, request)
    stands_in = colleague(desk, request, person_in(delegate), "delegate") if person_in(delegate) else None
    _check_side(desk, request.workspace, who, stands_in)
    days, to = (_day(first, "starts"), _day(last, "ends")), stands_in.id if stands_in else ""
    absence = away_from(request.workspace, who.id, *days, to, who.zone)
    if absence.ends_at is not None and absence.ends_at <= desk.at():
        raise Invalid("That is over already. Please give days to come.", "ends")
    with desk.unit_of_work() as uow:
        uow.absences.save(absence)
    return Card(text=_noted(absence))


def come_back(desk: Desk, request: Request) -> Card:
    """Back before it was meant to be over, or not going at all."""
    now = desk.at()
    with desk.unit_of_work() as uow:
        mine = [one for one in uow.absences.of(request.workspace) if one.person == request.actor]
        for one in mine:
            if one.source is Source.SAID and one.is_on(now):
                uow.absences.save(replace(one, ends_at=now, look_at=now))
            else:
                uow.absences.drop(one)
    if not mine:
        return Card(text=say("You are not away, as far as I know. Nothing has changed."))
    return Card(text=say("Noted: new tickets come to you again."))


def require_holder(desk: Desk, request: Request) -> Person:
    """Whoever asks, if tickets or escalations can come to them. Raises NotAllowed. Asks the chat."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        is_named = bool(uow.workspaces.roles(request.workspace).of(who.id))
        has_channel = any(channel.liaison == who.id for channel in uow.workspaces.listening(request.workspace))
        has_tickets = bool(tickets_of(uow, request.workspace, who.id, 1))
    if who.is_guest or not (is_named or has_channel or has_tickets):
        raise NotAllowed("That is for people who get tickets. Nothing comes to you, so you can leave with no worries.")
    return who


def direct(absence: Absence, what: str, words: Text) -> Post:
    """A word to whom the absence concerns; `what` is said once."""
    key = f"absence:{absence.person}:{absence.source}:{absence.starts_at:%Y%m%dT%H%M%S}:{what}"
    return Post(absence.workspace, key, Address(person=absence.person), Card(text=words), lane=key)


def day_words(absence: Absence) -> str:
    """Until when they are away."""
    day = last_day(absence)
    return f"{day:%a} {day.day} {day:%b %Y}" if day else "their status changes"


def tickets_of(uow: UnitOfWork, workspace: str, person: str, most: int) -> Sequence[Ticket]:
    """The open tickets of a person, newest first."""
    return uow.tickets.search(workspace, TicketFilter(liaison=person, only_open=True, limit=most))


def _check_side(desk: Desk, workspace: str, who: Person, stands_in: Person | None) -> None:
    """Tickets of IT go to somebody of IT alone. Raises Invalid."""
    with desk.look() as uow:
        of_it = of_the_it_side(uow, workspace)
    if stands_in is not None and who.id in of_it and stands_in.id not in of_it:
        raise Invalid(NOT_OF_IT.format(name=stands_in.name), "delegate")


def _noted(absence: Absence) -> Text:
    words = say("Noted: you are out of office until {day}, included. ", day=day_words(absence))
    if not absence.delegate:
        return words + say("New tickets go to others. The ones you have stay with you: you named no delegate.")
    return words + say("Your tickets go to {who}, who keeps them until handed back.", who=Mention(absence.delegate))


def _days_of(absence: Absence | None) -> tuple[str, str]:
    if absence is None:
        return "", ""
    first, last = absence.starts_at.astimezone(ZoneInfo(absence.zone)).date(), last_day(absence)
    return first.isoformat(), last.isoformat() if last else ""


def _day(words: str, field: str) -> date:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise Invalid(f"“{words.strip()[:20]}” is no day. {HOW}", field) from None
