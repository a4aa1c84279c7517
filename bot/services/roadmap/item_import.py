"""Road map items from and to sheets: all of it or nothing, every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import Invalid
from bot.domain.roadmap import PREFIX, Item, RoadMap, number_in
from bot.domain.roadmap_edition import Draft
from bot.ports import UnitOfWork
from bot.services.calendar.planned_import import refuse
from bot.services.roadmap.item_fields import COLUMNS, NEEDED, key_in, read_item, values_of

Lines = Sequence[tuple[int, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class ItemsImported:
    """How many items a file added, changed, left as they were."""

    added: int
    changed: int
    same: int


def import_items(uow: UnitOfWork, workspace: str, lines: Lines) -> ItemsImported:
    """Take a file over into the draft: its lines with their numbers, by column. An `id` that is known changes that
    item, where a column that is not there leaves what was; what the file does not name stays.

    Raises Invalid with every fault and its line, and changes nothing then.
    """
    draft = uow.roadmap_drafts.get(workspace)
    refuse(_wrong_columns(lines))
    rows = [(number, {_column(name): value for name, value in cells.items()}) for number, cells in lines]
    keys, faults = _keys(rows, draft.road_map)
    fresh, more = _items(rows, keys, draft.road_map)
    refuse([*faults, *more])
    newer = _put(draft, fresh, rows, keys)
    known = draft.road_map.by_key
    changed = [one for one in fresh if known.get(one.key) != one]
    if changed:
        uow.roadmap_drafts.save(workspace, newer)
    added = sum(one.key not in known for one in fresh)
    return ItemsImported(added, len(changed) - added, len(fresh) - len(changed))


def export_items(road_map: RoadMap) -> list[dict[str, str]]:
    """The rows of a road map, by rank."""
    return [values_of(one) for one in road_map.ranked]


def _items(
    rows: Sequence[tuple[int, dict[str, str]]], keys: Mapping[int, str], road_map: RoadMap
) -> tuple[list[Item], list[str]]:
    """The items of the rows, and what is wrong with them."""
    labels = {row.get("id", "").strip().upper(): keys[number] for number, row in rows if row.get("id", "").strip()}
    known = {**road_map.by_key, **dict.fromkeys(keys.values())}
    found: list[Item] = []
    faults: list[str] = []
    for number, row in rows:
        before = road_map.by_key.get(keys[number])
        one, wrong = read_item((values_of(before) if before else {}) | row, keys[number], road_map.currency)
        if one is not None:
            one = replace(one, needs=tuple(labels.get(need, labels.get(_bare(need), need)) for need in one.needs))
            unknown = [need for need in one.needs if need not in known]
            wrong |= {"needs": f"{unknown[0][:20]} is not on the road map."} if unknown else {}
            found.append(one)
        faults += [f"line {number}, {column}: {words}" for column, words in wrong.items()]
    return found, faults


def _put(
    draft: Draft, fresh: Sequence[Item], rows: Sequence[tuple[int, dict[str, str]]], keys: Mapping[int, str]
) -> Draft:
    """The draft with these items and why they were changed. Raises Invalid for a cycle, with the lines in it."""
    why = {keys[number]: " ".join(row.get("why", "").split()) for number, row in rows}
    try:
        newer = draft.put(*fresh)
    except Invalid as error:
        places = [f"line {number}" for number, _ in rows if keys[number] in error.words.replace(".", "").split()]
        refuse([f"{', '.join(places)}, needs: {error.words}"])
        raise
    changed = {one.key for one in fresh if draft.road_map.by_key.get(one.key) != one}
    given = {key: words for key, words in why.items() if words and key in changed}
    return replace(newer, reasons={**newer.reasons, **given})


def _keys(rows: Sequence[tuple[int, dict[str, str]]], road_map: RoadMap) -> tuple[dict[int, str], list[str]]:
    """The key of each line: the one it names if that is one of ours, else the next that is free."""
    found: dict[int, str] = {}
    faults: list[str] = []
    named: dict[str, int] = {}
    for number, row in rows:
        label = key_in(row.get("id", ""))
        if label and label in named:
            faults.append(f"line {number}, id: the same as in line {named[label]}.")
        named.setdefault(label, number)
        if number_in(label):
            found[number] = label
    following = max([road_map.next_number - 1, *(number_in(key) for key in found.values())])
    for number, _ in rows:
        if number not in found:
            following += 1
            found[number] = f"{PREFIX}{following}"
    return found, faults


def _bare(need: str) -> str:
    """A label that is a mere number, which was taken for a key."""
    return need.removeprefix(PREFIX)


def _wrong_columns(lines: Lines) -> list[str]:
    if not lines:
        return ["The file has no items."]
    columns: dict[str, int] = {}
    for number, cells in lines:
        for name in cells:
            columns.setdefault(_column(name), number)
    strange = sorted(set(columns) - set(COLUMNS), key=lambda name: (columns[name], name))
    faults = [f"line {columns[name]}: there is nothing called “{name[:40]}” here." for name in strange]
    missing = [name for name in NEEDED if name not in columns and "id" not in columns]
    return faults or [f"line 1: there must be a column “{name}”." for name in missing]


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_")
