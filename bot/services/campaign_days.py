"""What the thread of a campaign hears on its eve, at its start and the day after, once each; and the look back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.abilities import Ability, require
from bot.domain.campaign import Campaign
from bot.domain.campaign_days import Moment, Seen, due_moments
from bot.domain.errors import Conflict, Invalid
from bot.domain.readiness import Readiness
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Field, Form, Line, Mention, Post, Request, Section, Style, Text, say
from bot.messages import Moment as At
from bot.ports import UnitOfWork
from bot.services.agenda_lines import day_words
from bot.services.campaigns import Plan, campaigns_from, plan_of, surroundings
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.readiness_card import VERDICT_WORDS
from bot.services.tickets import number_of

BACK = timedelta(days=6)  # a weekend and the grace of the look back
LOOK_BACK = "look_back"
NUMBERS = {
    "peak": "Requests a second at the peak, as seen",
    "incomplete": "Transactions that were not completed",
    "orders_lost": "Orders lost",
}
MOST_NUMBER = 1e9


def walk_campaigns(desk: Desk) -> bool:
    """Say one thing that is due. One campaign a unit of work; True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        for workspace in dict.fromkeys(one.workspace for one in uow.workspaces.listening()):
            for campaign in campaigns_from(uow, workspace, now - BACK):
                for moment in due_moments(campaign, now):
                    if not _is_said(uow, workspace, campaign, moment):
                        return _say(desk, workspace, campaign, moment)
    return False


def look_back_form(desk: Desk, request: Request) -> Form:
    """The three questions. Raises NotAllowed or NotFound."""
    name = f"IT-{number_of(request.value)}"
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        _require(uow, ticket, who.id, is_guest=who.is_guest)
    fields = tuple(Field(key, label, hint="Leave it empty if nobody knows", most=20) for key, label in NUMBERS.items())
    intro = say("What came of it? With that the next forecast is judged.")
    context = {"ticket": name, "conversation": request.conversation}
    return Form(LOOK_BACK, f"Look back: {name}", fields, submit="Send", intro=intro, context=context)


