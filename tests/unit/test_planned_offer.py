"""A campaign that came into the calendar by a file is offered a ticket, once."""

from __future__ import annotations

from datetime import timedelta

from bot.files import sheets
from bot.services.calendar.planned_import import import_lines
from bot.services.calendar.planned_offer import offer_tickets
from tests.builders import LIAISON, MARKETER, MARKETING, MONDAY_NINE, TEAM, Office, an_office

SHEET = """kind,name,start,end,site
campaign,Spring sale,2026-12-14,2026-12-15,shop.example
campaign,Flash,2026-12-16 18:00,2026-12-16 20:00,
launch,New shop,2026-12-18,2026-12-18,
"""


def taken_over(office: Office, text: str = SHEET) -> int:
    with office.store.unit_of_work() as uow:
        zone = uow.workspaces.listening(TEAM)[0].tz
        done = import_lines(uow, TEAM, sheets.read(text.encode()), zone, MONDAY_NINE)
        offered = offer_tickets(uow, TEAM, done.campaigns)
    office.run()
    return offered


def test_an_imported_campaign_is_offered_a_ticket_once_and_opens_it_by_its_filled_form() -> None:
    office = an_office()
    assert taken_over(office) == 2
    (said,) = [one for one in office.channel() if "came into the calendar" in one]
    assert "2 campaigns came into the calendar" in said
    assert "📣 Spring sale — Mon 14 Dec – Tue 15 Dec, shop.example" in said
    assert taken_over(office) == 0
    (card,) = [one.card for one in office.chat.said if "came into the calendar" in one.card.title]
    button = card.sections[0].lines[0].button
    assert button is not None
    form = office.form(office.presses(MARKETER, button.action, button.value))
    filled = {field.key: field.value for field in form.fields if field.value}
    assert (filled["name"], filled["start"], filled["page"]) == ("Spring sale", "2026-12-14", "shop.example")
    office.submits(MARKETER, form.name, {**filled, "audience": "20k", "channel": "email"}, **form.context)
    assert office.tickets() == 1
    office.presses(LIAISON, button.action, button.value)
    assert office.tickets() == 1
    assert taken_over(office, SHEET + "campaign,Newsletter,2026-12-21,2026-12-21,\n") == 1


def test_what_has_a_ticket_already_is_not_offered() -> None:
    office = an_office()
    facts = {"name": "spring SALE", "start": "2026-12-14", "audience": "20k", "channel": "email"}
    office.submits(MARKETER, "campaign", facts, conversation=MARKETING)
    assert taken_over(office) == 1
    (said,) = [one for one in office.channel() if "came into the calendar" in one]
    assert "Flash — Wed 16 Dec, 18:00 – 20:00" in said
    office.clock.at += timedelta(minutes=1)
    office.types(MARKETER, "calendar")
    assert "Flash — Wed 16 Dec, 18:00 – 20:00. IT has no ticket for it yet" in office.whispers(MARKETER)[-1]
