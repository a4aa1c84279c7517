"""What the catalogue knows of the tools a request names: their status, and what is approved for the same already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.catalogue import Market, Tool, ToolStatus, domain, resolve, spellings, topic
from bot.domain.kinds import NEW_TOOL
from bot.domain.ticket import Ticket
from bot.ports import TicketFilter, ToolFilter, UnitOfWork

KNOWN, OWNER, INSTEAD = "catalogue", "catalogue_owner", "approved_instead"
KEYS = (KNOWN, OWNER, INSTEAD)  # facts of a ticket that come from the catalogue, never from a person
ALTERNATIVES_MOST = 3
LOOKED_AT = 50
APPROVED = (ToolStatus.APPROVED,)
STATUS_WORDS = {
    ToolStatus.APPROVED: "approved",
    ToolStatus.IN_REVIEW: "in review",
    ToolStatus.TRIAL: "on trial",
    ToolStatus.REJECTED: "rejected",
    ToolStatus.RETIRING: "being retired",
    ToolStatus.RETIRED: "retired",
    ToolStatus.UNKNOWN: "not decided about",
}


def known_facts(uow: UnitOfWork, workspace: str, title: str, market: Market) -> Mapping[str, str]:
    """What a ticket for the tools of a title (`Klaviyo, Brevo`) can say of them at once; nothing for unknown ones."""
    names = [name.strip() for name in title.split(",") if name.strip()]
    found = [(find_tool(uow, workspace, name), market(name)) for name in names]
    known = [tool for tool, _ in found if tool is not None and tool.status is not ToolStatus.UNKNOWN]
    meant = [described(tool, listed) for tool, listed in found if tool or listed]
    facts = {
        KNOWN: "; ".join(f"{tool.name}: {STATUS_WORDS[tool.status]}" for tool in known),
        OWNER: known[0].owner if len(known) == 1 else "",
        INSTEAD: _named(alternatives(uow, workspace, meant, market)),
    }
    return {key: value for key, value in facts.items() if value}


def note_category(uow: UnitOfWork, ticket: Ticket, category: str, market: Market) -> None:
    """The policy's category that a review chose says what is approved for the same; the ticket keeps it as a fact."""
    found = _named(instead_of(uow, ticket.workspace, ticket.title, market, category))
    rest = {key: value for key, value in ticket.facts.items() if key != INSTEAD}
    ticket.facts = {**rest, INSTEAD: found} if found else rest


def instead_of(uow: UnitOfWork, workspace: str, title: str, market: Market, category: str) -> list[Tool]:
    """The approved tools of a policy category, without those of a title; without one, of the category the market has
    for it.
    """
    meant = []
    for name in (name.strip() for name in title.split(",") if name.strip()):
        tool, listed = find_tool(uow, workspace, name), market(name)
        known = described(tool, listed) if tool or listed else Tool(name)
        meant.append(replace(known, category=category or known.category))
    return alternatives(uow, workspace, meant, market)


def look_up_again(uow: UnitOfWork, ticket: Ticket, market: Market) -> None:
    """A renamed ticket for a tool takes what is known of the new name, and its topic."""
    own = {key: value for key, value in ticket.facts.items() if key not in KEYS}
    ticket.facts = {**own, **known_facts(uow, ticket.workspace, ticket.title, market)}
    ticket.topic = canonical_topic(uow, ticket.workspace, ticket.title, market)


def canonical_topic(uow: UnitOfWork, workspace: str, title: str, market: Market) -> str:
    """The topic of the tool a title means, so that its aliases and addresses are one request.

    A misspelling counts only for tools the company has decided about: among thousands, one slip may well be
    another tool.
    """
    tool = find_tool(uow, workspace, title)
    if tool is not None and tool.status is ToolStatus.UNKNOWN and topic(title) not in spellings(tool):
        tool = None
    if tool is None:
        listed = market(title)
        tool = listed if listed is not None and topic(title) in spellings(listed) else None
    return topic(tool.name if tool else title)


