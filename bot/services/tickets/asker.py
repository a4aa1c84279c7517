"""Reaching somebody who asked anonymously: what IT says comes to them directly, since nobody knows whom to call."""

from __future__ import annotations

from bot.domain.anonymity import is_anonymous
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Post, Style, Text, say

REPLY = "anonymous_reply"
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
