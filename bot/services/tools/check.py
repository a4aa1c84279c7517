"""The check: what is known of a tool at once, for the eyes of who asks, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import Market, Tool, domain, topic
from bot.domain.errors import Conflict, Invalid
from bot.domain.kinds import NEW_TOOL
from bot.domain.people import Role
from bot.domain.policy import DataClass, Policy, Requester, Ruling
from bot.domain.ticket import Ticket
from bot.messages import Card
from bot.ports import TicketFilter, UnitOfWork
from bot.services.desk import Desk
from bot.services.intake.intake import Opened, follow_along, opened_words
from bot.services.reviews.policies import policy_in_force, requester_of, ruling_for
from bot.services.tickets.cards import state_words
from bot.services.tickets.tickets import number_of
from bot.services.tools.catalogue import alternatives, described, find_tool

NAME_MOST = 150
WORDS_MOST = 4
TICKETS_MOST = 3
TYPE_IT = "Type the tool's name or its website."
_MARK_UP = re.compile(r"^<?\s*[!@#]")  # begins with a mention of a person, a group or a channel
_NO_NAME = re.compile(r"[\s*_~`\"'<>(]*(?:[@!]\S*|(?::[\w+'-]+:\s*)+)[\s*_~`\"'>).,!?]*$")  # mentions, :signs:


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a tool somebody asks about.

    `tool` is that of the catalogue, `listed` that of the market; `ruling` is what the policy says without customer
    data, `with_data` with it. `tickets` are the open ones about it, newest first.
    """

    asked: str
    by: str
    at: datetime
    zone: str
    tool: Tool | None
    listed: Tool | None
    alternatives: Sequence[Tool]
    tickets: Sequence[Ticket]
    policy: Policy | None
    ruling: Ruling | None
    with_data: Ruling | None
    liaison: str = ""
    typed: str = ""

    @property
    def name(self) -> str:
        """What the tool is called."""
        return self.meant.name if self.meant else self.asked

    @property
    def meant(self) -> Tool | None:
        """The tool with all that is known of it."""
        return described(self.tool, self.listed) if self.tool or self.listed else None

    @property
    def is_guess(self) -> bool:
        """Whether what was typed is no name of what was found: a slip, a part of it, or more words."""
        if self.meant is None:
            return False
        names = (self.meant.name, *self.meant.aliases, domain(self.meant.website))
        return _bare(self.typed or self.asked) not in {_bare(one) for one in names}


def look_up(desk: Desk, workspace: str, actor: str, words: str, conversation: str = "") -> Known:
    """What is known of the tool that some words name. Raises Invalid for no name, or too long a one."""
    asked = typed = tool_name(words)
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        asked = _beginning(uow, workspace, asked, desk.market)
        tool = find_tool(uow, workspace, asked)
        listed = desk.market(tool.name if tool else asked)
        policy = policy_in_force(desk, uow, workspace)
        roles = uow.workspaces.roles(workspace)
        asker = requester_of(who, roles.of(actor))
        here = uow.workspaces.channel(workspace, conversation)
        meant = described(tool, listed) if tool or listed else None
        free, holding = _rulings(policy, meant, asker)
        return Known(
            asked=asked,
            by=actor,
            at=desk.at(),
            zone=here.zone if here else "UTC",
            tool=tool,
            listed=listed,
            alternatives=alternatives(uow, workspace, [meant], desk.market) if meant else (),
            tickets=_open_tickets(uow, workspace, asked, meant),
            policy=policy,
            ruling=free,
            with_data=holding,
            liaison=(here.liaison if here else "") or roles.first(Role.LIAISON),
            typed=typed,
        )


def join_ticket(desk: Desk, workspace: str, actor: str, name: str) -> Card:
    """Add who asks to an open ticket about the tool they need. Raises Conflict if it is over by now."""
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        if ticket.is_finished:
            raise Conflict(f"{ticket.name} is {state_words(ticket)} by now. Type /itcheck new-tool {ticket.title}.")
        joined = follow_along(uow, ticket, actor, desk.at(), "joined from the check")
    return opened_words(Opened(ticket, is_new=False, has_joined=joined))


def tool_name(words: str) -> str:
    """The name of a tool as it was typed, on one line; of a web address its host. Raises Invalid if it can be none."""
    name = " ".join(words.split())
    if _NO_NAME.match(name) or _MARK_UP.match(name):
        raise Invalid(f"“{name[:30]}” is no tool's name. {TYPE_IT}")
    if "/" in name and " " not in name:
        name = domain(name) or name
    if len(name) > NAME_MOST:
        raise Invalid(f"A tool's name has at most {NAME_MOST} characters; this has {len(name):,}. Type only its name.")
    if not any(char.isalnum() for char in name):
        raise Invalid(f"“{name[:30]}” is no name I can look up. {TYPE_IT}")
    return name


def _beginning(uow: UnitOfWork, workspace: str, asked: str, market: Market) -> str:
    """Of `Klaviyo for our newsletter` what names a tool: the longest beginning that somebody knows, else all of it."""
    if _is_known(uow, workspace, asked, market):
        return asked
    parts = asked.split()
    for count in range(min(WORDS_MOST, len(parts) - 1), 0, -1):
        words = " ".join(parts[:count])
        if topic(words) and _is_known(uow, workspace, words, market):
            return words
    return asked


def _is_known(uow: UnitOfWork, workspace: str, name: str, market: Market) -> bool:
    return find_tool(uow, workspace, name) is not None or market(name) is not None


def _bare(name: str) -> str:
    """A name or address by its letters and digits alone; `channel` is not `Channel.me`."""
    return "".join(char for char in (domain(name) or name).casefold() if char.isalnum())


def _rulings(policy: Policy | None, tool: Tool | None, asker: Requester) -> tuple[Ruling | None, Ruling | None]:
    if tool is None:
        return None, None
    return ruling_for(policy, tool, asker), ruling_for(policy, tool, asker, DataClass.PERSONAL)


def _open_tickets(uow: UnitOfWork, workspace: str, asked: str, meant: Tool | None) -> Sequence[Ticket]:
    found: dict[int, Ticket] = {}
    for key in dict.fromkeys([topic(meant.name) if meant else "", topic(asked)]):
        if key:
            wanted = TicketFilter(kind=NEW_TOOL.key, topic=key, only_open=True, limit=TICKETS_MOST)
            found |= {ticket.number: ticket for ticket in uow.tickets.search(workspace, wanted)}
    return [found[number] for number in sorted(found, reverse=True)][:TICKETS_MOST]
