"""What a few words find among the tickets and the tools of a workspace, to be shared in a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.ticket import Ticket
from bot.messages import Card, Fact, Mention, say
from bot.ports import TicketFilter, ToolFilter, UnitOfWork
from bot.services.desk import Desk
from bot.services.tickets.cards import liaison_of, state_words, ticket_link
from bot.services.tools.catalogue import STATUS_WORDS

MOST = 10
LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One thing: its name, a line about it, and the card that is shared. The card holds what everybody may see."""

    title: str
    line: str
    card: Card


def search(desk: Desk, workspace: str, actor: str, words: str) -> Sequence[Found]:
    """Up to ten tickets and tools whose number or name holds the words, the newest tickets for none.

    Raises NotAllowed for a guest.
    """
    desk.member(workspace, actor)
    wanted = " ".join(words.casefold().split())
    with desk.look() as uow:
        tickets = _tickets(uow, workspace, wanted)
        tools = _tools(uow, workspace, wanted) if wanted else []
    return [*map(_ticket, tickets[: MOST // 2] if tools else tickets[:MOST]), *map(_tool, tools[: MOST // 2])]


def _tickets(uow: UnitOfWork, workspace: str, wanted: str) -> list[Ticket]:
    found = uow.tickets.search(workspace, TicketFilter(limit=LOOKED_THROUGH))
    newest = sorted(found, key=lambda one: -one.number)
    return [one for one in newest if wanted in f"{one.name} {one.title}".casefold()]


def _tools(uow: UnitOfWork, workspace: str, wanted: str) -> list[Tool]:
    found = uow.catalogue.search(workspace, ToolFilter(limit=LOOKED_THROUGH))
    return [one for one in found if wanted in one.name.casefold()]


def _ticket(ticket: Ticket) -> Found:
    facts = (
        Fact("State", (state_words(ticket),)),
        Fact("Asked by", (Mention(ticket.requester),)),
        Fact("Liaison", liaison_of(ticket)),
    )
    card = Card(f"{ticket.name} · {ticket.title}", say("Its thread: {link}", link=ticket_link(ticket)), facts)
    return Found(f"{ticket.name} · {ticket.title}", state_words(ticket), card)


def _tool(tool: Tool) -> Found:
    status = "not reviewed" if tool.status is ToolStatus.UNKNOWN else STATUS_WORDS[tool.status]
    owner = (Fact("Looked after by", (Mention(tool.owner),)),) if tool.owner else ()
    return Found(tool.name, status, Card(tool.name, facts=(Fact("Status", (status,)), *owner)))
