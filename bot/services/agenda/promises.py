"""Conditions of a yes become actions of the weekly sync, and their owners hear of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.action import Action
from bot.domain.signoff import PromisedCondition
from bot.domain.ticket import Ticket
from bot.messages import Card, Post, say
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.notifications import direct_post
from bot.services.tickets.cards import ticket_link


def promise(
    uow: UnitOfWork, ticket: Ticket, author: str, conditions: Sequence[PromisedCondition], at: datetime
) -> list[Post]:
    """Keep each condition as an action of the channel's sync; what its owner is told."""
    posts = []
    for condition in conditions:
        made = (ticket.workspace, ticket.place.conversation, "", condition.what, condition.owner, author)
        kept = uow.actions.add(Action(*made, at, condition.due, ticket.number))
        posts.append(direct_post(ticket, condition.owner, f"condition:{kept.id}", _called(ticket, condition)))
    return posts


def _called(ticket: Ticket, condition: PromisedCondition) -> Card:
    words = say(
        "📌 {link} “{title}” is approved on a condition that is yours: {what}, by {due}.",
        link=ticket_link(ticket),
        title=ticket.title,
        what=condition.what,
        due=day_words(condition.due),
    )
    return Card(text=words, note=say("It stands on the agenda of the weekly sync until it is done."))
