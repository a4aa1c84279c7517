"""The answer on a campaign: asked for, worked out, followed, decided, signed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.detection import CAMPAIGN, NEW_TOOL, CampaignFacts, Detection
from bot.domain.people import Role
from bot.domain.ticket import State
from handlers.routing import check_form
from tests.builders import (
    CMO,
    HOLDERS,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    a_campaign,
    an_office,
    words,
)
from tests.support.campaigns import DECISION, SMS, XMAS, XMAS_EVE, answer, change, decide, facts, measure, plan, settle


@pytest.fixture
def office() -> Office:
    return an_office()


def test_what_is_missing_is_asked_for_in_the_thread_once(office: Office) -> None:
    office.says(MARKETER, "mailing soon", a_campaign("Xmas"))
    settle(office)
    settle(office)
    (asked,) = [one for one in office.thread() if "🚦" in one]
    assert "@marketer, to work that out I need a little more: first day." in asked
    office.submits(MARKETER, "details", XMAS, ticket="IT-1", kind="campaign", conversation=MARKETING)
    settle(office)
    assert "Nobody measured the site yet" in answer(office).title


def test_without_a_capacity_the_answer_says_so_first_and_asks_for_one(office: Office) -> None:
    plan(office)
    assert words(answer(office).text).startswith("I don't know the site “shop.example/xmas”. At its peak (2026-12-12")
    button = answer(office).buttons[0]
    assert (button.label, button.action, button.value) == (
        "Say what the site takes", "capacity", "shop.example/xmas",
    )  # fmt: skip
    form = office.form(office.presses(LIAISON, button.action, button.value))
    assert {field.key: field.value for field in form.fields}["site"] == "shop.example"
    office.submits(LIAISON, "capacity", {"site": "shop.example", "amount": "1000", "unit": "requests_per_s"})
    settle(office)
    assert answer(office).title == "🟢 Go proposed: Xmas"


@pytest.mark.parametrize(
    "odd", [{"page": ""}, {"audience": "8000000000"}, {"page": "x" * 500}, {"channel": "tv, sms, radio"}]
)
def test_whatever_a_message_said_the_answers_on_others_go_on(office: Office, odd: dict[str, str]) -> None:
    plan(office, {**XMAS, **odd})
    plan(office, SMS)
    assert answer(office, 2).title
    assert answer(office).title


def test_the_only_site_there_is_is_meant_where_nobody_said_which(office: Office) -> None:
    measure(office, 200)
    plan(office, {**XMAS, "page": ""})
    assert words(answer(office).note).endswith("It leads to shop.example, as nobody said where.")


def test_an_expired_record_counts_for_nothing(office: Office) -> None:
    measure(office, 100, until=date(2026, 11, 1))
    plan(office)
    assert "What shop.example takes was measured, but that counted until Sun 1 Nov." in words(answer(office).text)


@pytest.mark.parametrize(
    ("capacity", "title", "fits"),
    [
        (200, "🟢 Go proposed", None),
        (100, "🟡 Go with conditions proposed", "50 min or longer, or in 5 batches an hour apart"),
        (40, "🔴 No go as planned", "12 h 30 min or longer"),
    ],
)
def test_the_figure_that_decides_stands_first(office: Office, capacity: float, title: str, fits: str | None) -> None:
    measure(office, capacity)
    plan(office)
    card = answer(office)
    assert card.title == f"{title}: Xmas"
    assert f"is asked for 84 requests a second; it takes {capacity} (k6, Sun 1 Nov)" in words(card.text)
    assert facts(card).get("Fits if sent over") == fits
    assert card.picture is not None
    assert "the peak is 84 requests a second" in card.picture.alt


def test_who_is_turned_away_and_what_it_costs_is_said(office: Office) -> None:
    measure(office, 40)
    plan(office)
    change(office, {"order_value": "45 EUR"})
    said = facts(answer(office))["As planned"]
    assert said.startswith("over capacity for ")
    assert "1,786 visitors turned away, about 168 orders lost, 7,560 EUR" in said


def test_other_campaigns_of_the_hours_are_added_and_followed(office: Office) -> None:
    measure(office, 200)
    plan(office)
    alone = words(answer(office).text)
    plan(office, SMS)
    both = answer(office)
    assert words(both.text) != alone
    assert facts(both)["In the same hours"] == "Reminder (IT-2)"
    assert both.picture is not None
    assert [one.name for one in both.picture.chart.series] == [  # type: ignore[union-attr]
        "All together", "Xmas (IT-1)", "Reminder (IT-2)",
    ]  # fmt: skip
    office.presses(MARKETER, "dismiss", "IT-2")
    settle(office)
    assert words(answer(office).text) == alone


def test_what_is_left_of_a_campaign_of_another_day_is_not_its_peak_nor_named(office: Office) -> None:
    measure(office, 40)
    plan(office, {**XMAS, "name": "The day before", "start": "2026-12-11"})
    plan(office, {**SMS, "audience": "2k"})
    small = answer(office, 2)
    assert "At its peak (2026-12-12" in words(small.text)
    assert "In the same hours" not in facts(small)
    assert "As planned" not in facts(small)


def test_beside_another_campaign_the_first_sending_that_fits_is_proposed_though_a_longer_one_would_not(
    office: Office,
) -> None:
    measure(office, 60)
    plan(office, {**XMAS, "time": "14:00"})
    plan(office, {**XMAS, "name": "Morning", "time": "08:00", "audience": "200k"})
    assert facts(answer(office, 2))["Fits if sent over"].startswith("75 min")


def test_a_message_that_counts_visitors_names_a_site_and_a_time_is_taken_at_its_word(office: Office) -> None:
    found = CampaignFacts("Flash sale", "12 Dec", date(2026, 12, 12), 50_000, "50k", ("email",))
    heard = Detection((CAMPAIGN,), (), found, {NEW_TOOL: 0.0, CAMPAIGN: 0.99}, ())
    office.says(MARKETER, "flash sale 12 Dec at 14:30, 50k visitors on https://shop.example/flash expected", heard)
    ticket = office.ticket()
    assert {key: ticket.facts[key] for key in ("time", "page", "click_rate")} == {
        "time": "14:30", "page": "shop.example/flash", "click_rate": "100 %"
    }  # fmt: skip
    settle(office)
    assert facts(answer(office))["Visitors"].startswith("50,000 in all")


def test_a_go_without_a_risk_is_one_press(office: Office) -> None:
    measure(office, 200)
    plan(office)
    office.presses(LIAISON, "go", "IT-1:1")
    assert answer(office).title == "✅ Go: Xmas"
    assert (office.ticket().state, office.ticket().outcome) == (State.DECIDED, "Go")
    assert office.thread()[-1] == "✅ Go: @marketer, that is the answer on “Xmas”."


def test_conditions_are_proposed_signed_by_the_sponsor_and_become_actions(office: Office) -> None:
    measure(office, 100)
    plan(office)
    form = {one.key: one.value for one in office.form(office.presses(LIAISON, "go_decide", "IT-1:1")).fields}
    assert (form["verdict"], form["what1"], form["owner1"], form["due1"]) == (
        "go_with_conditions", "Send it over 50 min or longer", MARKETER, "2026-12-11",
    )  # fmt: skip
    decide(office)
    assert answer(office).title == "🖊️ Go with conditions, once the sponsor has signed: Xmas"
    assert office.ticket().state is State.WAITING
    asked = office.direct(MARKETING_MANAGER)[-1]
    assert "As sponsor: do you take the risk? At its peak" in asked
    assert "Send it over 4 h — @marketer, by Fri 11 Dec" in asked
    office.presses(MARKETING_MANAGER, "risk_yes", "IT-1:2")
    assert office.ticket().outcome == "Go with conditions: as agreed"
    assert "✅ @marketing-manager takes the risk" in words(answer(office))
    assert "You take the risk of IT-1 “Xmas”." in office.direct(MARKETING_MANAGER)[-1]
    assert any("on a condition that is yours: Send it over 4 h" in one for one in office.direct(MARKETER))
    with office.store.unit_of_work() as uow:
        (action,) = uow.actions.of(TEAM, MARKETING, uow.tickets.get(TEAM, 1).opened_at)
    assert (action.what, action.owner, action.due, action.ticket) == ("Send it over 4 h", MARKETER, XMAS_EVE, 1)


def test_a_sponsor_who_does_not_take_the_risk_stops_it(office: Office) -> None:
    measure(office, 100)
    plan(office)
    decide(office)
    office.submits(MARKETING_MANAGER, "risk_no", {"text": "not before Christmas"}, sign_off="IT-1:2")
    assert answer(office).title == "⛔ No go: Xmas"
    assert office.ticket().outcome == "No go: not before Christmas"
    assert office.thread()[-1].endswith("@marketing-manager says: not before Christmas")
    with office.store.unit_of_work() as uow:
        assert list(uow.actions.of(TEAM, MARKETING, uow.tickets.get(TEAM, 1).opened_at)) == []


def test_the_campaigns_own_sponsor_is_asked_and_nobody_for_their_own() -> None:
    office = an_office(holders={**HOLDERS, Role.SPONSOR: (MARKETER, CMO)})
    measure(office, 100)
    plan(office, {**XMAS, "sponsor": f"<@{MARKETING_MANAGER}>"})
    decide(office)
    assert office.direct(MARKETING_MANAGER)
    plan(office, {**SMS, "sponsor": f"<@{MARKETER}>", "audience": "300k"})
    office.submits(LIAISON, "go_decide", DECISION, decision="IT-2:1", conversation=MARKETING)
    assert "Your sign-off: Reminder" in office.direct(CMO)[-1]


def test_without_anybody_who_may_sign_nothing_is_decided() -> None:
    office = an_office(holders={Role.LIAISON: (LIAISON,)})
    measure(office, 100)
    plan(office)
    decide(office)
    assert "Somebody must answer for the risk, and nobody can" in office.direct(LIAISON)[-1]
    assert office.ticket().state is not State.WAITING


def test_a_decision_holds_while_the_plan_gets_no_worse(office: Office) -> None:
    measure(office, 200)
    plan(office)
    office.presses(LIAISON, "go", "IT-1:1")
    change(office, {"audience": "390k"})
    assert answer(office).title == "✅ Go: Xmas"
    change(office, {"window": "1 min"})
    assert answer(office).title == "🔴 No go as planned: Xmas"
    assert office.ticket().state is State.IN_REVIEW
    assert "the plan has changed, and what was decided no longer fits: please decide again" in office.thread()[-1]


def test_a_changed_plan_takes_back_the_sponsors_question(office: Office) -> None:
    measure(office, 100)
    plan(office)
    decide(office)
    change(office, {"window": "1 min"})
    assert "Nothing to do for you any more" in office.direct(MARKETING_MANAGER)[-1]
    assert office.ticket().state is State.IN_REVIEW
    office.presses(MARKETING_MANAGER, "risk_yes", "IT-1:2")
    assert "The plan has changed since." in office.whispers(MARKETING_MANAGER)[-1]


def test_an_open_sign_off_keeps_the_ticket_open_and_a_new_decision_takes_it_back(office: Office) -> None:
    measure(office, 100)
    plan(office)
    decide(office)
    office.submits(LIAISON, "resolve", {"text": "done"}, ticket="IT-1", conversation=MARKETING)
    assert "A sign-off is still open (sponsor)" in office.direct(LIAISON)[-1]
    office.submits(LIAISON, "go_decide", {"verdict": "no_go", "reason": "too late"}, decision="IT-1:2")
    assert office.ticket().outcome == "No go: too late"
    office.presses(MARKETING_MANAGER, "risk_yes", "IT-1:2")
    assert office.ticket().outcome == "No go: too late"


def test_a_campaign_that_is_off_counts_for_no_other(office: Office) -> None:
    measure(office, 200)
    plan(office)
    plan(office, SMS)
    office.submits(LIAISON, "go_decide", {"verdict": "no_go", "reason": "no"}, decision="IT-2:1")
    settle(office)
    assert "In the same hours" not in facts(answer(office))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "no_go", "reason": " "}, "reason"),
        ({"what1": ""}, "what1"),
        ({"owner1": ""}, "owner1"),
        ({"due1": ""}, "due1"),
        ({"what2": "x" * 201, "owner2": LIAISON, "due2": "2026-12-11"}, "what2"),
    ],
)
def test_what_is_wrong_in_a_decision_is_said_at_its_field(office: Office, change: dict[str, str], field: str) -> None:
    sent = office.submits(LIAISON, "go_decide", {**DECISION, **change}, decision="IT-1:1")
    assert list(check_form(sent)) == [field]
