"""The record of a decision: what stands in it, and when it comes."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.money import Money, money_of
from tests.builders import GUEST, LIAISON, MARKETER, MARKETING, MARKETING_MANAGER, TEAM, Office
from tests.unit.test_reviews import CONDITION, LEGAL, an_office_with_a_ticket, asked, review

COST = {"licence": "6,000", "users": "12", "custom": "1", "owned": "Brevo", "owned_yearly": "9,000"}


@pytest.fixture
def office() -> Office:
    office = an_office_with_a_ticket()
    price = Money(money_of("9,000", "EUR").amount, "EUR")
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, Tool("Brevo", "email_automation", status=ToolStatus.APPROVED, yearly=price))
    return office


def test_with_the_verdict_comes_its_record_as_a_file(office: Office) -> None:
    context = {"ticket": "IT-1", "currency": "EUR", "before": "0", "conversation": MARKETING}
    office.submits(LIAISON, "cost", COST, **context)
    asked(office)
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    office.presses(LIAISON, "sign_yes", "IT-1:1")
    assert records(office) == []
    office.submits(LEGAL, "sign_conditions", CONDITION | {"what1": "Sign | the <b>agreement"}, sign_off="IT-1:1")
    (text,) = records(office)
    assert text.startswith("# Decision: Klaviyo (IT-1)\n\n**Approved with conditions** on 23 Nov 2026")
    assert "under the draft template of the policy, which nobody has signed, rule PERSONAL." in text
    assert "- Asked by Marketer on 23 Nov 2026" in text
    assert "- Cost: 99 a month" in text
    assert "- A year: 6,000 EUR, for 12 months" in text
    assert "| Connection built by us | capex | 6,000 | 15,000 | 30,000 | 6,000-12,000: rework.com;" in text
    assert "Against Brevo: " in text
    assert "| legal | Cmo | yes, with conditions | 23 Nov 2026" in text
    assert "- Sign \\| the &lt;b>agreement — Liaison, by 18 Dec 2026" in text
    assert "## What is there already for the same\n\n- Brevo, 9,000 EUR a year" in text


def test_it_comes_by_command_before_the_verdict_too(office: Office) -> None:
    review(office)
    office.types(MARKETER, "record IT-1")
    assert "is in its thread, as a file" in office.whispers(MARKETER)[-1]
    (text,) = records(office)
    assert "**Not decided yet**" in text
    assert "Not reckoned." in text


def test_without_a_review_there_is_nothing_to_record(office: Office) -> None:
    office.types(LIAISON, "record IT-1")
    assert "Press Review first" in office.whispers(LIAISON)[-1]
    office.types(LIAISON, "record")
    assert "Which ticket?" in office.whispers(LIAISON)[-1]
    assert records(office) == []


def test_guests_get_no_record(office: Office) -> None:
    review(office)
    office.types(GUEST, "record IT-1")
    assert records(office) == []


def records(office: Office) -> list[str]:
    files = [one.card.file for one in office.posts() if one.card.file]
    return [file.text for file in files if file.name == "decision-IT-1.md"]
