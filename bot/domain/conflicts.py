"""What in the campaign calendar does not go together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalogue import topic
from bot.domain.planned import Planned, PlannedKind

CLOSED = {PlannedKind.FREEZE, PlannedKind.MAINTENANCE}


class Clash(StrEnum):
    """What is wrong with one or two entries."""

    IN_FREEZE = "in a freeze"
    IN_MAINTENANCE = "in maintenance"
    SAME_HOURS = "same hours on the same site"
    SAME_NAME = "two with one name"
    NO_TOOL = "a launch without its tool"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is wrong with an entry, and with which other one."""

    what: Clash
    one: Planned
    other: Planned | None = None


def conflicts(planned: Sequence[Planned], is_ready: Callable[[str], bool]) -> list[Conflict]:
    """All conflicts, by the start of the entry they are about. is_ready(tool): whether a launch can have its tool.

    One sweep in the order of starts: only what is still on is compared with what begins.
    """
    found = [*_meetings(planned), *_namesakes(planned)]
    found += [
        Conflict(Clash.NO_TOOL, one)
        for one in planned
        if one.kind is PlannedKind.LAUNCH and one.tool and not is_ready(one.tool)
    ]
    return sorted(found, key=lambda each: (each.one.start, each.one.name, each.what))


def allowed(found: Sequence[Conflict], granted: Collection[tuple[str, str]]) -> list[Conflict]:
    """Those that nobody allowed. granted: (key of the campaign, key of the freeze)."""
    return [
        one
        for one in found
        if one.what is not Clash.IN_FREEZE or one.other is None or (one.one.key, one.other.key) not in granted
    ]


def concerns(closed: Planned, campaign: Planned) -> bool:
    """Whether a freeze or maintenance may touch a campaign: a site that nobody named may be any."""
    return closed.is_for_all_sites or not campaign.site or closed.site == campaign.site


def _meetings(planned: Sequence[Planned]) -> Iterator[Conflict]:
    running: list[Planned] = []
    for one in sorted(planned, key=lambda each: (each.start, each.key)):
        running = [other for other in running if other.end > one.start]
        for other in running:
            yield from _meeting(other, one)
        running.append(one)


def _meeting(first: Planned, second: Planned) -> Iterator[Conflict]:
    for one, other in ((first, second), (second, first)):
        if one.kind in {PlannedKind.CAMPAIGN, PlannedKind.LAUNCH} and other.kind in CLOSED and concerns(other, one):
            frozen = other.kind is PlannedKind.FREEZE
            yield Conflict(Clash.IN_FREEZE if frozen else Clash.IN_MAINTENANCE, one, other)
    campaigns = first.kind is second.kind is PlannedKind.CAMPAIGN
    if campaigns and first.site and first.site == second.site:
        yield Conflict(Clash.SAME_HOURS, second, first)


def _namesakes(planned: Sequence[Planned]) -> Iterator[Conflict]:
    known: dict[str, Planned] = {}
    for one in sorted(planned, key=lambda each: (each.start, each.key)):
        name = topic(one.name)
        if one.kind is not PlannedKind.CAMPAIGN or not name:
            continue
        if name in known:
            yield Conflict(Clash.SAME_NAME, one, known[name])
        else:
            known[name] = one
