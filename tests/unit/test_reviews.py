"""The review of a tool, from the button to the verdict."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.people import Role
from bot.domain.ticket import State
from bot.messages import Field
from bot.services.sla.explanations import recompute
from bot.services.sla.recounting import recount_clocks
from handlers.routing import check_form
from tests.builders import (
    CIO,
    HOLDERS,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    an_office,
    words,
)
from tests.support.policies import draft_policy

LEGAL = "cmo"
WHO = {**HOLDERS, Role.LEGAL: (LEGAL,)}
PERSONAL = {
    "category": "email_automation",
    "amount": "6,000",
    "data": "personal",
    "integration": "native",
    "months": "12",
}
FAST = {"category": "collaboration", "amount": "500", "data": "none", "integration": "none", "months": ""}
CONDITION = {"what1": "Sign a data processing agreement", "owner1": LIAISON, "due1": "2026-12-18"}


@pytest.fixture
def office() -> Office:
    return an_office_with_a_ticket()


def test_what_is_known_stands_in_the_form(office: Office) -> None:
    fields = form(office, office.presses(LIAISON, "review"))
    known = {key: field.value for key, field in fields.items()}
    assert known == {
        "category": "email_automation", "amount": "1188", "data": "personal", "integration": "", "months": "12",
    }  # fmt: skip


def test_the_ruling_stands_in_the_thread(office: Office) -> None:
    review(office)
    card = office.thread()[-1]
    assert "🔎 Review: Klaviyo" in card
    assert "PERSONAL: the standard lane, 10 working days until the verdict." in card
    assert "marketing manager (@marketing-manager), liaison (@liaison), legal (@cmo)" in card
    assert "Version 1, under the draft template of the policy, which nobody has signed." in card
    assert office.ticket().state is State.IN_REVIEW


def test_three_people_say_yes_and_the_verdict_comes_once(office: Office) -> None:
    asked(office)
    assert office.ticket().state is State.WAITING
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    office.submits(LIAISON, "sign_conditions", CONDITION, sign_off="IT-1:1")
    assert office.ticket().state is State.WAITING
    office.presses(LEGAL, "sign_yes", "IT-1:1")
    ticket = office.ticket()
    assert (ticket.state, ticket.outcome) == (State.DECIDED, "Approved with conditions")
    assert [line for line in office.thread() if "was decided" in line] == [
        "✅ Approved with conditions: @marketer, “Klaviyo” for 6,000 EUR a year was decided.\n"
        "Conditions\nSign a data processing agreement — @liaison, by Fri 18 Dec"
    ]
    (review_card,) = [line for line in office.thread() if "Sign-offs" in line]
    assert "✅ Approved with conditions: Klaviyo" in review_card
    assert "✅ legal: @cmo said yes" in review_card
    assert any("📌 IT-1 “Klaviyo” is approved on a condition that is yours" in line for line in office.direct(LIAISON))
    with office.store.unit_of_work() as uow:
        (action,) = uow.actions.of(TEAM, ticket.place.conversation, ticket.opened_at)
        (tool,) = uow.catalogue.like(TEAM, "klaviyo")
    assert tool.status is ToolStatus.APPROVED
    assert (action.what, action.owner, action.ticket) == (CONDITION["what1"], LIAISON, 1)


def test_one_no_with_a_reason_stops_everything(office: Office) -> None:
    asked(office)
    office.submits(LEGAL, "sign_no", {"text": "No agreement about data"}, sign_off="IT-1:1")
    assert office.ticket().outcome == "Rejected: No agreement about data"
    assert (
        "⛔ Rejected: @marketer, “Klaviyo” for 6,000 EUR a year was decided. @cmo says why not: No agreement"
        in office.thread()[-2]
    )
    assert office.direct(MARKETING_MANAGER)[-1] == "Nothing to do for you any more on IT-1 “Klaviyo”: rejected."
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    assert office.whispers(MARKETING_MANAGER) == ["This is decided already: ⛔ Rejected."]


def test_a_role_nobody_holds_is_named_before_anybody_is_asked() -> None:
    office = an_office_with_a_ticket(HOLDERS)
    review(office)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    assert office.whispers(LIAISON) == [
        "Legal has no person yet, so nobody was asked. Ask Admin to name one with /itcheck people, then press again."
    ]
    assert office.direct(MARKETING_MANAGER) == []


def test_a_changed_review_takes_back_what_was_asked(office: Office) -> None:
    asked(office)
    office.presses(LEGAL, "sign_yes", "IT-1:1")
    review(office, FAST, before="1")
    assert office.ticket().state is State.IN_REVIEW
    assert "Version 1 of the review was replaced by a newer one below." in office.thread()
    assert "the review has changed" in office.direct(MARKETING_MANAGER)[-1]
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    assert "The review has changed since you were asked" in office.whispers(MARKETING_MANAGER)[0]
    office.presses(LIAISON, "ask_sign_offs", "IT-1:2")
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:2")
    assert office.ticket().outcome == "Approved"


def test_two_who_change_the_review_at_once_do_not_overwrite_each_other(office: Office) -> None:
    review(office, PERSONAL)
    review(office, FAST, before="0")
    assert "Somebody else changed the review meanwhile." in office.direct(LIAISON)[-1]
    assert reviews(office) == 1


def test_an_open_sign_off_blocks_closing_the_ticket(office: Office) -> None:
    asked(office)
    office.submits(LIAISON, "resolve", {"text": "bought"}, ticket="IT-1", conversation=MARKETING)
    assert "A sign-off is still open (marketing manager, liaison, legal)" in office.direct(LIAISON)[-1]
    assert office.ticket().state is State.WAITING


def test_who_asked_for_it_does_not_sign_even_with_the_role() -> None:
    office = an_office_with_a_ticket({**HOLDERS, Role.LEGAL: (MARKETER, LEGAL)})
    asked(office)
    office.presses(MARKETER, "sign_yes", "IT-1:1")
    assert "Nobody signs off their own request." in office.whispers(MARKETER)[-1]
    assert "legal" in "\n".join(office.direct(LEGAL))


def test_who_stands_in_signs_for_who_is_away(office: Office) -> None:
    office.types(LEGAL, f"away 2026-11-20 2026-12-01 @{CIO}")
    asked(office)
    assert f"(you stand in for @{LEGAL})" in office.direct(CIO)[-1]
    office.presses(CIO, "sign_yes", "IT-1:1")
    assert f"✅ legal: @{CIO} for @{LEGAL} said yes" in "\n".join(office.thread())


def test_a_wrong_form_says_what_is_wrong_field_by_field(office: Office) -> None:
    wrong = {"category": "", "amount": "-5", "data": "none", "integration": "none", "months": "0"}
    request = office.submits(LIAISON, "review", wrong, ticket="IT-1", currency="EUR", before="0")
    assert set(check_form(request)) == {"category", "amount", "months"}
    other = office.submits(LIAISON, "sign_conditions", {"what1": "x", "what2": "y"}, sign_off="IT-1:1")
    assert set(check_form(other)) == {"owner1", "due1", "owner2", "due2"}


def an_office_with_a_ticket(holders: Mapping[Role, tuple[str, ...]] = WHO) -> Office:
    office = an_office(holders=holders)
    office.policy = draft_policy()
    office.market = {"Klaviyo": Tool("Klaviyo", "email_automation", use="Newsletters")}.get
    facts = {"name": "Klaviyo", "cost": "99 a month", "data": "Yes"}
    office.submits(MARKETER, "new_tool", facts, conversation=MARKETING)
    return office


def review(office: Office, values: Mapping[str, str] = PERSONAL, before: str = "0") -> None:
    context = {"ticket": "IT-1", "currency": "EUR", "before": before, "conversation": MARKETING}
    office.submits(LIAISON, "review", values, **context)


def asked(office: Office) -> None:
    review(office)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")


def form(office: Office, request: object) -> dict[str, Field]:
    return {field.key: field for field in office.form(request).fields}  # type: ignore[arg-type]


def reviews(office: Office) -> int:
    with office.store.unit_of_work() as uow:
        return len(uow.reviews.of(TEAM, 1))


def test_the_words_of_a_card_hold_what_people_wrote_as_it_is(office: Office) -> None:
    review(office)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    office.submits(LEGAL, "sign_no", {"text": "<!channel> no"}, sign_off="IT-1:1")
    assert "<!channel> no" in words(office.posts()[-2].card)


def test_one_person_with_two_roles_is_asked_for_both_and_says_it_once() -> None:
    office = an_office_with_a_ticket({**HOLDERS, Role.LEGAL: (MARKETING_MANAGER,)})
    asked(office)
    card = next(line for line in office.thread() if "Sign-offs" in line)
    for line in ("⏳ marketing manager: @marketing-manager", "⏳ liaison: @liaison", "⏳ legal: @marketing-manager"):
        assert line in card
    (question,) = office.direct(MARKETING_MANAGER)
    assert "As marketing manager and legal: may we use it?" in question
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    assert office.ticket().state is State.WAITING
    card = next(line for line in office.thread() if "Sign-offs" in line)
    assert "✅ marketing manager: @marketing-manager said yes" in card
    assert "✅ legal: @marketing-manager said yes" in card
    assert office.direct(MARKETING_MANAGER)[-1].endswith("said yes, as marketing manager and legal.")
    office.submits(LIAISON, "sign_conditions", CONDITION, sign_off="IT-1:1")
    assert office.ticket().outcome == "Approved with conditions"


def test_what_the_chosen_category_has_already_stands_before_everybody_who_decides() -> None:
    office = an_office_with_a_ticket()
    office.market = {"Mailchimp": Tool("Mailchimp", "email_automation", use="Email & SMS")}.get
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, Tool("Mailchimp", "email_automation", status=ToolStatus.APPROVED))
    asked(office)
    there = "Approved for the same already\nMailchimp (Email & SMS)"
    assert there in next(line for line in office.thread() if "Sign-offs" in line)
    assert there in office.direct(LEGAL)[-1]
    assert "Approved already\nMailchimp (Email & SMS)" in words(office.card())
    for person in (LEGAL, MARKETING_MANAGER, LIAISON):
        office.presses(person, "sign_yes", "IT-1:1")
    (verdict,) = [line for line in office.thread() if "was decided" in line]
    assert "Approved for the same already: Mailchimp (Email & SMS)." in verdict
    (file,) = [one.card.file for one in office.posts() if one.card.file]
    assert "- Mailchimp" in file.text.partition("What is there already")[2]


@pytest.mark.parametrize(("values", "due"), [(PERSONAL, "2026-12-04 17:00"), (FAST, "2026-11-24 17:00")])
def test_the_ticket_is_settled_in_the_time_of_its_lane(office: Office, values: Mapping[str, str], due: str) -> None:
    """Working days from its opening; an edit of its priority or new targets do not bring the usual three back."""
    assert "Resolution\nby 2026-11-25 17:00" in words(office.card())
    review(office, values)
    assert f"Resolution\nby {due}" in words(office.card())
    with office.store.unit_of_work() as uow:
        before = uow.clocks.of(TEAM, 1)
        assert recompute(uow, TEAM, 1) == ()
        uow.recounts.ask(TEAM, "new targets")
    recount_clocks(office.desk)
    with office.store.unit_of_work() as uow:
        assert [one.due_at for one in uow.clocks.of(TEAM, 1)] == [one.due_at for one in before]
