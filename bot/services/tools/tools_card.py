"""How the catalogue looks in chat: a short line a tool, and which tools do the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.money import Money
from bot.domain.policy import Policy
from bot.messages import Button, Card, Code, Line, Mention, Section, Strong, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.intake.intake import shorten
from bot.services.reviews.policies import category_words
from bot.services.tools.catalogue import STATUS_WORDS

PAGE = 8
DUPLICATES_MOST, NAMES_MOST = 10, 6
LISTED = "You can also type unreviewed, duplicates, or a status such as trial."
NOTHING = "Nothing there yet. IT adds a tool with {how}."


def tools_card(tools: Sequence[Tool], which: str, page: int, policy: Policy | None, edit: str) -> Card:
    """A page of tools, under their categories. `tools`: one more than a page if there are more; `edit`: the action."""
    if not tools:
        return Card(text=say(NOTHING, how=Code("/itcheck tools add NAME")))
    sections: dict[str, list[Line]] = {}
    for tool in tools[:PAGE]:
        name = category_words(policy, tool.category) if tool.category else "Category not known yet"
        sections.setdefault(name, []).append(_line(tool, edit))
    return Card(
        title=f"🗂️ Tools{f': {which}' if which else ''}",
        sections=tuple(Section(name, tuple(lines)) for name, lines in sections.items()),
        buttons=_pager(which, page, len(tools) > PAGE),
        note=say("Which do the same? {how} Only you can see this.", how=Code("/itcheck tools duplicates")),
    )


def duplicates_card(tools: Sequence[Tool], policy: Policy | None) -> Card:
    """The categories with more than one tool in use or asked for, the dearest together first."""
    by_category: dict[str, list[Tool]] = {}
    for tool in tools:
        if tool.category:
            by_category.setdefault(tool.category, []).append(tool)
    several = {key: found for key, found in by_category.items() if len(found) > 1}
    if not several:
        return Card(text=say("No category has more than one tool in use or asked for."))
    dearest = sorted(several, key=lambda key: (-_together(several[key]), key))
    lines = tuple(_same(category_words(policy, key), several[key]) for key in dearest[:DUPLICATES_MOST])
    return Card(title="🗂️ Tools for the same", sections=(Section("", lines),), note=say("Only you can see this."))


def _line(tool: Tool, edit: str) -> Line:
    owner: Text = (", ", Mention(tool.owner)) if tool.owner else (", no owner",)
    until = f" until {day_words(tool.trial_until)}" if tool.trial_until and tool.status is ToolStatus.TRIAL else ""
    status = "not reviewed" if tool.status is ToolStatus.UNKNOWN else STATUS_WORDS[tool.status]
    more = [
        *([f"{tool.yearly} a year"] if tool.yearly else []),
        *([f"renews {day_words(tool.renews_on)} {tool.renews_on:%Y}"] if tool.renews_on else []),
    ]
    text = say(
        "{name} — {status}{owner}{more}",
        name=Strong(shorten(tool.name, 60)),
        status=f"{status}{until}",
        owner=owner,
        more="".join(f", {each}" for each in more),
    )
    return Line(text, Button("Edit", edit, tool.name[:150]) if edit else None)


def _same(category: str, tools: Sequence[Tool]) -> Line:
    names = ", ".join(f"{tool.name}{_standing(tool)}" for tool in tools[:NAMES_MOST])
    more = f" and {len(tools) - NAMES_MOST} more" if len(tools) > NAMES_MOST else ""
    total, currency = _together(tools), next((tool.yearly.currency for tool in tools if tool.yearly), "")
    cost = f" — {Money(total, currency)} a year together" if total else ""
    return Line(say("{category}: {names}{cost}", category=Strong(category), names=f"{names}{more}", cost=cost))


def _standing(tool: Tool) -> str:
    """Why a tool stands here that nobody has approved."""
    if tool.status is ToolStatus.UNKNOWN:
        return " (not reviewed)"
    return "" if tool.status is ToolStatus.APPROVED else f" ({STATUS_WORDS[tool.status]})"


def _together(tools: Sequence[Tool]) -> Decimal:
    return sum((tool.yearly.amount for tool in tools if tool.yearly), Decimal(0))


def _pager(which: str, page: int, more: bool) -> tuple[Button, ...]:
    back = (Button("← Back", "tools_page", f"{which}:{page - 1}"),) if page else ()
    return (*back, Button("More →", "tools_page", f"{which}:{page + 1}")) if more else back
