"""`/itcheck campaign …`: what was typed fills the form."""

from __future__ import annotations

from datetime import date

from bot.domain.detection import CampaignFacts
from tests.builders import MARKETER, an_office

TYPED = "Spring sale on 27 November to 400k by e-mail and paid social"


def test_a_day_a_reach_and_channels_that_were_typed_are_filled_in() -> None:
    office = an_office()
    found = CampaignFacts("Spring sale", None, date(2026, 11, 27), 400_000, "400k", ("email", "paid_social"))
    office.read_facts = lambda words, day: found if words == TYPED else CampaignFacts()
    form = office.form(office.types(MARKETER, f"campaign {TYPED}"))
    assert {field.key: field.value for field in form.fields} == {
        "name": "Spring sale", "start": "2026-11-27", "audience": "400000", "channel": "email, paid social",
        "page": "", "needs": "",
    }  # fmt: skip


def test_a_name_alone_stays_as_it_was_typed() -> None:
    office = an_office()
    office.read_facts = lambda words, day: CampaignFacts("Summer launch")
    form = office.form(office.types(MARKETER, "campaign Summer  launch 2027"))
    assert [field.value for field in form.fields] == ["Summer launch 2027", "", "", "", "", ""]
