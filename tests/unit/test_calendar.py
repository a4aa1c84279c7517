"""The campaign calendar in chat: weeks and conflicts in words, its picture, entries by form and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.charts import Timeline
from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.planned import Planned, PlannedKind
from bot.messages import Form
from bot.services.calendar.planned_import import EVER
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    MONDAY_NINE,
    TEAM,
    Office,
    a_campaign,
    a_channel,
    an_office,
)

DAY = timedelta(days=1)
FILLED = {"kind": "freeze", "name": "Black Friday", "start": "2026-11-27", "end": "2026-11-30", "grants": "-"}
CONTEXT = {"zone": "Europe/Berlin", "entry": "", "kind": ""}


@pytest.fixture
def office() -> Office:
    return an_office(a_channel(zone="Europe/Berlin"))


def plan(office: Office, *planned: Planned) -> None:
    with office.store.unit_of_work() as uow:
        uow.plans.save(TEAM, *planned)


def planned(office: Office) -> list[Planned]:
    with office.store.unit_of_work() as uow:
        return list(uow.plans.between(TEAM, *EVER))


def an_entry(kind: str, name: str, days: float, length: float = 1, **given: Any) -> Planned:
    start = MONDAY_NINE + days * DAY
    return Planned(PlannedKind(kind), name, start, start + length * DAY, **({"key": name} | given))


def shown(office: Office, person: str = MARKETER) -> str:
    office.types(person, "calendar")
    return office.whispers(person)[-1]


def test_an_empty_calendar_says_what_can_be_done(office: Office) -> None:
    assert "Nothing is planned that I know of. Add a freeze" in shown(office)
    assert office.direct(MARKETER) == []


def test_what_is_planned_stands_under_its_week_and_conflicts_come_first(office: Office) -> None:
    office.says(MARKETER, "Our mailing goes out", a_campaign("Advent mailing", date(2026, 12, 2)))
    plan(
        office,
        an_entry("freeze", "Holiday freeze", 8, 20, grants=f"@{COLLEAGUE}", is_day=False),
        an_entry("maintenance", "Patch", -1, 2, site="shop.example"),
        an_entry("launch", "New shop", 40, 0.25, tool="Klaviyo", owner=f"@{MARKETER}"),
        an_entry("campaign", "Radio", 30, owner="Agency <!channel>"),
    )
    said = shown(office).splitlines()
    assert said == [
        "🗓️ Campaign calendar, Mon 23 Nov – Mon 18 Jan",
        "2 campaigns, 1 freeze, 1 maintenance, 1 launch. ⚠️ 2 things do not go together.",
        "⚠️ Does not go together",
        "IT-1 Advent mailing falls into the freeze Holiday freeze (Tue 1 Dec, 10:00 – Mon 21 Dec, 10:00)."
        " @colleague can grant an exception.",
        "New shop needs Klaviyo, which nobody has approved. /itcheck new-tool Klaviyo shows what is known.",
        "This week",
        "🔧 Patch — Sun 22 Nov, 10:00 – Tue 24 Nov, 10:00, shop.example",
        "Week of 30 Nov",
        "🧊 Holiday freeze — Tue 1 Dec, 10:00 – Mon 21 Dec, 10:00, all sites, exceptions: @colleague",
        "📣 IT-1 Advent mailing — Wed 2 Dec",
        "Week of 21 Dec",
        "📣 Radio — Wed 23 Dec, 10:00 – Thu 24 Dec, 10:00, Agency <!channel>. IT has no ticket for it yet",
        "Open a ticket",
        "Radio",
        "Week of 28 Dec",
        "🚀 New shop — Sat 2 Jan, 10:00 – 16:00, needs Klaviyo, @marketer",
        "Change",
        "New shop",
        "Times in Europe/Berlin. Only you can see this.",
    ]


def test_an_approved_tool_a_ticket_of_the_same_name_and_a_no_are_no_conflicts(office: Office) -> None:
    office.says(MARKETER, "Our mailing goes out", a_campaign("Advent mailing", date(2026, 12, 2)))
    plan(office, an_entry("launch", "New shop", 40, tool="Klaviyo"), an_entry("campaign", "advent mailing", 9))
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, Tool("Klaviyo", "email_automation", status=ToolStatus.APPROVED))
    assert "1 campaign, 1 launch. Everything goes together." in shown(office)
    office.presses(LIAISON, "dismiss")
    assert "IT-1" not in shown(office)


def test_the_picture_comes_directly_with_words_for_who_cannot_see_it(office: Office) -> None:
    plan(office, an_entry("freeze", "A", 1), an_entry("launch", "B", 1.5, tool="Klaviyo"))
    shown(office)
    (post,) = [one for one in office.chat.said if one.card.picture]
    assert post.ref.conversation == office.chat.direct(MARKETER)
    assert post.card.picture is not None
    chart = post.card.picture.chart
    assert isinstance(chart, Timeline)
    assert [one.flagged for one in chart.stretches] == [True, True]
    assert "freeze A, Tue 24 Nov, 10:00 – Wed 25 Nov, 10:00; launch B" in chart.alt


def test_hundreds_of_entries_are_turned_page_by_page(office: Office) -> None:
    hostile = "<!channel> *x* `y` " + "🙂" * 65
    plan(office, *(an_entry("launch", f"{hostile}{number:03}", number / 8, 0.1) for number in range(400)))
    plan(office, an_entry("freeze", "All of it", 0, 50))
    first = shown(office)
    assert "395 more" in first or "394 more" in first
    assert first.count("🚀") == 11
    office.presses(MARKETER, "calendar_page", "33")
    assert office.whispers(MARKETER)[-1].count("🚀") == 5
    assert "Does not go together" not in office.whispers(MARKETER)[-1]
    assert len([one for one in office.chat.said if one.card.picture]) == 1


MAY_PLAN = {
    LIAISON: {"freeze", "maintenance", "launch"},
    IT_MANAGER: {"freeze", "maintenance", "launch"},
    ADMIN: {"freeze", "maintenance", "launch"},
    MARKETER: {"launch"},
    MARKETING_MANAGER: {"launch"},
    ENGINEER: {"launch"},
    GUEST: set(),
}


@pytest.mark.parametrize("person", MAY_PLAN)
def test_who_may_plan_what_is_checked_when_it_is_sent(office: Office, person: str) -> None:
    for asked in (office.types(person, "calendar add freeze"), office.presses(person, "calendar_add")):
        form = office.chat.forms[asked.view]
        offered = {one.value for one in form.fields[0].choices} if isinstance(form, Form) else set()
        assert offered == MAY_PLAN[person]
    for kind in ("freeze", "maintenance", "launch"):
        office.submits(person, "calendar_entry", FILLED | {"kind": kind}, **CONTEXT)
    assert {one.kind for one in planned(office)} == MAY_PLAN[person]


@pytest.mark.parametrize("person", MAY_PLAN)
def test_who_may_change_and_take_out_what_is_checked_too(office: Office, person: str) -> None:
    plan(office, an_entry("freeze", "A", 1), an_entry("launch", "B", 1))
    for key in ("A", "B"):
        form = office.chat.forms[office.presses(person, "calendar_edit", key).view]
        kind = "freeze" if key == "A" else "launch"
        assert isinstance(form, Form) == (kind in MAY_PLAN[person])
        office.submits(person, "calendar_entry", FILLED | {"keep": "out"}, **CONTEXT | {"entry": key})
    assert {one.kind for one in planned(office)} == {"freeze", "launch"} - MAY_PLAN[person]
    assert shown(office, person).count("Change") == 0


def test_a_colleague_cannot_turn_a_launch_into_a_freeze(office: Office) -> None:
    plan(office, an_entry("launch", "B", 1))
    office.submits(MARKETER, "calendar_entry", FILLED, **CONTEXT | {"entry": "B"})
    assert [one.kind for one in planned(office)] == [PlannedKind.LAUNCH]
    assert "Only the IT side or an admin plans freezes" in office.direct(MARKETER)[-1]


def test_a_filled_form_becomes_an_entry_and_comes_back_to_be_changed(office: Office) -> None:
    times = {"start": "2026-12-02", "start_time": "22:00", "end": "", "end_time": "23:30"}
    sent = office.submits(
        LIAISON, "calendar_entry", FILLED | times | {"site": "https://shop.example/x", "grants": COLLEAGUE}, **CONTEXT
    )
    assert check_form(sent) == {}
    (one,) = planned(office)
    assert (one.start.hour, one.end.hour, one.is_day, one.site) == (21, 22, False, "shop.example")
    assert (one.owner, one.granter) == (f"@{LIAISON}", COLLEAGUE)
    asked = office.form(office.presses(IT_MANAGER, "calendar_edit", one.key))
    values = {field.key: field.value for field in asked.fields}
    assert [values[key] for key in ("start", "start_time", "end", "end_time", "grants", "keep")] == [
        "2026-12-02", "22:00", "2026-12-02", "23:30", COLLEAGUE, "keep",
    ]  # fmt: skip
    office.submits(IT_MANAGER, "calendar_entry", values | {"name": "Later", "end_time": "23:45"}, **asked.context)
    assert planned(office) == [replace(one, name="Later", end=one.end + timedelta(minutes=15))]


WRONG = [
    ({"start": "2025-11-27", "end": "2025-11-28"}, "end", "This was over on 2025-11-28"),
    ({"start": "2025-11-27", "end": ""}, "start", "This was over"),
    ({"end": "2026-11-20"}, "end", "ends before it begins"),
    ({"start_time": "9 o'clock"}, "start", "no time I understand"),
    ({"site": "our shop"}, "site", "no site"),
    ({"name": " "}, "name", "name"),
]


@pytest.mark.parametrize(("values", "field", "said"), WRONG)
def test_what_cannot_be_is_said_at_its_field(office: Office, values: dict[str, str], field: str, said: str) -> None:
    sent = office.submits(LIAISON, "calendar_entry", FILLED | values, **CONTEXT)
    assert said in check_form(sent)[field]
    assert planned(office) == []


def test_a_guest_grants_no_exceptions(office: Office) -> None:
    office.submits(LIAISON, "calendar_entry", FILLED | {"grants": GUEST}, **CONTEXT)
    assert planned(office) == []
    assert "Guest can't do that" in office.direct(LIAISON)[-1]


def test_an_entry_that_is_gone_says_so(office: Office) -> None:
    office.submits(LIAISON, "calendar_entry", FILLED, **CONTEXT | {"entry": "gone"})
    assert "not in the calendar any more" in office.direct(LIAISON)[-1]
