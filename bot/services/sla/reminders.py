"""What is said when a clock passes a share of its time or its due time: to whom, when, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.agreed import Agreed
from bot.domain.kinds import kind_of
from bot.domain.people import Side
from bot.domain.sla import Clock, ClockKind, Stage, StageKind, notice_at
from bot.domain.ticket import Ticket
from bot.messages import Card, Mention, Moment, Post, Strong, Text, say
from bot.services.notifications import direct_post, thread_post
from bot.services.tickets.cards import owed_words, ticket_link

WARNED = "⏳ {link}: {what} is due {due}. {share} % of the time is used. {who}"
BREACHED = "⌛ {link}: {what} was due {due} and is late. {who}, please answer here, or escalate it: ⋯ on its card."
KIND_REMINDER = "⏳ {link}: a friendly reminder, {who}: by {due} IT needs {what}. {how}"
KIND_BREACH = "⌛ {link}: {who}, IT is still waiting for {what}; it was wanted by {due}. {how}"
HOW = {
    ClockKind.BRIEF: "An answer in the thread is enough, and IT goes on at once.",
    ClockKind.LEAD_TIME: "Press Details on the ticket's card; what you don't know yet can be a guess.",
    ClockKind.SIGN_OFF: "A yes or no is enough.",
}


def debtor(ticket: Ticket, clock: Clock) -> str:
    """Who is reminded of a clock: who is asked to sign, the liaison for IT, the requester for marketing."""
    if clock.kind is ClockKind.SIGN_OFF:
        return clock.person
    return ticket.liaison if clock.owed_by is Side.IT else ticket.requester


def notices_of(ticket: Ticket, clock: Clock) -> str:
    """What the keys of all notices of one clock begin with."""
    return f"{ticket.name}:{_key(clock)}:"


def notices(ticket: Ticket, clock: Clock, stage: Stage, agreed: Agreed, now: datetime) -> list[Post]:
    """What goes out for a stage, each post in the hours of its receiver.

    A warning of what marketing owes goes to them alone; all else also to the thread.
    """
    is_breach, person = stage.kind is StageKind.BREACH, debtor(ticket, clock)
    card = Card(text=_words(ticket, clock, stage, agreed.zone))
    key = f"{_key(clock)}:{clock.target_s}{_fixed(clock)}:{'breach' if is_breach else stage.share}"

    at = notice_at(stage.kind, ticket.priority, agreed.hours_for(person, now).calendar, now)
    posts = [thread_post(ticket, key, card)] if is_breach or clock.owed_by is Side.IT else []
    if person:
        posts.append(direct_post(ticket, person, key, card))
    return [post if at <= now else replace(post, not_before=at, lane=post.key) for post in posts]


def _key(clock: Clock) -> str:
    return f"sla:{clock.kind}:{clock.cycle}"


def _fixed(clock: Clock) -> str:
    return f":{clock.fixed_due:%Y-%m-%dT%H:%M}" if clock.fixed_due else ""


def _words(ticket: Ticket, clock: Clock, stage: Stage, zone: str) -> Text:
    is_breach, person = stage.kind is StageKind.BREACH, debtor(ticket, clock)
    who: Text = (Mention(person),) if person else ("IT",)
    due = Moment(stage.at if is_breach else clock.due_at or stage.at, zone)
    link = ticket_link(ticket)
    if clock.owed_by is Side.IT and clock.kind not in HOW:
        what, share = Strong(f"the {owed_words(clock.kind)}"), str(stage.share)
        return say(BREACHED if is_breach else WARNED, link=link, what=what, due=due, share=share, who=who)
    words = KIND_BREACH if is_breach else KIND_REMINDER
    return say(words, link=link, who=who, what=Strong(_wanted(ticket, clock)), due=due, how=HOW[clock.kind])


def _wanted(ticket: Ticket, clock: Clock) -> str:
    if clock.kind is ClockKind.BRIEF:
        return "your answer to its questions"
    if clock.kind is ClockKind.SIGN_OFF:
        return "your sign-off"
    kind = kind_of(ticket.kind)
    missing = [each.name.lower() for each in kind.questions if each.key in kind.owed and not ticket.facts.get(each.key)]
    return f"the last details of the campaign ({', '.join(missing)})"
