"""Two campaigns with one name: one ticket where their days agree or one has none, else each knows of the other."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLEAGUE, LIAISON, MARKETER, MARKETING, Office, a_campaign, an_office, words

XMAS = {"name": "Xmas", "start": "2026-12-12", "audience": "400k", "channel": "email"}


@pytest.fixture
def office() -> Office:
    office = an_office()
    office.submits(MARKETER, "campaign", XMAS, conversation=MARKETING)
    return office


def test_the_same_name_on_another_day_is_another_campaign_and_says_so(office: Office) -> None:
    office.submits(COLLEAGUE, "campaign", {**XMAS, "start": "2026-12-19"}, conversation=MARKETING)
    assert office.tickets() == 2
    assert (
        "IT-1 has the same name and starts on Sat 12 Dec 2026. If both are one campaign, IT makes them one: "
        "/itcheck merge IT-2 IT-1"
    ) in office.thread(2)
    office.types(LIAISON, "merge IT-2 IT-1")
    assert office.ticket(2).is_finished
    assert words(office.card(2)) == "IT-2 is part of IT-1: Xmas. Nobody needs to do anything."


@pytest.mark.parametrize("day", ["2026-12-12", ""])
def test_the_same_name_on_the_same_day_or_none_is_the_same(office: Office, day: str) -> None:
    office.submits(COLLEAGUE, "campaign", {**XMAS, "start": day, "audience": ""}, conversation=MARKETING)
    assert office.tickets() == 1
    assert office.ticket().followers == (COLLEAGUE,)


def test_what_somebody_adds_to_a_campaign_that_has_a_ticket_is_not_lost() -> None:
    office = an_office()
    office.says(MARKETER, "Xmas mailing soon", a_campaign("Xmas"))
    office.submits(COLLEAGUE, "campaign", {**XMAS, "window": "4 h", "audience": "1M"}, conversation=MARKETING)
    ticket = office.ticket()
    assert (ticket.starts_on, ticket.facts["window"], ticket.facts["audience"]) == (date(2026, 12, 12), "4 h", "400000")
    assert "@colleague adds: First day: Sat 12 Dec 2026; Sent over: 4 h." in office.thread()
    assert any("Lead time" in line for line in office.thread())


def test_who_asked_may_add_to_it_by_asking_again(office: Office) -> None:
    office.submits(MARKETER, "campaign", {**XMAS, "page": "shop.example"}, conversation=MARKETING)
    assert office.ticket().facts["page"] == "shop.example"
    assert office.ticket().followers == ()
