"""What the catalogue knows of the tools a request names: their status, and what is approved for the same already."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Market, Tool, ToolStatus, domain, resolve, spellings, topic
from bot.domain.ticket import Ticket
from bot.ports import UnitOfWork

KNOWN, OWNER, INSTEAD = "catalogue", "catalogue_owner", "approved_instead"
KEYS = (KNOWN, OWNER, INSTEAD)  # facts of a ticket that come from the catalogue, never from a person
ALTERNATIVES_MOST = 3
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
    known = [tool for name in names if (tool := _in_catalogue(uow, workspace, name))]
    meant = [tool for name in names if (tool := _in_catalogue(uow, workspace, name) or market(name))]
    facts = {
        KNOWN: "; ".join(f"{tool.name}: {STATUS_WORDS[tool.status]}" for tool in known),
        OWNER: known[0].owner if len(known) == 1 else "",
        INSTEAD: ", ".join(_alternatives(uow, workspace, meant)),
    }
    return {key: value for key, value in facts.items() if value}


def look_up_again(uow: UnitOfWork, ticket: Ticket, market: Market) -> None:
    """A renamed ticket for a tool takes what is known of the new name, and its topic."""
    own = {key: value for key, value in ticket.facts.items() if key not in KEYS}
    ticket.facts = {**own, **known_facts(uow, ticket.workspace, ticket.title, market)}
    ticket.topic = canonical_topic(uow, ticket.workspace, ticket.title, market)


def canonical_topic(uow: UnitOfWork, workspace: str, title: str, market: Market) -> str:
    """The topic of the tool a title means, so that its aliases and addresses are one request.

    A misspelling counts only for tools of the company: among thousands, one slip may well be another tool.
    """
    tool = _in_catalogue(uow, workspace, title)
    if tool is None:
        listed = market(title)
        tool = listed if listed is not None and topic(title) in spellings(listed) else None
    return topic(tool.name if tool else title)


def _in_catalogue(uow: UnitOfWork, workspace: str, name: str) -> Tool | None:
    meant = domain(name) if "/" in name and " " not in name else name  # of an address, whose site it is
    key = topic(meant)
    return resolve(meant, uow.catalogue.like(workspace, key)) if key else None


def _alternatives(uow: UnitOfWork, workspace: str, meant: list[Tool]) -> list[str]:
    """Approved tools of the same categories, with what they are approved for; not the ones asked for."""
    asked = {topic(tool.name) for tool in meant}
    found: dict[str, str] = {}
    for category in dict.fromkeys(tool.category for tool in meant if tool.category):
        for tool in uow.catalogue.of_category(workspace, category):
            if tool.status is ToolStatus.APPROVED and topic(tool.name) not in asked:
                found.setdefault(tool.name, f"{tool.name} ({category})")
    return list(found.values())[:ALTERNATIVES_MOST]
