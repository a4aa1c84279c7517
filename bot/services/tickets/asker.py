"""Reaching who asked: anonymously, what IT says comes to them directly, since nobody knows whom to call; by name, they
are asked whether it helped."""

from __future__ import annotations

from bot.domain.anonymity import is_anonymous
from bot.domain.kinds import QUESTION
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Post, Style, Text, say

REPLY, RATE = "anonymous_reply", "answer_rate"
YES, NO = "yes", "no"
NOTE = "Nobody else sees this. Write in the thread only if they may know it was you."


def told_directly(ticket: Ticket, key: str, words: Text) -> list[Post]:
    """What IT says, for somebody who asked anonymously; nothing for others, who read the thread."""
    if not is_anonymous(ticket.requester) or ticket.is_finished:
        return []
    card = Card(
        text=say("IT on your question {name}: {words}", name=ticket.name, words=words),
        buttons=(Button("Reply, still anonymously", REPLY, ticket.name, Style.PRIMARY),),
        note=say(NOTE),
    )
    post_key = f"{ticket.name}:asker:{key}"
    return [Post(ticket.workspace, post_key, Address(person=ticket.requester), card, lane=f"{ticket.name}:asker")]


def rating_buttons(ticket: Ticket) -> tuple[Button, ...]:
    """Whether IT's answer to a question helped; not asked of somebody whose press would tell their name."""
    if ticket.kind != QUESTION.key or is_anonymous(ticket.requester):
        return ()
    return (Button("That helped", RATE, f"{ticket.name}:{YES}"), Button("Not really", RATE, f"{ticket.name}:{NO}"))
