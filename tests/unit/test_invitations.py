"""The invitation to the weekly sync: a calendar file under an address that nobody can guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar

from bot.domain.agenda import Agenda, Slot
from bot.domain.errors import StoreUnavailable
from bot.secrets import SecretKey
from bot.services.agenda.agenda import post_agendas
from bot.services.agenda.meetings import Meeting, meeting_of
from bot.web.invitations import Invitations, calendar_file
from tests.builders import MARKETING, TEAM, Office, a_channel, an_office

KEY = SecretKey(b"k" * 32)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
BASE = "https://liaison.example"


@pytest.fixture
def office() -> Office:
    """A channel in Berlin, on the Monday after its agenda was posted."""
    office = an_office(a_channel(zone="Europe/Berlin", set_up_at=MONDAY - timedelta(days=3)))
    office.clock.at = MONDAY
    post_agendas(office.desk)
    office.run()
    return office


def test_the_link_leads_to_the_meeting_of_the_channel(office: Office) -> None:
    invitations = of(office)
    answer = ask(invitations, invitations.url(the_agenda(office)))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).events
    assert event.start == MONDAY
    assert (event["summary"], event["location"]) == ("Weekly sync: marketing and IT", "#marketing")


def test_any_other_address_leads_nowhere(office: Office) -> None:
    invitations = of(office)
    good = invitations.url(the_agenda(office))
    other = Invitations(BASE, SecretKey(b"o" * 32).sign, invitations.find).url(the_agenda(office))
    wrong = (
        other,
        good.replace("2026-W49", "2026-W48"),
        good.replace(TEAM, "T2"),
        good.replace(".ics", "é.ics"),
        good.replace(".ics", ""),
        f"{BASE}/agenda/{TEAM}/{MARKETING}/2026-W49/.ics",
    )
    assert [ask(invitations, url).status_code for url in wrong] == [404] * len(wrong)


def test_an_agenda_that_never_came_has_no_invitation(office: Office) -> None:
    invitations = of(office)
    later = Agenda(TEAM, MARKETING, Slot("2026-W50", MONDAY), MONDAY, MONDAY)
    assert ask(invitations, invitations.url(later)).status_code == 404


def test_while_the_database_is_away_it_says_so(office: Office) -> None:
    def find(workspace: str, conversation: str, slot: str) -> Meeting | None:
        raise StoreUnavailable("gone")

    invitations = Invitations(BASE, KEY.sign, find)
    assert ask(invitations, invitations.url(the_agenda(office))).status_code == 503


def test_without_an_address_of_ours_there_is_no_link(office: Office) -> None:
    assert Invitations("", KEY.sign, of(office).find).url(the_agenda(office)) == ""


def test_the_meeting_comes_back_every_week_at_the_same_local_hour_and_is_known_by_its_channel() -> None:
    meeting = Meeting("sync-T1-C1@it-liaison", "", MONDAY, "Europe/Berlin", MONDAY)
    file = calendar_file(meeting).decode()
    assert "DTSTART;TZID=Europe/Berlin:20261130T090000" in file
    assert "RRULE:FREQ=WEEKLY" in file
    assert "BEGIN:VTIMEZONE" in file
    assert "UID:sync-T1-C1@it-liaison" in file
    assert "the marketing channel" in file


def of(office: Office) -> Invitations:
    def find(workspace: str, conversation: str, slot: str) -> Meeting | None:
        return meeting_of(office.store.unit_of_work, workspace, conversation, slot)

    return Invitations(BASE, KEY.sign, find)


def ask(invitations: Invitations, url: str) -> Any:
    site = FastAPI()
    site.include_router(invitations.router())
    return TestClient(site).get(url.removeprefix(BASE))


def the_agenda(office: Office) -> Agenda:
    with office.store.unit_of_work() as uow:
        found = uow.agendas.last(TEAM, MARKETING)
    assert found is not None
    return found
