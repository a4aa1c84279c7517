"""The answers of due diligence to read: by whom, with what, and as they stood when it was decided."""

from __future__ import annotations

import pytest

from bot.services.diligence.diligence import summary
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    GUEST,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    TEAM,
    Office,
    words,
)
from tests.support.diligence import (
    DATA,
    DPA,
    LEGAL,
    an_office_with_a_ticket,
    answer,
    asked_to_sign,
    form,
    labels,
    review,
    score_card,
)


@pytest.mark.parametrize("person", [MARKETER, COLLEAGUE, LIAISON, MARKETING_MANAGER, LEGAL, ADMIN])
def test_everybody_but_guests_reads_the_answers_and_nobody_else_sees_it(person: str) -> None:
    office = an_office_with_a_ticket()
    answer(office, LIAISON, {"text.encryption": "<!channel> the report of May"}, encryption="evidenced")
    office.presses(person, "diligence_see")
    told = office.whispers(person)[-1]
    assert "🧾 Answers: Klaviyo" in told
    assert "IT-1: 1 of 4 questions are answered." in told
    assert "✅ Is data encrypted? yes, shown (<!channel> the report of May) — @liaison, 23.11.2026" in told
    assert f"The requester\n⬜ Do you know what should be better?\n⬜ {DATA.text}\nIT\n⬜ Can it" in told


def test_a_guest_who_did_not_ask_reads_nothing() -> None:
    office = an_office_with_a_ticket()
    office.presses(GUEST, "diligence_see")
    assert office.whispers(GUEST) == ["Guests can't do that. Please ask the colleague you work with."]


def test_who_says_that_customers_data_is_seen_raises_the_risk_and_disputes_the_review() -> None:
    office = an_office_with_a_ticket()
    review(office, data="none", category="collaboration", amount="500", integration="none")
    assert "low; what is left of it: medium so far" in score_card(office)
    answer(office, MARKETER, customer_data="yes", purpose="yes")
    card = score_card(office)
    assert "medium; what is left of it: high so far" in card
    assert "@liaison: press Change the review. The requester says that it sees customers' data; the review" in card
    assert f"2. {DPA.text}" in labels(form(office, LIAISON, "IT-1:vendor"))
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    assert "⚠️ Look again\nThe requester says that it sees customers' data" in office.direct(MARKETING_MANAGER)[-1]


def test_the_record_of_a_decided_review_says_how_it_stood_then() -> None:
    office = asked_to_sign()
    answer(office, LIAISON, encryption="no")
    office.submits(LEGAL, "sign_no", {"text": "not without it"}, sign_off="IT-1:1")
    office.wait(days=1)
    answer(office, LIAISON, encryption="yes")
    assert recorded(office) == ("Is data encrypted? — no",)
    assert "⛔" not in score_card(office)


def recorded(office: Office) -> tuple[str, ...]:
    with office.store.unit_of_work() as uow:
        found = summary(office.desk, uow, uow.tickets.get(TEAM, 1))
    assert found is not None, words(office.card())
    return found.against
