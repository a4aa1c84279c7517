"""What a tool really costs, from the button to the message in the thread."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.events import What
from bot.domain.money import Money, money_of
from bot.messages import Field, Request
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    an_office,
)
from tests.support.policies import draft_policy

QUOTE = {
    "licence": "30,000", "setup": "0", "users": "20", "seat_growth": "10", "size": "standard", "years": "3",
    "owned": "", "owned_yearly": "",
}  # fmt: skip
IT_PART = {
    "native": "1", "middleware": "0", "custom": "2", "core": "0", "records": "small", "has_sso": "yes",
    "has_support": "yes", "it_rate": "90", "marketing_rate": "50",
}  # fmt: skip
EVERYBODY = (MARKETER, COLLEAGUE, GUEST, LIAISON, ENGINEER, IT_MANAGER, MARKETING_MANAGER, ADMIN)
IT_SIDE = {LIAISON, IT_MANAGER}


@pytest.fixture
def office() -> Office:
    return an_office_with_a_tool()


def test_whoever_asked_gives_the_quote_and_sees_at_once_what_it_really_costs(office: Office) -> None:
    fields = shown(office, office.presses(MARKETER, "cost"))
    assert fields["licence"].value == "24000"  # 2,000 a month, in the ticket
    assert fields["size"].value == "standard"
    assert (fields["owned"].value, fields["owned_yearly"].value) == ("Brevo", "52,000")
    assert "native" not in fields
    reckon(office, MARKETER, QUOTE)
    card = office.posts()[-1].card
    assert card.title == "💶 What Klaviyo really costs"
    assert "times the vendor's quote of 90,000 EUR" in office.thread()[-1]
    assert "IT has not added its part yet" in office.thread()[-1]
    assert card.picture is not None
    assert "the vendor's quote is 90,000 EUR, the real cost" in card.picture.alt


def test_it_adds_its_part_and_the_newer_version_replaces_the_older_one(office: Office) -> None:
    reckon(office, MARKETER, QUOTE)
    assert "native" in shown(office, office.presses(LIAISON, "cost"))
    reckon(office, LIAISON, QUOTE | IT_PART | {"owned": "Brevo", "owned_yearly": "52,000"}, "1")
    assert "Version 1 of the real cost was replaced by a newer one below." in office.thread()
    card = office.thread()[-1]
    assert "Over 3 years it likely costs 298,000 EUR: 277,000 if it goes well, 318,000 if it does not." in card
    assert "That is 3.3 times the vendor's quote of 90,000 EUR." in card
    assert "CapEx 32,000, OpEx 266,000 EUR" in card
    assert "connection built by us (± " in card
    assert "Against Brevo" in card
    assert "never cheaper within 3 years (keeping it costs 156,000 EUR)" in card
    assert "IT has not added" not in card
    with office.store.unit_of_work() as uow:
        told = [one.why for one in uow.log.events(TEAM, 1) if one.what is What.COSTED]
    assert told[1] == "about 298,000 EUR over 3 years, 3.3 times the quote"


def test_a_figure_is_changed_for_this_tool_and_stays_changed(office: Office) -> None:
    reckon(office, LIAISON, QUOTE | IT_PART)
    fields = shown(office, office.presses(LIAISON, "cost_figures"))
    assert fields["money_custom"].value == "6,000 / 15,000 / 30,000"
    assert "rework.com" in fields["money_custom"].hint
    assert fields["share_uplift"].value == "3 / 7 / 12"
    values = {key: one.value for key, one in fields.items()} | {"money_custom": "2,000"}
    office.submits(LIAISON, "cost_figures", values, **context("1"))
    assert "CapEx 4,000" in office.thread()[-1]
    assert "1 of them changed for this tool" in office.thread()[-1]
    reckon(office, MARKETER, QUOTE | {"users": "25"}, "2")
    assert "CapEx 4,000" in office.thread()[-1]


def test_figures_wait_for_a_quote(office: Office) -> None:
    request = office.presses(LIAISON, "cost_figures")
    assert "Press Real cost first" in str(office.chat.forms[request.view])


def test_who_was_overtaken_is_told(office: Office) -> None:
    reckon(office, MARKETER, QUOTE)
    reckon(office, LIAISON, QUOTE | IT_PART)
    assert "Somebody else changed the cost meanwhile." in office.direct(LIAISON)[-1]
    assert versions(office) == 1


def test_bad_figures_are_answered_at_their_field(office: Office) -> None:
    wrong = QUOTE | IT_PART | {
        "licence": "a lot", "setup": "5 USD", "users": "1.5", "seat_growth": "900", "years": "11", "owned": "Brevo",
        "it_rate": "-1", "custom": "-2",
    }  # fmt: skip
    request = office.submits(LIAISON, "cost", wrong, **context("0"))
    assert set(check_form(request)) == {
        "licence", "setup", "users", "seat_growth", "years", "owned_yearly", "it_rate", "custom",
    }  # fmt: skip
    figures = office.submits(LIAISON, "cost_figures", {"money_custom": "3 / 2 / 1", "days_x": "1"}, **context("0"))
    assert set(check_form(figures)) == {"money_custom"}
    assert versions(office) == 0


@pytest.mark.parametrize("person", EVERYBODY)
def test_only_who_asked_and_it_enter_a_cost_and_only_it_its_part(person: str) -> None:
    office = an_office_with_a_tool()
    reckon(office, person, QUOTE)
    assert versions(office) == (person in IT_SIDE | {MARKETER})
    opened = office.presses(person, "cost")
    assert hasattr(office.chat.forms[opened.view], "fields") == (person in IT_SIDE | {MARKETER})
    before = versions(office)
    reckon(office, person, QUOTE | IT_PART, str(before))
    assert versions(office) - before == (person in IT_SIDE)


@pytest.mark.parametrize("person", EVERYBODY)
def test_only_it_changes_the_figures(office: Office, person: str) -> None:
    reckon(office, MARKETER, QUOTE)
    pressed = office.presses(person, "cost_figures")
    assert hasattr(office.chat.forms[pressed.view], "fields") == (person in IT_SIDE)
    office.submits(person, "cost_figures", {"share_uplift": "9"}, **context("1"))
    assert versions(office) == 1 + (person in IT_SIDE)
    office.submits(person, "cost_figures", {"share_uplift": "11"}, **context("1"))  # an outdated form
    assert versions(office) == 1 + (person in IT_SIDE)


@pytest.mark.parametrize("value", ["", "IT-9", "nonsense"])
def test_a_button_that_was_made_up_does_nothing(office: Office, value: str) -> None:
    for button in ("cost", "cost_figures"):
        office.presses(LIAISON, button, value)
    assert versions(office) == 0
    assert office.store.inbox.parked() == []


def test_the_command_opens_the_form_and_asks_for_a_number_without_one(office: Office) -> None:
    assert "licence" in shown(office, office.types(LIAISON, "cost IT-1"))
    office.types(LIAISON, "cost")
    assert "/itcheck cost IT-12" in office.whispers(LIAISON)[-1]


def test_a_finished_ticket_is_reckoned_no_more(office: Office) -> None:
    office.presses(MARKETER, "dismiss")
    reckon(office, MARKETER, QUOTE)
    assert versions(office) == 0


def an_office_with_a_tool() -> Office:
    office = an_office()
    office.policy = draft_policy()
    office.market = {"Klaviyo": Tool("Klaviyo", "email_automation"), "Brevo": Tool("Brevo", "email_automation")}.get
    with office.store.unit_of_work() as uow:
        price = Money(money_of("52,000", "EUR").amount, "EUR")
        uow.catalogue.save(TEAM, Tool("Brevo", "email_automation", status=ToolStatus.APPROVED, yearly=price))
    office.submits(MARKETER, "new_tool", {"name": "Klaviyo", "cost": "2,000 a month"}, conversation=MARKETING)
    return office


def reckon(office: Office, person: str, values: dict[str, str], before: str = "0") -> Request:
    return office.submits(person, "cost", values, **context(before))


def context(before: str) -> dict[str, str]:
    return {"ticket": "IT-1", "currency": "EUR", "before": before, "conversation": MARKETING}


def shown(office: Office, request: Request) -> dict[str, Field]:
    return {field.key: field for field in office.form(request).fields}


def versions(office: Office) -> int:
    with office.store.unit_of_work() as uow:
        return len(uow.costs.of(TEAM, 1))