def note_verdict(uow: UnitOfWork, ticket: Ticket, decided: Tool, market: Market) -> None:
    """What was decided about the tools of a ticket's title stands in the catalogue; what it knew besides stays."""
    for name in (name.strip() for name in ticket.title.split(",") if name.strip()):
        tool = find_tool(uow, ticket.workspace, name) or market(name) or Tool(name)
        merged = replace(
            tool,
            category=decided.category,
            status=decided.status,
            yearly=decided.yearly,
            decided=decided.decided,
            note=decided.note,
            trial_until=decided.trial_until,
        )
        uow.catalogue.save(ticket.workspace, merged)


def note_in_use(uow: UnitOfWork, workspace: str, title: str, market: Market) -> None:
    """The tools of a detected request are in the register of what is in use without review, until IT decides."""
    for name in [name.strip() for name in title.split(",") if topic(name)]:
        listed = market(name)
        exact = listed if listed is not None and topic(name) in spellings(listed) else None
        if not [one for one in uow.catalogue.like(workspace, topic(name)) if topic(name) in spellings(one)]:
            uow.catalogue.save(workspace, replace(exact, status=ToolStatus.UNKNOWN) if exact else Tool(name))


def forget_in_use(uow: UnitOfWork, ticket: Ticket) -> None:
    """What was taken for a tool and was none leaves the register, unless another open ticket is about it."""
    for key in [topic(name) for name in ticket.title.split(",") if topic(name)]:
        wanted = TicketFilter(kind=NEW_TOOL.key, topic=key, only_open=True, limit=2)
        others = [one for one in uow.tickets.search(ticket.workspace, wanted) if one.number != ticket.number]
        known = [tool for tool in uow.catalogue.like(ticket.workspace, key) if key in spellings(tool)]
        for tool in known:
            if tool.status is ToolStatus.UNKNOWN and not others:
                uow.catalogue.remove(ticket.workspace, topic(tool.name))


def find_tool(uow: UnitOfWork, workspace: str, name: str) -> Tool | None:
    """The tool of the catalogue that a name, an alias, an address or a misspelling means; None if there is none."""
    meant = domain(name) if "/" in name and " " not in name else name  # of an address, whose site it is
    key = topic(meant)
    return resolve(meant, uow.catalogue.like(workspace, key)) if key else None


def described(tool: Tool | None, listed: Tool | None) -> Tool:
    """A tool with what the market knows of it besides. ValueError if neither is given."""
    if tool is None or listed is None:
        found = tool or listed
        if found is None:
            raise ValueError("a tool is described from the catalogue or from the market")
        return found
    return replace(tool, category=tool.category or listed.category, use=listed.use)


def use_words(tool: Tool) -> str:
    """What a tool is for, in words: the market's, else the policy's category."""
    return tool.use or tool.category.replace("_", " ") or "no category yet"


def alternatives(uow: UnitOfWork, workspace: str, meant: Sequence[Tool], market: Market) -> list[Tool]:
    """The approved tools for the same as some tools, without these: of their policy category, first those that the
    market has for the same use.
    """
    found: dict[str, Tool] = {}
    for one in meant:
        wanted = ToolFilter(one.category, APPROVED, limit=LOOKED_AT)
        approved = uow.catalogue.search(workspace, wanted) if one.category else ()
        others = sorted((described(each, market(each.name)) for each in approved), key=lambda each: each.use != one.use)
        found |= {topic(other.name): other for other in others[: ALTERNATIVES_MOST + len(meant)]}
    asked = {topic(tool.name) for tool in meant}
    return [tool for key, tool in found.items() if key not in asked][:ALTERNATIVES_MOST]


def _named(tools: Sequence[Tool]) -> str:
    return ", ".join(f"{one.name} ({use_words(one)})" for one in tools)
