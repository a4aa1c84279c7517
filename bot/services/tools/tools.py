"""The catalogue in chat: looked through page by page, one tool changed by form, what is in use without review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.catalogue import Decided, Market, Tool, ToolStatus, topic
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.people import IT_ROLES
from bot.messages import Card, Choice, Field, FieldKind, Form, Request, Strong, say
from bot.ports import ToolFilter, UnitOfWork
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.reviews.policies import policy_in_force
from bot.services.tools.catalogue import STATUS_WORDS, find_tool
from bot.services.tools.check import tool_name
from bot.services.tools.tool_fields import MOST, UNREVIEWED, read_tool, tool_from, values_of
from bot.services.tools.tools_card import LISTED, PAGE, duplicates_card, tools_card

EDIT, FORM, TURN = "tool_edit", "tool", "tools_page"
IN_USE = (ToolStatus.APPROVED, ToolStatus.TRIAL, ToolStatus.RETIRING, ToolStatus.IN_REVIEW, ToolStatus.UNKNOWN)
COMPARED_MOST = 2000
DUPLICATES = "duplicates"
ONLY_IT = "Only the IT side or an admin can change the catalogue. Ask your liaison, or type /itcheck new-tool NAME."
NO_CATEGORY = "-"


def list_tools(desk: Desk, request: Request, which: str, page: int = 0) -> Card:
    """A page of the catalogue. `which`: a category, a status, `unreviewed` or `duplicates`; empty for all of it.

    Raises Invalid for another word.
    """
    may_edit = _may_edit(desk, request)
    with desk.look() as uow:
        policy = policy_in_force(desk, uow, request.workspace)
        if which == DUPLICATES:
            found = uow.catalogue.search(request.workspace, ToolFilter(statuses=IN_USE, limit=COMPARED_MOST))
            return duplicates_card([_with_category(tool, desk.market) for tool in found], policy)
        names = {key: category.name for key, category in policy.categories.items()} if policy else {}
        wanted = _wanted(which, names)
        tools = uow.catalogue.search(request.workspace, replace(wanted, limit=PAGE + 1, offset=page * PAGE))
    return tools_card(tools, which, page, policy, EDIT if may_edit else "")


def tool_form(desk: Desk, request: Request, name: str) -> Form:
    """The form of one tool: of the one that `name` means, else a new one. Raises NotAllowed, Invalid for no name."""
    if not _may_edit(desk, request):
        raise NotAllowed(ONLY_IT)
    asked = tool_name(name)
    with desk.look() as uow:
        tool = find_tool(uow, request.workspace, asked)
        policy = policy_in_force(desk, uow, request.workspace)
    fresh = desk.market(asked) if tool is None else None
    shown = tool or Tool(asked, fresh.category if fresh else "", fresh.website if fresh else "")
    categories = {key: one.name for key, one in policy.categories.items()} if policy else {}
    currency = policy.currency if policy else "EUR"
    return Form(
        FORM,
        "Tool of the catalogue",
        _fields(shown, categories, currency),
        submit="Save",
        context={"conversation": request.conversation, "currency": currency, "was": topic(tool.name) if tool else ""},
    )


def check_tool(values: Mapping[str, str], currency: str) -> Mapping[str, str]:
    """What is wrong with a filled form, by field."""
    return read_tool(_plain(values), currency)[1]


def save_tool(desk: Desk, request: Request) -> Card:
    """Keep what the form says; a new status is noted with who gave it, and when. Raises NotAllowed."""
    if not _may_edit(desk, request):
        raise NotAllowed(ONLY_IT)
    with desk.unit_of_work() as uow:
        policy = policy_in_force(desk, uow, request.workspace)
        currency, categories = (policy.currency, policy.categories) if policy else (request.context["currency"], {})
        tool = tool_from(_plain(request.values), currency, categories)
        keep_tool(uow, request.workspace, tool, request.actor, desk.at(), request.context.get("was", ""))
    return Card(
        text=say("{name} is in the catalogue: {status}.", name=Strong(tool.name), status=STATUS_WORDS[tool.status])
    )


def keep_tool(uow: UnitOfWork, workspace: str, tool: Tool, by: str, at: datetime, was: str = "") -> Tool:
    """Store a tool, in place of the one whose topic it `was`; who decided stays noted until the status changes.

    Raises Invalid where another tool has its name.
    """
    key = topic(tool.name)
    known = {topic(one.name): one for name in {key, was} - {""} for one in uow.catalogue.like(workspace, name)}
    if key != was and key in known:
        raise Invalid(
            f"{known[key].name} is in the catalogue already. Type /itcheck tools edit {known[key].name}.", "name"
        )
    before = known.get(was)
    same = before is not None and before.status is tool.status
    decided = before.decided if before and same else None if tool.status is ToolStatus.UNKNOWN else Decided(at, by)
    kept = replace(tool, decided=decided)
    if was and was != key:
        uow.catalogue.remove(workspace, was)
    uow.catalogue.save(workspace, kept)
    return kept


def _with_category(tool: Tool, market: Market) -> Tool:
    """A tool that nobody has put into a category is in the one the market has for it."""
    listed = market(tool.name) if not tool.category else None
    return replace(tool, category=listed.category) if listed else tool


def _may_edit(desk: Desk, request: Request) -> bool:
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        roles = uow.workspaces.roles(request.workspace)
    return bool(roles.of(who.id) & IT_ROLES) or may_set_up(who, roles)


def _wanted(which: str, names: Mapping[str, str]) -> ToolFilter:
    plain = which.lower().strip()
    if plain in {"", "all"}:
        return ToolFilter()
    if plain == UNREVIEWED:
        return ToolFilter(statuses=(ToolStatus.UNKNOWN,))
    statuses = {status.value.replace("_", " "): status for status in ToolStatus} | {s.value: s for s in ToolStatus}
    if plain in statuses:
        return ToolFilter(statuses=(statuses[plain],))
    key = next((key for key, name in names.items() if plain in {key, key.replace("_", " "), name.lower()}), "")
    key = key or next((key for key, name in names.items() if plain in name.lower()), "")
    if not key:
        raise Invalid(f"There is no category “{which[:40]}”. There are: {', '.join(names.values())}. {LISTED}")
    return ToolFilter(category=key)


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return {key: "" if value == NO_CATEGORY else value for key, value in values.items()}


def _fields(tool: Tool, categories: Mapping[str, str], currency: str) -> tuple[Field, ...]:
    filled = values_of(tool)
    offered = (Choice("Not known yet", NO_CATEGORY), *(Choice(name, key) for key, name in categories.items()))
    statuses = tuple(
        Choice(words.capitalize(), UNREVIEWED if one is ToolStatus.UNKNOWN else one.value)
        for one, words in STATUS_WORDS.items()
    )

    def line(key: str, label: str, hint: str = "") -> Field:
        return Field(key, label, value=filled[key], hint=hint, required=key == "name", most=MOST.get(key, 100))

    return (
        line("name", "Name"),
        Field("category", "Category", FieldKind.CHOICE, filled["category"] or NO_CATEGORY, choices=offered),
        Field("status", "Status", FieldKind.CHOICE, filled["status"], choices=statuses),
        line("owner", "Owner", "A mention, like @name"),
        line("website", "Website"),
        line("aliases", "Other names", "With | between them"),
        line("yearly_cost", f"Cost a year, in {currency}"),
        line("seats", "Seats"),
        Field("renews_on", "Renews on", FieldKind.DATE, filled["renews_on"]),
        line("notice_days", "Notice, days before", "I remind 120, 90 and 60 days before notice is due"),
        Field("trial_until", "Trial until", FieldKind.DATE, filled["trial_until"]),
        Field("note", "Note", FieldKind.PARAGRAPH, tool.note, "What it is for, or why it was rejected", most=1000),
    )
