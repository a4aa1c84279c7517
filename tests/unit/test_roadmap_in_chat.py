"""The road map in chat: looked at, changed by form by whom it concerns, signed by both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.charts import Plan
from bot.domain.catalogue import Decided, Tool, ToolStatus
from bot.domain.errors import Conflict
from bot.domain.people import Side
from bot.domain.roadmap import ItemStatus
from bot.domain.roadmap_edition import Draft
from bot.services.roadmap.roadmap import digest_of
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MONDAY_NINE,
    TEAM,
    Office,
    a_campaign,
    an_office,
)
from tests.support.roadmaps import FULL, FULL_MAP, a_road_map, an_item
from tests.support.roadmaps_in_chat import CONTEXT, changed, draft, said

NEW = {"need": "Better search", "start": "2027-Q1", "status": "proposed", "why": "because people leave"}


@pytest.fixture
def office() -> Office:
    return an_office()


def test_an_empty_road_map_says_what_can_be_done(office: Office) -> None:
    assert "Nothing is on the road map yet. What does marketing need next?" in said(office, MARKETER)
    assert office.direct(MARKETER) == []
    assert "The draft is empty." in said(office, MARKETER, "roadmap draft")
    assert "Nothing was put before both sides yet." in said(office, MARKETER, "roadmap history")
    assert "Nothing was scored yet" in said(office, MARKETER, "roadmap order")


def test_a_colleague_proposes_an_item_and_sees_it(office: Office) -> None:
    form = office.form(office.types(MARKETER, "roadmap add"))
    assert [field.key for field in form.fields][:2] == ["need", "outcome"]
    office.submits(MARKETER, "roadmap_item", NEW, **CONTEXT)
    assert "💡 RM-1 Better search" in office.direct(MARKETER)[-1]
    item = draft(office).road_map.by_key["RM-1"]
    assert (item.start, item.end, item.status) == (date(2027, 1, 1), date(2027, 3, 31), ItemStatus.PROPOSED)
    assert draft(office).reasons == {"RM-1": "people leave"}
    assert "RM-1 Better search: is new; in Q1 2027, because people leave" in said(office, MARKETER, "roadmap draft")


def test_the_road_map_stands_by_quarter_with_what_is_late_and_what_it_costs(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    office.says(MARKETER, "Our mailing goes out", a_campaign("Spring sale", date(2027, 3, 1)))
    with office.store.unit_of_work() as uow:
        decided = Decided(MONDAY_NINE, IT_MANAGER)
        uow.catalogue.save(TEAM, Tool("Mailo", status=ToolStatus.APPROVED, decided=decided, renews_on=date(2027, 5, 3)))
        uow.catalogue.save(TEAM, Tool("Oldie", status=ToolStatus.RETIRING))
    rows = said(office, MARKETER).splitlines()
    assert rows[0] == "🧭 Road map"
    assert rows[1] == (
        "2 open items, 1 of them later than planned. "
        "No revision was signed by both sides yet; 3 changes wait in the draft."
    )
    told = "\n".join(rows)
    assert "Q4 2026\n📌 ✎ RM-3 Need 3 — 3 Nov – 12 Dec 2026, planned, ⚠️ 20 days late" in told
    assert "Q1 2027: 10,500.50 EUR (CapEx 10,000.50 EUR, OpEx 500 EUR) of 10,000.25 EUR, ⚠️ 500.25 EUR too much" in told
    for words in (
        "🧰 Mailo was approved",
        "🔁 Mailo renews on Mon 3 May 2027",
        "📦 Oldie is on its way out",
        "📣 IT-1 Spring sale, campaign",
    ):
        assert words in told
    (sent,) = [one for one in office.posts(office.chat.direct(MARKETER)) if one.card.picture]
    chart = sent.card.picture.chart  # type: ignore[union-attr]
    assert isinstance(chart, Plan)
    assert [row.short for row in chart.rows][:2] == ["RM-3", "RM-7"]
    assert (chart.arrows[0].start, chart.arrows[0].end) == (0, 1)
    assert "RM-3 Need 3, 3 Nov – 12 Dec 2026, planned, 20 days late; RM-7 Customers find" in chart.alt


def test_one_item_says_everything(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    told = said(office, MARKETER, "roadmap rm-7")
    for words in (
        "orders a month from 120 to 200 by 2027-06-30", "Searchly", "rank 2, 18 points of 50", "IT-12, IT-15",
        "marketing: @cmo, IT: @cio", "Q2 2027: CapEx 0 EUR, OpEx 500 EUR", "in progress, low confidence",
    ):  # fmt: skip
        assert words in told
    assert "There is no RM-99 on the road map" in said(office, MARKETER, "roadmap RM-99")
    assert "Type /itcheck roadmap to see it" in said(office, MARKETER, "roadmap nonsense")


@pytest.mark.parametrize(
    ("person", "may"), [(MARKETER, True), (LIAISON, True), (ADMIN, True), (COLLEAGUE, False), (GUEST, False)]
)
def test_an_item_is_changed_by_its_people_and_whoever_keeps_the_road_map(
    office: Office, person: str, may: bool
) -> None:
    draft(office, Draft(FULL_MAP))
    changed(office, person, FULL, technology="Findly")
    assert (draft(office).road_map.by_key["RM-7"].technology == "Findly") is may
    if not may:
        assert "change" in office.direct(person)[-1]


def test_order_people_and_money_have_a_form_of_their_own(office: Office) -> None:
    draft(office, Draft(a_road_map(an_item(1), an_item(2))))
    form = office.form(office.types(LIAISON, "roadmap people 2"))
    assert {"rank", "needs", "it_sponsor", "spend", "confidence"} <= {field.key for field in form.fields}
    seen = {"item": "RM-2", "seen": digest_of(an_item(2)), "currency": "EUR"}
    values = {
        "rank": "1",
        "needs": "1",
        "it_sponsor": CIO,
        "marketing_sponsor": "-",
        "spend": "2027-Q1: capex 12,000, opex 1.5\n2027-Q2: opex 3 Q3 2027: capex 4",
        "team": "Web",
    }
    office.submits(LIAISON, "roadmap_more", values, **seen)
    item = draft(office).road_map.by_key["RM-2"]
    assert (item.rank, item.needs, item.sponsors, item.team) == (1, ("RM-1",), {Side.IT: f"@{CIO}"}, "Web")
    assert [str(one.capex + one.opex) for one in item.spend] == ["12001.5", "3", "4"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": "2027-Q7"}, "start"),
        ({"start": "2027-03-01", "end": "2027-02-01"}, "end"),
        ({"start": "2027-03-01", "end": ""}, "end"),
        ({"need": ""}, "need"),
        ({"measured_by": "someday"}, "measured_by"),
        ({"status": "great"}, "status"),
        ({"technology": "x" * 151}, "technology"),
    ],
)
def test_a_fault_is_told_at_its_field_before_the_form_is_sent(
    office: Office, values: dict[str, str], field: str
) -> None:
    request = office.submits(LIAISON, "roadmap_item", {**NEW, **values}, **CONTEXT)
    assert list(check_form(request)) == [field]
    assert draft(office).version == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"spend": "2027-Q9: opex 3"}, "no quarter 9"),
        ({"spend": "2027-Q1: 3"}, "which part is capex and which is opex"),
        ({"spend": "2027-Q1: opex 3; 2027-Q1: opex 4"}, "Q1 2027 is there twice"),
        ({"spend": "2027-Q1: opex 3 USD"}, "Amounts here are in EUR"),
        ({"spend": "soon"}, "names no quarter and amount"),
        ({"needs": "RM-77"}, "RM-77, which is not on the road map"),
        ({"needs": "RM-7"}, "can't need itself"),
        ({"serves": "twelve"}, "is no ticket"),
        ({"value": "6"}, "a whole number from 1 to 5"),
        ({"it_sponsor": GUEST}, "no guest or bot"),
        ({"it_sponsor": "nobody-here"}, "nobody-here"),
    ],
)
def test_what_can_not_be_is_told_and_nothing_changes(office: Office, values: dict[str, str], told: str) -> None:
    draft(office, Draft(FULL_MAP))
    assert told in changed(office, LIAISON, FULL, "roadmap_more", **values)
    assert draft(office).version == 1


def test_a_cycle_made_by_a_form_is_refused_and_named(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    first = FULL_MAP.by_key["RM-3"]
    told = changed(office, LIAISON, first, "roadmap_more", needs="RM-7")
    assert told.startswith("These would wait for each other for ever: ")
    assert "RM-3 needs RM-7" in told
    assert draft(office).version == 1


def test_a_sponsor_who_left_is_not_named_again_but_may_stay(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    office.chat.people["cio"] = replace(office.chat.people["cio"], is_gone=True)
    assert "colleague who is here" in changed(office, LIAISON, FULL, "roadmap_more", it_owner="cio")
    changed(office, LIAISON, FULL, "roadmap_more", it_sponsor="cio", rank="9")
    assert draft(office).road_map.by_key["RM-7"].rank == 9


def test_a_form_opened_before_somebody_else_changed_the_item_changes_nothing(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    changed(office, LIAISON, FULL, technology="Findly")
    assert "Somebody changed RM-7 after you opened the form" in changed(office, MARKETER, FULL, technology="Other")
    assert draft(office).road_map.by_key["RM-7"].technology == "Findly"


@pytest.mark.parametrize("words", ["roadmap", "roadmap RM-7", "roadmap draft", "roadmap add", "involvement"])
def test_guests_see_neither_items_nor_money(office: Office, words: str) -> None:
    draft(office, Draft(FULL_MAP))
    typed = office.types(GUEST, words)
    shown = office.whispers(GUEST) or [str(office.chat.forms[typed.view])]
    assert "uest" in shown[-1]
    assert "Searchly" not in shown[-1]
    assert office.direct(GUEST) == []


def test_only_keepers_take_a_new_item_in_at_once(office: Office) -> None:
    office.submits(MARKETER, "roadmap_item", {**NEW, "status": "planned"}, **CONTEXT)
    assert "A new item is proposed first" in office.direct(MARKETER)[-1]
    office.submits(LIAISON, "roadmap_item", {**NEW, "status": "planned"}, **CONTEXT)
    assert draft(office).road_map.by_key["RM-1"].status is ItemStatus.PLANNED


def test_a_limit_is_set_by_keepers_in_the_draft(office: Office) -> None:
    assert "Only a liaison" in said(office, MARKETER, "roadmap limit 2027-Q1 50,000")
    assert "Q1 2027 may cost 50,000 EUR at most" in said(office, LIAISON, "roadmap limit Q1 2027 50,000")
    assert "the limit of Q1 2027: none → 50,000" in said(office, LIAISON, "roadmap draft")
    assert "no limit in the draft any more" in said(office, LIAISON, "roadmap limit 2027-Q1 none")
    assert "is no quarter" in said(office, LIAISON, "roadmap limit soon")
    assert "There is no quarter 5: a year has Q1 to Q4." in said(office, LIAISON, "roadmap limit 2027-Q5 10")


def test_two_changes_at_the_same_time_are_not_both_taken(office: Office) -> None:
    stale = draft(office, Draft(FULL_MAP))
    draft(office, stale.put(an_item(9)))
    with pytest.raises(Conflict):
        draft(office, stale)
