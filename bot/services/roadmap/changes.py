"""What differs between two road maps, as people read it: a line a change, people by mention."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_diff import Change, differences
from bot.messages import Button, Card, Line, Mention, Section, Style, Text, say
from bot.services.long_lists import first_lines
from bot.services.roadmap.roadmap import View

SHOWN_MOST = 20
SUBMIT = "roadmap_submit"
_PERSON = re.compile(r"(@[\w-]+)")


def changes_of(view: View) -> tuple[Change, ...]:
    """What the draft changes against what was signed."""
    return differences(view.agreed, view.road_map, view.draft.reasons)


def change_lines(changes: Sequence[Change], view: View) -> tuple[Line, ...]:
    """A line each, the most that fit; what is left out is counted."""
    return lines_between(changes, view.agreed, view.road_map)


def lines_between(changes: Sequence[Change], old: RoadMap, new: RoadMap) -> tuple[Line, ...]:
    """The same between any two road maps, whose owners and sponsors are mentioned."""
    people = {*_people(old), *_people(new)}
    return first_lines(changes, SHOWN_MOST, lambda one: Line(with_people(str(one), people)))


def with_people(words: str, people: Collection[str]) -> Text:
    """Some words in which these people (`@ID`), and nobody else, are mentioned."""
    parts = (part for part in _PERSON.split(words) if part)
    return tuple(Mention(part.removeprefix("@")) if part in people else part for part in parts)


def changes_card(view: View, changes: Sequence[Change], *, keeper: bool, pending: Sequence[Line] = ()) -> Card:
    """What the draft changes, with the button that puts it before both sides. pending: who still has to sign."""
    lines, signed = change_lines(changes, view), view.signed
    against = f"Against revision {signed.number}, which both sides signed:" if signed else "Nothing was signed yet:"
    none = f"The draft says what revision {signed.number} says." if signed else "The draft is empty."
    sections = (Section("", lines), Section("Waits for", tuple(pending)))
    return Card(
        title="✎ Changes in the draft",
        text=(against,) if lines else (none,),
        sections=tuple(one for one in sections if one.lines),
        buttons=(Button("Put it before both sides", SUBMIT, "", Style.PRIMARY),) if lines and keeper else (),
        note=say("It holds once the marketing manager and the IT manager have both signed it. Only you can see this."),
    )


def reasons_in(reasons: Mapping[str, str], changes: Sequence[Change]) -> dict[str, str]:
    """The reasons of these changes alone."""
    return {one.key: reasons[one.key] for one in changes if one.key in reasons}


def _people(road_map: RoadMap) -> set[str]:
    named = (person for one in road_map.items for person in (*one.owners.values(), *one.sponsors.values()))
    return {person for person in named if person.startswith("@")}
