"""An item in its launch has a call a week, with what is open before it and what waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.people import Side
from bot.domain.roadmap import ItemStatus
from bot.domain.roadmap_edition import Draft
from bot.services.roadmap.launch_calls import post_launch_calls
from tests.builders import GENERAL, LIAISON, MARKETER, MARKETING, Office, a_campaign, a_channel, an_office
from tests.support.roadmaps import a_road_map, an_item
from tests.support.roadmaps_in_chat import draft

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
LAUNCHING = an_item(
    2, -20, 32, status=ItemStatus.LAUNCH, needs=("RM-1",), serves=(1,), owners={Side.IT: f"@{LIAISON}"}, need="New shop"
)


@pytest.fixture
def office() -> Office:
    """A road map of which one item is in its launch; a campaign waits for it."""
    office = an_office()
    office.says(MARKETER, "Our mailing goes out", a_campaign("Spring sale", date(2026, 12, 9)))
    draft(office, Draft(a_road_map(an_item(1, 0, 9), LAUNCHING, an_item(3))))
    return office


def calls(office: Office, at: datetime) -> list[str]:
    """The launch calls in the channel, once they are looked for at a time."""
    office.wait(seconds=(at - office.clock.at).total_seconds())
    post_launch_calls(office.desk)
    office.run()
    return [told for told in office.channel() if "Launch call" in told]


def test_it_says_when_what_is_open_and_who_waits(office: Office) -> None:
    (told,) = calls(office, MONDAY)
    assert told.splitlines() == [
        "🚀 Launch call · RM-2 New shop",
        "To be live by Fri 4 Dec 2026, in 4 days. IT: @liaison",
        "Open before it",
        "RM-1 Need 1: planned",
        "Waiting for it",
        "IT-1 Spring sale: assigned, begins Wed 9 Dec",
        "To be answered",
        "What must be done before the day, and who does it?",
        "What could stop it, and what then: go back, or go later?",
        "Who is on call, and who tells customers and colleagues?",
        "Every week until it is done: /itcheck roadmap edit RM-2",
    ]


def test_it_comes_once_a_week_until_the_launch_is_over(office: Office) -> None:
    first = len(calls(office, MONDAY))
    assert len(calls(office, MONDAY.replace(hour=15))) == first == 1
    assert "3 days ago" in calls(office, datetime(2026, 12, 7, 9, tzinfo=UTC))[-1]
    draft(office, draft(office).put(replace(LAUNCHING, status=ItemStatus.DONE)))
    assert len(calls(office, datetime(2026, 12, 14, 9, tzinfo=UTC))) == 2


def test_one_missed_by_more_than_two_days_is_not_posted(office: Office) -> None:
    assert calls(office, datetime(2026, 12, 3, 9, tzinfo=UTC)) == []


def test_it_comes_to_the_channel_whose_liaison_owns_the_item(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(id=MARKETING, liaison="UOTHER"))
        uow.workspaces.save_channel(a_channel(id=GENERAL, name="general", liaison=LIAISON))
    assert calls(office, MONDAY) == []
    assert sum("Launch call · RM-2" in told for told in office.channel(GENERAL)) == 1
