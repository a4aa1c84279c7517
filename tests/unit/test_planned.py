"""Entries of the campaign calendar: as they are written, and what does not go together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.conflicts import Clash, allowed, conflicts
from bot.domain.planned import Planned, PlannedKind, campaign_in_calendar
from bot.domain.ticket import State
from bot.services.calendar.planned_fields import read_planned, values_of
from tests.support.samples import DAY, HOUR, NOW, a_ticket

BERLIN = ZoneInfo("Europe/Berlin")
CAMPAIGN, FREEZE, LAUNCH = PlannedKind.CAMPAIGN, PlannedKind.FREEZE, PlannedKind.LAUNCH
WRITTEN = {"kind": "freeze", "name": "Black Friday", "start": "2026-11-27", "end": "2026-11-30"}


def an_entry(kind: PlannedKind, name: str, start: datetime = NOW, length: timedelta = HOUR, **given: Any) -> Planned:
    return Planned(kind, name, start, start + length, **({"key": name} | given))


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ({}, "2026-11-26T23:00", "2026-11-30T23:00"),
        ({"end": ""}, "2026-11-26T23:00", "2026-11-27T23:00"),
        ({"start": "2026-11-27 08:30", "end": ""}, "2026-11-27T07:30", "2026-11-27T08:30"),
        ({"start": "2026-11-27T08:30-05:00", "end": "2026-11-27 23:00Z"}, "2026-11-27T13:30", "2026-11-27T23:00"),
        ({"start": "2027-03-28", "end": "2027-03-28"}, "2027-03-27T23:00", "2027-03-28T22:00"),
    ],
)
def test_times_are_those_of_the_zone_days_count_whole(written: dict[str, str], start: str, end: str) -> None:
    one, faults = read_planned(WRITTEN | written, BERLIN)
    assert faults == {}
    assert one is not None
    assert (one.start, one.end) == tuple(datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (start, end))


@pytest.mark.parametrize(
    ("written", "field", "said"),
    [
        ({"kind": "party"}, "kind", "There are: campaign, freeze"),
        ({"name": "  "}, "name", "name"),
        ({"name": "x" * 151}, "name", "at most 150"),
        ({"start": "27.11."}, "start", "no time I understand"),
        ({"start": "2026-02-30"}, "start", "no time I understand"),
        ({"start": "2026-11-27 25:00"}, "start", "no time I understand"),
        ({"start": "0001-01-01", "end": ""}, "start", "can't be meant"),
        ({"end": "2026-11-01"}, "end", "ends before it begins"),
        ({"end": "2036-11-30"}, "end", "more than 400 days"),
        ({"site": "the shop"}, "site", "no site"),
        ({"grants": "Dana from IT"}, "grants", "Write a mention"),
    ],
)
def test_what_cannot_be_is_said_by_field(written: dict[str, str], field: str, said: str) -> None:
    one, faults = read_planned(WRITTEN | written, BERLIN)
    assert one is None
    assert list(faults) == [field]
    assert said in faults[field]


def test_an_entry_is_written_as_it_is_read() -> None:
    told = {"site": "https://www.Shop.example/sale", "owner": "<@U1|dana>", "grants": "@U2", "tool": "Klaviyo"}
    for times in ({}, {"start": "2026-11-27 08:00", "end": "2026-11-28 09:15"}):
        one, _ = read_planned(WRITTEN | told | times, BERLIN)
        assert one is not None
        written = values_of(one, BERLIN)
        assert (written["site"], written["owner"], written["grants"]) == ("shop.example", "@U1", "@U2")
        assert read_planned(written, BERLIN) == (one, {})


CAMPAIGNS = [
    ({}, "2026-11-26T23:00", "2026-11-27T23:00", True),
    ({"time": "18:00"}, "2026-11-27T17:00", "2026-11-27T23:00", False),
    ({"time": "18:00", "window": "2 days"}, "2026-11-27T17:00", "2026-11-29T17:00", False),
    ({"time": "soon", "window": "0"}, "2026-11-26T23:00", "2026-11-27T23:00", True),
]


@pytest.mark.parametrize(("facts", "start", "end", "is_day"), CAMPAIGNS)
def test_a_campaign_takes_what_is_left_of_its_first_day(
    facts: dict[str, str], start: str, end: str, is_day: bool
) -> None:
    ticket = a_ticket(kind="campaign", number=7, title="Sale", starts_on=date(2026, 11, 27), facts=facts)
    one = campaign_in_calendar(ticket, BERLIN, "shop.example")
    assert one is not None
    assert (f"{one.start:%Y-%m-%dT%H:%M}", f"{one.end:%Y-%m-%dT%H:%M}", one.is_day) == (start, end, is_day)
    assert (one.key, one.ticket, one.site) == ("IT-7", 7, "shop.example")


def test_a_campaign_that_was_withdrawn_or_has_no_day_is_not_in_the_calendar() -> None:
    ticket = a_ticket(kind="campaign", starts_on=date(2026, 11, 27))
    assert campaign_in_calendar(replace(ticket, state=State.WITHDRAWN), BERLIN, "") is None
    assert campaign_in_calendar(replace(ticket, starts_on=None), BERLIN, "") is None


SHOP: dict[str, Any] = {"site": "shop.example"}
BLOG: dict[str, Any] = {"site": "blog.example"}
FROZEN = an_entry(FREEZE, "stop", NOW - DAY, 3 * DAY, **SHOP)
CONFLICTS: dict[str, tuple[list[Planned], list[tuple[Clash, str]]]] = {
    "nothing planned": ([], []),
    "a campaign in a freeze": ([FROZEN, an_entry(CAMPAIGN, "a", **SHOP)], [(Clash.IN_FREEZE, "a")]),
    "a campaign whose site nobody knows": ([FROZEN, an_entry(CAMPAIGN, "a")], [(Clash.IN_FREEZE, "a")]),
    "a freeze of another site": ([FROZEN, an_entry(CAMPAIGN, "a", **BLOG)], []),
    "a freeze of all sites": ([replace(FROZEN, site=""), an_entry(CAMPAIGN, "a", **BLOG)], [(Clash.IN_FREEZE, "a")]),
    "it begins as the freeze ends": ([FROZEN, an_entry(CAMPAIGN, "a", FROZEN.end, **SHOP)], []),
    "a launch in maintenance": (
        [an_entry(PlannedKind.MAINTENANCE, "patch"), an_entry(LAUNCH, "a", NOW + HOUR / 2)],
        [(Clash.IN_MAINTENANCE, "a")],
    ),
    "two campaigns in the same hours": (
        [an_entry(CAMPAIGN, "a", **SHOP), an_entry(CAMPAIGN, "b", NOW + HOUR / 2, **SHOP)],
        [(Clash.SAME_HOURS, "b")],
    ),
    "one after the other": (
        [an_entry(CAMPAIGN, "a", **SHOP), an_entry(CAMPAIGN, "b", NOW + HOUR, **SHOP)], [],
    ),
    "two of whom nobody knows the site": ([an_entry(CAMPAIGN, "a"), an_entry(CAMPAIGN, "b")], []),
    "two with one name": (
        [an_entry(CAMPAIGN, "The Sale", key="1"), an_entry(CAMPAIGN, "the sale", NOW + DAY, key="2")],
        [(Clash.SAME_NAME, "the sale")],
    ),
    "a launch without its tool": ([an_entry(LAUNCH, "a", tool="Klaviyo")], [(Clash.NO_TOOL, "a")]),
    "a launch with its tool": ([an_entry(LAUNCH, "a", tool="Mailchimp")], []),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFLICTS)
def test_what_does_not_go_together_is_found(name: str) -> None:
    planned, expected = CONFLICTS[name]
    for order in (planned, planned[::-1]):
        found = conflicts(order, lambda tool: tool == "Mailchimp")
        assert [(one.what, one.one.name) for one in found] == expected


def test_an_exception_that_was_granted_is_no_conflict() -> None:
    found = conflicts([FROZEN, an_entry(CAMPAIGN, "a", **SHOP)], bool)
    assert allowed(found, {("a", "stop")}) == []
    assert allowed(found, {("b", "stop")}) == found
