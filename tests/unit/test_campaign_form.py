"""`/itcheck campaign …`: what was typed fills the form."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.detection import CampaignFacts
from bot.services.campaigns.campaign_form import typed_facts
from handlers.routing import check_form
from tests.builders import COLLEAGUE, MARKETER, MARKETING, an_office

XMAS = date(2026, 12, 12)
FILLED = {"name": "Xmas", "start": XMAS.isoformat(), "audience": "400k", "channel": "email"}
TYPED = "Spring sale on 27 November to 400k by e-mail and paid social"


def test_a_day_a_reach_and_channels_that_were_typed_are_filled_in() -> None:
    office = an_office()
    found = CampaignFacts("Spring sale", None, date(2026, 11, 27), 400_000, "400k", ("email", "paid_social"))
    office.read_facts = lambda words, day: found if words == TYPED else CampaignFacts()
    form = office.form(office.types(MARKETER, f"campaign {TYPED}"))
    assert {field.key: field.value for field in form.fields} == {
        "name": "Spring sale", "start": "2026-11-27", "audience": "400000", "channel": "email, paid social",
        "page": "", "time": "", "window": "", "sponsor": "", "needs": "",
    }  # fmt: skip


def test_a_name_alone_stays_as_it_was_typed() -> None:
    office = an_office()
    office.read_facts = lambda words, day: CampaignFacts("Summer launch")
    form = office.form(office.types(MARKETER, "campaign Summer  launch 2027"))
    assert [field.value for field in form.fields if field.value] == ["Summer launch 2027"]


@pytest.mark.parametrize(
    ("typed", "found", "name"),
    [
        ("Xmas 12 December 400k email", CampaignFacts(None, "12 December", XMAS, 400_000, "400k"), "Xmas"),
        ("email to 400k on 12 December, Xmas", CampaignFacts(None, "12 December", XMAS, 400_000, "400k"), "Xmas"),
        ("Big spring push 400k recipients", CampaignFacts(None, None, None, 400_000, "400k"), "Big spring"),
        ("400k email", CampaignFacts(None, None, None, 400_000, "400k"), "400k email"),
    ],
)
def test_what_is_left_of_a_line_is_the_name(typed: str, found: CampaignFacts, name: str) -> None:
    office = an_office()
    office.read_facts = lambda words, day: found
    assert office.form(office.types(MARKETER, f"campaign {typed}")).fields[0].value == name


def test_a_time_that_was_typed_is_filled_in() -> None:
    facts = typed_facts("Newsletter 5 Dec 10:30", CampaignFacts("Newsletter", "5 Dec 10:30", date(2026, 12, 5)))
    assert facts == {"name": "Newsletter", "start": "2026-12-05", "time": "10:30"}


def test_an_address_that_was_typed_is_where_it_leads() -> None:
    typed = "Xmas 12 December, mail jo@acme.example to 400k, (https://Shop.example/sale)."
    found = CampaignFacts(None, "12 December", XMAS, 400_000, "400k")
    assert typed_facts(typed, found)["page"] == "Shop.example/sale"
    assert typed_facts("Xmas shop.example 12 December", CampaignFacts(None, "12 December", XMAS))["name"] == "Xmas"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("start", "2026-11-20", "That day is over"),
        ("start", "9999-12-31", "more than ten years"),
        ("audience", "everyone", "How many is “everyone”?"),
        ("audience", "0", "It reaches nobody?"),
        ("audience", "2 lakhs of", "Try 12,000 or 400k."),
        ("channel", "carrier pigeon", "There are: E-mail, "),
        ("time", "25:00", "is no time of day"),
        ("window", "0", "Sending takes some time"),
        ("window", "9 days", "more than a week"),
        ("click_rate", "101", "101 % is more than everybody"),
        ("conversion", "lots", "Type it in percent"),
        ("order_value", "a lot", "is no amount"),
    ],
)
def test_odd_input_is_asked_about_at_its_field(field: str, typed: str, said: str) -> None:
    request = an_office().submits(MARKETER, "campaign", {"name": "Xmas", field: typed})
    errors = check_form(request)
    assert list(errors) == [field]
    assert said in errors[field]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("audience", "2 lakh", "200000"),
        ("audience", "1.2M", "1200000"),
        ("audience", "400k", "400000"),
        ("audience", "400.000", "400000"),
        ("channel", "Newsletter and TV", "Newsletter and TV"),
        ("time", "9 am", "09:00"),
        ("window", "240", "4 h"),
        ("click_rate", "1,7", "1.7 %"),
        ("order_value", "€45", "45 EUR"),
        ("order_value", "12.50", "12.50"),
        ("sponsor", f"<@{COLLEAGUE}>", f"@{COLLEAGUE}"),
        ("sponsor", "the board", "the board"),
    ],
)
def test_what_can_be_read_is_kept_in_one_way(field: str, typed: str, kept: str) -> None:
    office = an_office()
    request = office.submits(MARKETER, "campaign", {"name": "Xmas", field: typed}, conversation=MARKETING)
    assert check_form(request) == {}
    assert office.ticket().facts[field] == kept


def test_the_details_say_what_is_usual_for_the_channel_and_where_that_is_from() -> None:
    office = an_office()
    office.submits(MARKETER, "campaign", FILLED, conversation=MARKETING)
    fields = {one.key: one for one in office.form(office.presses(MARKETER, "details")).fields}
    assert fields["click_rate"].hint.startswith("Usual for E-mail: 1.7 % of the recipients (clicks: trypropel.ai 2026")
    assert fields["window"].hint == "Usual for E-mail: 40 min"
    assert COLLEAGUE in {one.value for one in fields["sponsor"].choices}
    office.submits(MARKETER, "details", {**FILLED, "click_rate": "3"}, ticket="IT-1", kind="campaign")
    assert office.ticket().facts["click_rate"] == "3 %"


def test_a_day_that_went_by_meanwhile_does_not_stop_other_changes() -> None:
    office = an_office()
    office.submits(MARKETER, "campaign", FILLED, conversation=MARKETING)
    office.wait(days=40)
    context = office.form(office.presses(MARKETER, "details")).context
    later = office.submits(MARKETER, "details", {**FILLED, "order_value": "45 EUR"}, **context)
    assert check_form(later) == {}
    assert list(check_form(office.submits(MARKETER, "details", {"start": "2026-12-13"}, **context))) == ["start"]


def test_changed_details_are_told_as_the_card_names_them() -> None:
    office = an_office()
    office.submits(MARKETER, "campaign", FILLED, conversation=MARKETING)
    changed = {**FILLED, "audience": "500k", "sponsor": COLLEAGUE, "channel": ""}
    office.submits(MARKETER, "details", changed, ticket="IT-1", kind="campaign")
    assert office.thread()[-1] == (
        "@marketer changed this. Reach: 500,000 (was 400,000); Channels: not said (was email); Sponsor: @colleague."
    )
