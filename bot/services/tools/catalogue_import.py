"""The catalogue from and to a sheet: all of it or nothing, every fault with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.catalogue import Decided, Tool, ToolStatus, topic
from bot.domain.errors import Invalid
from bot.domain.policy import Policy
from bot.ports import ToolFilter, UnitOfWork
from bot.services.tools.tool_fields import COLUMNS, read_tool, values_of

ALL = ToolFilter(limit=1_000_000)
FAULTS_TOLD = 20
CURRENCY = "EUR"  # where no policy says another

Lines = Sequence[tuple[int, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many tools a sheet added, changed, and left as they were."""

    added: int
    changed: int
    same: int


def import_tools(
    uow: UnitOfWork, workspace: str, lines: Lines, policy: Policy | None, at: datetime, by: str = ""
) -> Imported:
    """Take a sheet over: its lines with their numbers, by column. What a sheet has no column for stays as it was.

    Raises Invalid with every fault and its line, and changes nothing then.
    """
    known = {topic(tool.name): tool for tool in uow.catalogue.search(workspace, ALL)}
    tools = _tools(lines, known, policy)
    fresh = [_decided(tool, known.get(key), at, by) for key, tool in tools.items()]
    changed = [tool for tool in fresh if known.get(topic(tool.name)) != tool]
    uow.catalogue.save(workspace, *changed)
    added = sum(key not in known for key in tools)
    return Imported(added, len(changed) - added, len(fresh) - len(changed))


def export_tools(uow: UnitOfWork, workspace: str) -> list[dict[str, str]]:
    """The rows of the whole catalogue, by category and name."""
    return [values_of(tool) for tool in uow.catalogue.search(workspace, ALL)]


def _tools(lines: Lines, known: Mapping[str, Tool], policy: Policy | None) -> dict[str, Tool]:
    faults = _wrong_columns(lines)
    found: dict[str, tuple[int, Tool]] = {}
    for number, cells in () if faults else lines:
        row = _named(cells, policy)
        before = known.get(topic(row.get("name", "")))
        filled = (values_of(before) if before else {}) | row
        tool, wrong = read_tool(filled, policy.currency if policy else CURRENCY, _keys(policy))
        faults += [f"line {number}, {column}: {words}" for column, words in wrong.items()]
        if tool is not None and (key := topic(tool.name)) in found:
            faults.append(f"line {number}, name: the same tool as in line {found[key][0]}.")
        elif tool is not None:
            found[key] = (number, tool)
    if faults:
        more = len(faults) - FAULTS_TOLD
        told = [*faults[:FAULTS_TOLD], *([f"and {more} more"] if more > 0 else [])]
        raise Invalid("\n".join(["Nothing was imported.", *told]))
    return {key: tool for key, (_, tool) in found.items()}


def _wrong_columns(lines: Lines) -> list[str]:
    if not lines:
        return ["The sheet has no lines."]
    columns = {_column(name) for name in lines[0][1]}
    faults = [f"line 1: there is no column “{name[:40]}”." for name in sorted(columns - set(COLUMNS))]
    return faults or ([] if "name" in columns else ["line 1: there must be a column “name”."])


def _named(cells: Mapping[str, str], policy: Policy | None) -> dict[str, str]:
    """The cells by column; a category may be written by its name."""
    row = {_column(name): value for name, value in cells.items()}
    names = {category.name.casefold(): key for key, category in policy.categories.items()} if policy else {}
    written = row.get("category", "")
    return row | {"category": names.get(written.casefold(), written)} if "category" in row else row


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _keys(policy: Policy | None) -> Collection[str]:
    return policy.categories if policy else ()


def _decided(tool: Tool, before: Tool | None, at: datetime, by: str) -> Tool:
    """The tool with who decided about it: as noted before, unless its status is new."""
    if before is not None and before.status is tool.status:
        return replace(tool, decided=before.decided)
    return replace(tool, decided=None if tool.status is ToolStatus.UNKNOWN else Decided(at, by))
