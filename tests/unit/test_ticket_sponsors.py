"""A ticket above a size has a sponsor: asked for once, who accepts, signs, says a word each month, hands it over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import Invalid
from bot.domain.people import Person, Role
from bot.domain.stake import Size
from bot.services.roadmap.sponsor_wanted import seek_sponsors
from bot.services.roadmap.sponsors import ask_sponsors
from tests.builders import (
    ADMIN,
    CIO,
    CMO,
    COLLEAGUE,
    GUEST,
    HOLDERS,
    LIAISON,
    MARKETER,
    MARKETING,
    TEAM,
    Office,
    an_office,
)
from tests.support.policies import draft_policy

LARGE = {"name": "Salesforce", "cost": "1,000 a month", "purpose": "One view of each customer"}
REVIEW = {"category": "email_automation", "amount": "500", "data": "none", "integration": "native"}
ASKED = datetime(2026, 12, 15, 9, tzinfo=UTC)
WORD = {"item": "IT-1", "mood": "stuck", "words": "no budget"}


@pytest.mark.parametrize(
    ("yearly", "audience", "is_large"),
    [(9_999, None, False), (10_000, None, True), (None, 99_999, False), (0, 100_000, True), (None, None, False)],
)
def test_a_ticket_is_large_from_a_years_cost_or_an_audience_on(
    yearly: int | None, audience: int | None, is_large: bool
) -> None:
    assert Size().is_reached(None if yearly is None else Decimal(yearly), audience) is is_large


@pytest.mark.parametrize("size", [(Decimal(0), 1), (Decimal(1), 0), (Decimal(-1), 5)])
def test_a_size_is_above_zero(size: tuple[Decimal, int]) -> None:
    with pytest.raises(Invalid):
        Size(*size)


@pytest.fixture
def office() -> Office:
    """The marketer asked for a tool of 12,000 EUR a year, and for a small one."""
    office = an_office(holders=HOLDERS | {Role.CIO: (CIO,), Role.CMO: (CMO,)})
    office.policy = draft_policy()
    for values in (LARGE, {"name": "Zoom", "cost": "99 a month"}):
        office.submits(MARKETER, "new_tool", values, kind="new_tool", conversation=MARKETING)
    seek(office)
    return office


def seek(office: Office) -> None:
    seek_sponsors(office.desk)
    office.run()


def named(office: Office, to: str = CMO, by: str = MARKETER) -> str:
    """What somebody is told who names a sponsor."""
    form = office.form(office.presses(by, "sponsor_name"))
    office.submits(by, form.name, {"to": to}, **form.context)
    return office.direct(by)[-1]


def accepted(office: Office) -> None:
    named(office)
    office.presses(CMO, "sponsor_accept", f"IT-1 marketing {MARKETER} {CMO}")


def test_the_thread_of_a_large_ticket_is_asked_for_a_sponsor_once(office: Office) -> None:
    seek(office)
    (wanted,) = [told for told in office.thread() if "who wants the outcome" in told]
    assert wanted == (
        "This is large (12,000 EUR a year). @marketer, who wants the outcome, and answers for it? "
        "Whoever you name is asked first."
    )
    assert not [told for told in office.thread(2) if "sponsor" in told]


def test_who_is_named_is_asked_and_answers_for_it_once_they_accept(office: Office) -> None:
    assert named(office) == "@cmo is asked. I tell you what they say."
    assert "@marketer asks you to sponsor IT-1 Salesforce: One view of each customer" in office.direct(CMO)[-1]
    assert office.ticket().sponsor == ""
    office.presses(CMO, "sponsor_accept", f"IT-1 marketing {MARKETER} {CMO}")
    assert office.ticket().sponsor == CMO
    assert "Sponsor\n@cmo" in office.thread()[0]
    assert "🙋 @cmo sponsors this: they want the outcome, and answer for it." in office.thread()
    assert "@cmo is the sponsor of IT-1 Salesforce now" in office.direct(MARKETER)[-1]
    assert "It has a sponsor" in str(office.chat.forms[office.presses(MARKETER, "sponsor_name").view])


def test_who_names_themselves_is_it_at_once_and_who_declines_is_not(office: Office) -> None:
    named(office)
    office.presses(CMO, "sponsor_decline", f"IT-1 marketing {MARKETER} {CMO}")
    assert "would rather not be the sponsor of IT-1" in office.direct(MARKETER)[-1]
    assert office.ticket().sponsor == ""
    assert "Thank you!" in named(office, COLLEAGUE, COLLEAGUE)
    assert office.ticket().sponsor == COLLEAGUE
    office.presses(CMO, "sponsor_accept", f"IT-1 marketing {MARKETER} {CMO}")
    assert "This has changed since" in office.whispers(CMO)[-1]


@pytest.mark.parametrize(
    ("to", "told"), [(LIAISON, "decides on it for IT"), (GUEST, "no guest or bot"), ("nobody", "nobody")]
)
def test_a_sponsor_is_a_colleague_who_does_not_decide_on_it(office: Office, to: str, told: str) -> None:
    office.submits(MARKETER, "sponsor_name", {"to": to}, ticket="IT-1")
    assert told in office.direct(MARKETER)[-1]
    assert office.direct(CMO) == []


def test_the_sponsor_signs_the_review_with_the_others(office: Office) -> None:
    accepted(office)
    context = {"ticket": "IT-1", "currency": "EUR", "before": "0", "conversation": MARKETING}
    office.submits(LIAISON, "review", REVIEW, **context)
    assert "sponsor (@cmo)" in office.thread()[-1]
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    assert "IT-1" in office.direct(CMO)[-1]
    office.presses(CMO, "sign_yes", "IT-1:1")
    assert "✅ sponsor: @cmo" in office.thread()[-1]


def test_a_sponsor_is_asked_for_a_word_each_month_and_both_sides_read_it(office: Office) -> None:
    accepted(office)
    office.wait(seconds=(ASKED - office.clock.at).total_seconds())
    ask_sponsors(office.desk)
    office.run()
    asked = [told for told in office.direct(CMO) if "A word from the sponsor" in told]
    assert "🧰 IT-1 Salesforce: 12,000 EUR a year" in asked[0]
    office.types(MARKETER, "roadmap review")
    assert "🤫 @cmo has not said a word yet on IT-1" in office.whispers(MARKETER)[-1]
    office.submits(COLLEAGUE, "sponsor_word", WORD, month="2026-12")
    assert "Only its sponsor can do that" in office.direct(COLLEAGUE)[-1]
    office.submits(CMO, "sponsor_word", WORD, month="2026-12")
    office.types(MARKETER, "roadmap review")
    assert "🔴 IT-1 Salesforce, @cmo: stuck. “no budget”" in office.whispers(MARKETER)[-1]


def test_it_is_handed_over_to_who_accepts(office: Office) -> None:
    accepted(office)
    office.submits(CMO, "sponsor_hand_over", {"item": "IT-1", "to": COLLEAGUE})
    assert "@cmo hands IT-1 Salesforce over to you" in office.direct(COLLEAGUE)[-1]
    assert office.ticket().sponsor == CMO
    office.presses(COLLEAGUE, "sponsor_accept", f"IT-1 marketing {CMO} {COLLEAGUE}")
    assert office.ticket().sponsor == COLLEAGUE


def test_a_sponsor_who_left_is_said_and_another_one_can_be_named(office: Office) -> None:
    accepted(office)
    office.chat.people[CMO] = Person(CMO, "Cmo", is_gone=True)
    office.types(MARKETER, "sponsor")
    assert "IT-1 Salesforce (12,000 EUR a year): @cmo, who has left" in office.whispers(MARKETER)[-1]
    office.types(MARKETER, "roadmap review")
    assert "👋 @cmo has left, and still sponsors IT-1 Salesforce (12,000 EUR a year)" in office.whispers(MARKETER)[-1]
    named(office, COLLEAGUE)
    office.presses(COLLEAGUE, "sponsor_accept", f"IT-1 marketing {MARKETER} {COLLEAGUE}")
    assert office.ticket().sponsor == COLLEAGUE


def test_an_admin_says_what_is_large(office: Office) -> None:
    office.types(MARKETER, "sponsor size 1,000 5k")
    assert "Only an admin" in office.whispers(MARKETER)[-1]
    for words, told in (("5", "Type /itcheck sponsor size"), ("0 5k", "above zero"), ("x 5k", "is no amount")):
        office.types(ADMIN, f"sponsor size {words}")
        assert told in office.whispers(ADMIN)[-1]
    office.types(ADMIN, "sponsor size 1,000 5k")
    assert office.whispers(ADMIN)[-1] == "From 1,000 EUR a year, or 5,000 people on, a ticket has a sponsor."
    office.types(MARKETER, "sponsor")
    assert "IT-2 Zoom (1,188 EUR a year): nobody yet" in office.whispers(MARKETER)[-1]
    with office.store.unit_of_work() as uow:
        assert uow.sponsor_words.size(TEAM) == Size(Decimal(1000), 5000)


def test_a_campaign_with_a_large_audience_has_its_own_sponsor(office: Office) -> None:
    start = (office.clock.at + timedelta(days=40)).date().isoformat()
    values = {"name": "Spring", "start": start, "audience": "400k", "sponsor": f"@{CMO}"}
    office.submits(MARKETER, "campaign", values, kind="campaign", conversation=MARKETING)
    seek(office)
    office.types(MARKETER, "sponsor")
    assert "IT-3 Spring (400,000 people): @cmo" in office.whispers(MARKETER)[-1]
    assert not [told for told in office.thread(3) if "Name a sponsor" in told]
