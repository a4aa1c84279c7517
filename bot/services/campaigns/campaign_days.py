"""What the thread of a campaign hears on its eve, at its start and the day after, once each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.agreed import Agreed, owners_for
from bot.domain.campaign import Campaign
from bot.domain.campaign_days import AFTER_GRACE, LONGEST_BREAK_DAYS, Moment, due_moments
from bot.domain.hours import Calendar
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Line, Mention, Post, Section, Style, Text, say
from bot.messages import Moment as At
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.campaigns.campaigns import Plan, campaigns_from, plan_of, surroundings
from bot.services.campaigns.look_back import LOOK_BACK
from bot.services.campaigns.readiness_card import VERDICT_WORDS
from bot.services.desk import Desk
from bot.services.notifications import thread_post

BACK = timedelta(days=LONGEST_BREAK_DAYS) + AFTER_GRACE


def walk_campaigns(desk: Desk) -> bool:
    """Say one thing that is due. One campaign a unit of work; True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        workspaces = dict.fromkeys(one.workspace for one in uow.workspaces.listening())
        due = next((found for workspace in workspaces for found in _unsaid(uow, workspace, now)), None)
    return _say(desk, *due) if due else False


def _unsaid(uow: UnitOfWork, workspace: str, now: datetime) -> Iterator[tuple[str, Campaign, Moment]]:
    for campaign in campaigns_from(uow, workspace, now - BACK):
        for moment in due_moments(campaign, _calendar(uow, workspace, campaign, now), now):
            if not _is_said(uow, workspace, campaign, moment):
                yield workspace, campaign, moment


def _calendar(uow: UnitOfWork, workspace: str, campaign: Campaign, now: datetime) -> Calendar:
    """The hours of the team that talks about it."""
    editions = uow.agreements.calendars(workspace, owners_for(campaign.conversation, ()))
    return Agreed(campaign.conversation, _zone(campaign), calendars=tuple(editions)).hours_for("", now).calendar


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


def _both(ticket: Ticket) -> Text:
    asker: Text = (Mention(ticket.requester),)
    return (*asker, " and ", Mention(ticket.liaison)) if ticket.liaison else asker


def _zone(campaign: Campaign) -> str:
    return str(campaign.start.tzinfo or "UTC")
