"""The technology-selection policy a workspace goes by, and what it says of a request as far as that is known."""

from __future__ import annotations

from decimal import Decimal

from bot.domain.catalogue import Tool
from bot.domain.errors import NotFound
from bot.domain.people import Person, Role
from bot.domain.policy import Asked, DataClass, Policy, Requester, Ruling, ruling
from bot.domain.review import DRAFT, Edition
from bot.ports import UnitOfWork
from bot.services.desk import Desk, Rulebook

MANAGERS = frozenset({Role.MARKETING_MANAGER, Role.CMO, Role.IT_MANAGER, Role.CIO})


def policy_in_force(desk: Rulebook, uow: UnitOfWork, workspace: str) -> Policy | None:
    """The policy of a workspace: the newest that both sides signed, else the one that ships; None without any."""
    edition = uow.policies.in_force(workspace)
    return edition.policy if edition else desk.policy


def edition_in_force(desk: Desk, uow: UnitOfWork, workspace: str) -> Edition:
    """The same with its version. Raises NotFound where there is none at all."""
    edition = uow.policies.in_force(workspace)
    if edition is not None:
        return edition
    if desk.policy is None:
        raise NotFound("There is no policy yet. An admin can apply one.")
    return Edition(DRAFT, desk.policy, "", desk.at())


def edition_words(version: int) -> str:
    """What an edition is called: `policy version 3`, `draft template`."""
    return f"policy version {version}" if version != DRAFT else "draft template of the policy, which nobody has signed"


def ruling_for(policy: Policy | None, tool: Tool, asker: Requester, data: DataClass = DataClass.NONE) -> Ruling | None:
    """What a policy says of a tool, by what is known of it: its category, its cost a year, who asks.

    None where no policy is there, or the tool has none of its categories.
    """
    if policy is None or tool.category not in policy.categories:
        return None
    amount = tool.yearly.amount if tool.yearly else Decimal(0)
    return ruling(policy, Asked(tool.category, amount, data, requester=asker))


def requester_of(who: Person, roles: frozenset[Role]) -> Requester:
    """As whom the policy sees somebody: guests are agencies."""
    if who.is_guest:
        return Requester.AGENCY
    return Requester.MANAGER if roles & MANAGERS else Requester.MARKETER


def category_words(policy: Policy | None, key: str) -> str:
    """The name of a category of the policy; of an unknown one, its key in words."""
    category = policy.categories.get(key) if policy else None
    return category.name if category else key.replace("_", " ")


def band_words(policy: Policy | None, tool: Tool) -> str:
    """The band of a tool's yearly cost: `1,000 to 10,000 EUR a year`; empty if it is not known."""
    if tool.yearly is None:
        return ""
    limits = [band.below for band in policy.bands if band.below is not None] if policy else []
    amount, currency = tool.yearly.amount, tool.yearly.currency
    if not amount:
        return "free"
    below = next((limit for limit in limits if amount < limit), None)
    from_ = next((limit for limit in reversed(limits) if amount >= limit), None)
    if below is None and from_ is None:
        return f"{tool.yearly} a year"
    if below is None:
        return f"{from_:,f} {currency} or more a year"
    return f"{from_:,f} to {below:,f} {currency} a year" if from_ else f"below {below:,f} {currency} a year"
