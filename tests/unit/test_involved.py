"""How early IT was involved in tools and campaigns, from the event log, each figure with its tickets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.charts import Bars
from bot.domain.events import Event, What
from bot.domain.involvement import Share, ToolInvolvement, before_the_decision, vendor_fixed_at
from bot.domain.project import Actual, Project
from bot.messages import ThreadLink
from tests.builders import LIAISON, MARKETER, MARKETING, MONDAY_NINE, TEAM, Office, a_campaign, a_channel, an_office
from tests.support.samples import DAY, HOUR, NOW


@pytest.mark.parametrize(
    ("events", "fixed_at"),
    [
        ([Event(What.OPENED, NOW, data={"stage": "Chosen"})], NOW),
        ([Event(What.OPENED, NOW, data={"stage": "Just an idea"})], None),
        ([Event(What.OPENED, NOW), Event(What.CHANGED, NOW + DAY, data={"stage": "Bought or in use"})], NOW + DAY),
        ([Event(What.OPENED, NOW), Event(What.DECIDED, NOW + DAY)], NOW + DAY),
        ([Event(What.OPENED, NOW), Event(What.RESOLVED, NOW + DAY), Event(What.DECIDED, NOW + 2 * DAY)], NOW + DAY),
        (
            [
                Event(What.OPENED, NOW),
                Event(What.DECIDED, NOW + DAY),
                Event(What.CHANGED, NOW + 2 * DAY, data={"stage": "Chosen"}),
            ],
            NOW + DAY,
        ),
        ([Event(What.OPENED, NOW), Event(What.NOTED, NOW, data={"stage": "Chosen"})], None),
        ([], None),
    ],
)
def test_a_vendor_is_fixed_when_it_was_said_else_decided_else_closed(events: list[Event], fixed_at: object) -> None:
    assert vendor_fixed_at(events) == fixed_at


def test_before_the_decision_is_before_its_moment() -> None:
    found = [ToolInvolvement(number, NOW, NOW + number * 20 * HOUR) for number in (0, 1, 4)]
    assert [one.lead_days for one in found] == [0, 0, 3]
    assert before_the_decision(found) == Share(2, 3)


def a_month() -> Office:
    """November: a tool that was an idea first, one bought before anybody said so, and a campaign that came late."""
    office = an_office()
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(id="C-web", name="web"))
    office.chat.rooms["C-web"], office.chat.names["C-web"] = office.chat.rooms[MARKETING], "web"
    office.submits(MARKETER, "new_tool", {"name": "Ideal", "stage": "Just an idea"}, conversation=MARKETING)
    office.submits(MARKETER, "new_tool", {"name": "Bought", "stage": "Bought or in use"}, conversation="C-web")
    office.submits(MARKETER, "new_tool", {"name": "Open", "stage": "Comparing some"}, conversation=MARKETING)
    office.says(MARKETER, "one", a_campaign("Late", date(2026, 11, 30)))
    office.wait(days=4)
    values = {"name": "Ideal", "stage": "Chosen"}
    office.submits(MARKETER, "details", values, ticket="IT-1", kind="new_tool", conversation=MARKETING)
    return office


def test_the_report_tells_shares_by_month_and_team_and_links_the_tickets() -> None:
    office = a_month()
    office.types(LIAISON, "involvement")
    told = office.whispers(LIAISON)[-1].splitlines()
    assert told[:4] == [
        "📊 IT involved · November 2026",
        "IT was in before the decision with 1 of 2 (50 %) of the tools, 4 days before on average. "
        "It knew of 0 of 1 (0 %) of the campaigns in time.",
        "Month by month",
        "November 2026: tools before the decision 1 of 2 (50 %) IT-1, after it IT-2 · "
        "campaigns in time 0 of 1 (0 %), late IT-4",
    ]
    assert told[4:7] == [
        "By team, November 2026",
        "#C-marketing: tools before the decision 1 of 1 (100 %) IT-1 · campaigns in time 0 of 1 (0 %), late IT-4",
        "#C-web: tools before the decision 0 of 1 (0 %), after it IT-2",
    ]
    card = next(one.card for one in reversed(office.chat.said) if one.only_for == LIAISON)
    links = {span.label for line in card.sections[0].lines for span in line.text if isinstance(span, ThreadLink)}
    assert links == {"IT-1", "IT-2", "IT-4"}


def test_its_picture_and_its_sheet_come_directly() -> None:
    office = a_month()
    office.types(LIAISON, "involvement november")
    cards = [one.card for one in office.posts(office.chat.direct(LIAISON))]
    (chart,) = [one.picture.chart for one in cards if one.picture]
    assert isinstance(chart, Bars)
    assert [(bar.group, bar.part, bar.value) for bar in chart.bars] == [
        ("Nov 2026", "tools: before the decision", 50.0),
        ("Nov 2026", "campaigns: in time", 0.0),
    ]
    assert "November 2026, tools: before the decision, 1 of 2 (50 %)" in chart.alt
    (file,) = [one.file for one in cards if one.file]
    assert file.name == "involved-2026-11.csv"
    lines = file.text.splitlines()
    assert lines[1:3] == [
        "2026-11,C-web,IT-2,new_tool,Bought,2026-11-23T09:00+00:00,2026-11-23T09:00+00:00,no,0,",
        "2026-11,C-marketing,IT-1,new_tool,Ideal,2026-11-23T09:00+00:00,2026-11-27T09:00+00:00,yes,4,",
    ]
    assert lines[3].endswith("no,7,no")


def test_what_a_tool_cost_stands_beside_its_estimate() -> None:
    office = a_month()
    with office.store.unit_of_work() as uow:
        spent = Actual(Decimal(1200), Decimal(500), "EUR", LIAISON, MONDAY_NINE)
        uow.projects.save(Project(TEAM, 1, actual=spent))
    office.types(LIAISON, "involvement")
    assert (
        "IT-1 Ideal: once 1,200 EUR, never estimated; a year 500 EUR, never estimated" in office.whispers(LIAISON)[-1]
    )


def test_without_anything_it_says_so() -> None:
    office = an_office()
    office.clock.at += timedelta(days=3)
    office.types(MARKETER, "involvement")
    assert "No tool was fixed and no campaign begins in this month that IT knows of." in office.whispers(MARKETER)[-1]
    assert office.direct(MARKETER) == []
    office.types(MARKETER, "involvement someday")
    assert "which month" in office.whispers(MARKETER)[-1]