def check_look_back(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong in a filled form, by field."""
    errors = {}
    for key in NUMBERS:
        try:
            _number(values.get(key, ""))
        except Invalid as error:
            errors[key] = error.words
    if not errors and not any(values.get(key, "").strip() for key in NUMBERS):
        errors["peak"] = "Answer at least one of the three; leave empty what nobody knows."
    return errors


def look_back(desk: Desk, request: Request) -> None:
    """Keep what was seen, and tell the thread. Raises NotAllowed, or Conflict where there was no forecast."""
    peak, incomplete, lost = (_number(request.values.get(key, "")) for key in NUMBERS)
    who = desk.person(request.workspace, request.actor)
    seen = Seen(who.id, desk.at(), peak, *(None if one is None else int(one) for one in (incomplete, lost)))
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(request.context["ticket"]))
        _require(uow, ticket, who.id, is_guest=who.is_guest)
        readiness = uow.readiness.get(ticket.workspace, ticket.number)
        if readiness is None:
            raise Conflict(f"Nothing was forecast for {ticket.name}, so there is nothing to compare.")
        uow.readiness.save(replace(readiness, seen=seen))
        uow.outbox.put([thread_post(ticket, f"{LOOK_BACK}:{request.key}", Card(text=_seen_words(readiness, seen)))])


def _say(desk: Desk, workspace: str, campaign: Campaign, moment: Moment) -> bool:
    now = desk.at()
    with desk.unit_of_work() as uow:
        if uow.occurrences.claim(workspace, _job(campaign, moment), campaign.start.isoformat(), now):
            ticket = uow.tickets.get(workspace, campaign.number)
            plan = plan_of(uow, ticket, surroundings(uow, workspace, now))
            uow.outbox.put([_post(uow, ticket, plan, campaign, moment)])
    return True


def _is_said(uow: UnitOfWork, workspace: str, campaign: Campaign, moment: Moment) -> bool:
    last = uow.occurrences.last(workspace, _job(campaign, moment))
    return last is not None and last[0] == campaign.start.isoformat()


def _job(campaign: Campaign, moment: Moment) -> str:
    return f"campaign_{moment.value}:{campaign.number}"


def _post(uow: UnitOfWork, ticket: Ticket, plan: Plan, campaign: Campaign, moment: Moment) -> Post:
    make = {Moment.EVE: _eve_card, Moment.START: _start_card, Moment.AFTER: _after_card}[moment]
    return thread_post(ticket, f"{moment.value}:{campaign.start:%Y%m%dT%H%M}", make(uow, ticket, plan, campaign))


def _eve_card(uow: UnitOfWork, ticket: Ticket, plan: Plan, campaign: Campaign) -> Card:
    actions = uow.actions.of(ticket.workspace, ticket.place.conversation, campaign.start)
    waiting = tuple(
        Line(say("{what} — {owner}{due}", what=one.what, owner=Mention(one.owner),
                 due=f", by {day_words(one.due)}" if one.due else ""))
        for one in actions
        if one.ticket == ticket.number and not one.is_settled
    )  # fmt: skip
    return Card(
        title="⏰ It starts soon",
        text=say(
            "{people}: “{title}” starts {at}. {stands} Who is on call, and is everything done? Please say so here.",
            people=_both(ticket), title=ticket.title, at=At(campaign.start, _zone(campaign)),
            stands=_stands(uow, ticket),
        ),
        sections=(Section("Not done yet", waiting),) if waiting else (),
    )  # fmt: skip


def _start_card(uow: UnitOfWork, ticket: Ticket, plan: Plan, campaign: Campaign) -> Card:
    weighed = plan.weighed()
    expected: Text = ()
    if weighed is not None:
        expected = say(
            " I reckon with {peak} requests a second around {at}.",
            peak=f"{weighed.found.peak_requests_per_s:,.0f}", at=At(weighed.found.peak_at, _zone(campaign)),
        )  # fmt: skip
    return Card(text=say("🚀 “{title}” starts now.{expected} Whoever sees trouble, say it here.",
                         title=ticket.title, expected=expected))  # fmt: skip


def _after_card(uow: UnitOfWork, ticket: Ticket, plan: Plan, campaign: Campaign) -> Card:
    return Card(
        text=say(
            "{people}: how did “{title}” go? Three short questions; with them the next forecast is judged.",
            people=_both(ticket), title=ticket.title,
        ),
        buttons=(Button("Look back", LOOK_BACK, ticket.name, Style.PRIMARY),),
    )  # fmt: skip


def _stands(uow: UnitOfWork, ticket: Ticket) -> str:
    readiness = uow.readiness.get(ticket.workspace, ticket.number)
    if readiness is None or readiness.verdict is None:
        return "IT has not decided on it yet."
    if not readiness.is_final:
        return "The sponsor has not signed yet."
    return f"Decided: {VERDICT_WORDS[readiness.verdict].lower()}."


def _seen_words(readiness: Readiness, seen: Seen) -> Text:
    parts = []
    if seen.peak_requests_per_s is not None:
        off = f", {seen.peak_requests_per_s / readiness.peak - 1:+.0%}" if readiness.peak else ""
        parts.append(
            f"{seen.peak_requests_per_s:,.0f} requests a second at the peak (forecast {readiness.peak:,.0f}{off})"
        )
    if seen.incomplete is not None:
        parts.append(f"{seen.incomplete:,} transactions not completed")
    if seen.orders_lost is not None:
        parts.append(f"{seen.orders_lost:,} orders lost")
    return say("🔎 {who} looks back: {what}.", who=Mention(seen.by), what="; ".join(parts))


def _both(ticket: Ticket) -> Text:
    asker: Text = (Mention(ticket.requester),)
    return (*asker, " and ", Mention(ticket.liaison)) if ticket.liaison else asker


def _require(uow: UnitOfWork, ticket: Ticket, person: str, *, is_guest: bool) -> None:
    roles = uow.workspaces.roles(ticket.workspace).of(person)
    require(Ability.REVISE, ticket, person, roles, is_guest=is_guest)


def _zone(campaign: Campaign) -> str:
    return str(campaign.start.tzinfo or "UTC")


def _number(words: str) -> float | None:
    plain = words.strip().replace(",", "").replace(" ", "")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        raise Invalid(f"“{words[:30]}” is no number. Type it like 84 or 1200.") from None
    if not 0 <= value <= MOST_NUMBER:
        raise Invalid("Please give a number of zero or more, below a billion.")
    return value
