"""What leaves for the chat when a ticket changes: posts with keys that are unique for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.kinds import kind_of
from bot.domain.sla import Clock
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Mention, Post, Strong, Text, say
from bot.services.tickets.cards import ticket_card, ticket_link

NEW_REVISION = 0  # of a ticket that was just opened


def card_key(ticket: Ticket) -> str:
    """The key of a ticket's one card."""
    return f"{ticket.name}:card"


def first_card(ticket: Ticket, clocks: Sequence[Clock], channel: Channel) -> Post:
    """The card of a new ticket: in the thread it came from, else at the top of the channel."""
    return Post(
        workspace=ticket.workspace,
        key=card_key(ticket),
        to=Address(ticket.place.conversation, ticket.place.thread),
        card=ticket_card(ticket, clocks, channel),
        lane=lane_of(ticket),
        anchors=None if ticket.place.thread else ticket.number,
    )


def fresh_card(ticket: Ticket, clocks: Sequence[Clock], channel: Channel) -> Post:
    """The card as it stands now, replacing the old one in place."""
    return Post(
        workspace=ticket.workspace,
        key=f"{ticket.name}:card:{ticket.revision}",
        to=Address(ticket.place.conversation, ticket.place.thread),
        card=ticket_card(ticket, clocks, channel),
        lane=lane_of(ticket),
        update_of=card_key(ticket),
    )


def thread_post(ticket: Ticket, key: str, card: Card) -> Post:
    """A message in the ticket's thread. `key` is unique within the ticket."""
    return Post(
        workspace=ticket.workspace,
        key=f"{ticket.name}:{key}",
        to=Address(ticket.place.conversation, ticket.place.thread),
        card=card,
        lane=lane_of(ticket),
        in_thread_of="" if ticket.place.thread else card_key(ticket),
    )


def thread_update(ticket: Ticket, key: str, card: Card) -> Post:
    """What a message in the ticket's thread says from now on, in place. `key` is the message's."""
    return in_place(thread_post(ticket, key, card), ticket.revision)


def in_place(post: Post, version: object) -> Post:
    """A message that was posted, with what it says from now on. `version` tells this wording from its others."""
    return replace(post, key=f"{post.key}:{version}", in_thread_of="", update_of=post.key)


def direct_post(ticket: Ticket, person: str, key: str, card: Card) -> Post:
    """A message to one person about a ticket. It never waits for what goes to the thread."""
    full = f"{ticket.name}:{key}:dm:{person}"
    return Post(ticket.workspace, full, Address(person=person), card, lane=full)


def pings(ticket: Ticket, why: Text) -> tuple[Post, Post]:
    """The liaison is called: one line in the thread, one directly, each with the reason why it is them."""
    key = _ping_key(ticket.revision, ticket.liaison)
    who = Mention(ticket.liaison)
    kind = kind_of(ticket.kind)
    in_thread = Card(text=say("{who}, this one is for you: {why}.", who=who, why=why))
    directly = Card(
        text=say(
            "{link} is yours: {why}. {kind}: {title}, asked by {asker}.",
            link=ticket_link(ticket),
            why=why,
            kind=kind.title,
            title=Strong(ticket.title),
            asker=Mention(ticket.requester),
        )
    )
    return thread_post(ticket, key, in_thread), direct_post(ticket, ticket.liaison, key, directly)


def pings_taken_back(ticket: Ticket, first_called: str) -> tuple[Post, Post]:
    """What the call of a new ticket's first liaison says, in place, once the ticket turned out to be none."""
    key = _ping_key(NEW_REVISION, first_called)
    in_thread = Card(text=say("{name} turned out to be nothing for IT: no need to look.", name=ticket.name))
    words = "{link} turned out to be nothing for IT: it is withdrawn, no need to look."
    directly = Card(text=say(words, link=ticket_link(ticket)))
    direct = direct_post(ticket, first_called, key, directly)
    return thread_update(ticket, key, in_thread), in_place(direct, ticket.revision)


def lane_of(ticket: Ticket) -> str:
    """Everything that goes to one ticket's thread leaves in order."""
    return f"{ticket.workspace}:{ticket.name}"


def _ping_key(revision: int, liaison: str) -> str:
    return f"ping:{revision}:{liaison}"
