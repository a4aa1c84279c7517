"""The secret link to the calendar: made once, kept as a digest, taken back; behind it a file without secrets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar

from bot.domain.errors import (
    Conflict,
    Invalid,
    LiaisonError,
    NotAllowed,
    NotFound,
    Passing,
    StoreUnavailable,
)
from bot.domain.feed import digest_of
from bot.domain.people import Person
from bot.domain.planned import Planned, PlannedKind
from bot.files import calendar_text
from bot.messages import Came, Card, Link, Request
from bot.services.calendar.feeds import Content, close_feeds, content_of, link_card
from bot.services.desk import Desk
from bot.web.feeds import CalendarFeeds
from tests.builders import (
    GUEST,
    MARKETER,
    MARKETING,
    MONDAY_NINE,
    TEAM,
    Office,
    a_campaign,
    a_channel,
    an_office,
    words,
)

FREEZE = Planned(
    PlannedKind.FREEZE, "Holidays; \n“all”, \\n", MONDAY_NINE, MONDAY_NINE + timedelta(days=9),
    owner="@it-manager", grants="@it-manager", note="Because of the incident", key="f1",
)  # fmt: skip


@pytest.fixture
def office() -> Office:
    """A campaign and a freeze."""
    office = an_office(a_channel(zone="Europe/Berlin"))
    office.says(MARKETER, "Secret plans: our mailing goes out", a_campaign("Black Friday", date(2026, 12, 24)))
    office.submits("liaison", "note", {"text": "internal remark"}, ticket="IT-1")
    with office.store.unit_of_work() as uow:
        uow.plans.save(TEAM, FREEZE)
    return office


def desk(office: Office, base: str = "https://bot.example/") -> Desk:
    return replace(office.desk, feed_url=feeds(office, base).url)


def feeds(office: Office, base: str = "https://bot.example/") -> CalendarFeeds:
    find = partial(content_of, office.store.unit_of_work, office.clock)
    return CalendarFeeds(base, find, calendar_text.write_feed, office.clock)


def page(made: CalendarFeeds) -> TestClient:
    site = FastAPI()
    site.include_router(made.router())
    return TestClient(site)


def asked(person: str = MARKETER, workspace: str = TEAM) -> Request:
    return Request(workspace, "slack", "k", Came.COMMAND, person, MONDAY_NINE, conversation=MARKETING)


def url_in(card: Card) -> str:
    (link,) = [span for span in card.text if isinstance(span, Link)]
    return link.url


def path(office: Office, how: str = "") -> str:
    return url_in(link_card(desk(office), asked(), how)).removeprefix("https://bot.example")


def test_the_link_leads_to_a_calendar_that_others_can_read(office: Office) -> None:
    answer = page(feeds(office)).get(path(office))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    freeze, mailing = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(freeze["SUMMARY"]) == "🧊 Freeze: Holidays; “all”, \\n".replace("; “", "; \n“")
    assert str(mailing["SUMMARY"]) == "📣 Campaign: IT-1 Black Friday"
    assert mailing["DTSTART"].to_ical() == b"20261224"
    assert freeze["DTSTART"].to_ical() == b"20261123T090000Z"


def test_it_tells_no_note_no_person_and_nothing_people_wrote(office: Office) -> None:
    text = page(feeds(office)).get(path(office)).text
    for secret in ("incident", "it-manager", "marketer", "Secret plans", "internal remark", "400"):
        assert secret not in text


def test_what_is_known_already_is_not_sent_again(office: Office) -> None:
    at, client = path(office), page(feeds(office))
    first = client.get(at)
    again = client.get(at, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(at)
    assert (head.status_code, head.headers["etag"], head.content) == (200, first.headers["etag"], b"")
    office.clock.at += timedelta(hours=3)
    assert client.get(at).headers["etag"] == first.headers["etag"]
    with office.store.unit_of_work() as uow:
        uow.plans.remove(TEAM, "f1")
    assert client.get(at).headers["etag"] != first.headers["etag"]


def test_a_wrong_or_old_link_leads_nowhere(office: Office) -> None:
    at, client = path(office), page(feeds(office))
    newer = path(office, "new")
    for wrong in (at, at.replace("/calendar/", "/calendar/x"), f"/calendar/{'x' * 5000}.ics", "/calendar/.ics"):
        assert client.get(wrong).status_code == 404
        assert client.head(wrong).status_code == 404
    assert client.get(newer).status_code == 200
    link_card(desk(office), asked(), "off")
    assert client.get(newer).status_code == 404


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (Person(MARKETER, "Marketer"), 200),
        (Person(MARKETER, "Marketer", is_gone=True), 404),
        (Person(MARKETER, "Marketer", is_guest=True), 404),
    ],
    ids=["here", "gone", "guest"],
)
def test_the_link_of_who_left_is_taken_back(office: Office, now: Person, status: int) -> None:
    at = path(office)
    office.chat.people[MARKETER] = now
    assert not close_feeds(office.desk)
    assert page(feeds(office)).get(at).status_code == status


@pytest.mark.parametrize(("error", "status"), [(NotFound("unknown"), 404), (Passing("the chat is away"), 200)])
def test_who_is_unknown_loses_the_link_but_a_chat_that_is_away_takes_none(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: LiaisonError, status: int
) -> None:
    def fail(*_: str) -> Person:
        raise error

    at = path(office)
    monkeypatch.setattr(office.chat, "person", fail)
    close_feeds(office.desk)
    assert page(feeds(office)).get(at).status_code == status


def test_a_link_shows_the_calendar_of_its_own_workspace(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(workspace="T2"))
    other = url_in(link_card(desk(office), asked(workspace="T2"), "")).removeprefix("https://bot.example")
    answer = page(feeds(office)).get(other)
    assert (answer.status_code, Calendar.from_ical(answer.content).walk("VEVENT")) == (200, [])


def test_only_a_digest_of_the_token_is_kept(office: Office) -> None:
    token = path(office).removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in repr(office.store.state)
    assert digest_of(token) in repr(office.store.state)


def test_a_link_is_not_replaced_by_accident_and_can_be_switched_off(office: Office) -> None:
    assert "nothing is to switch off" in words(link_card(desk(office), asked(), "off"))
    path(office)
    with pytest.raises(Conflict, match="You have a link since Mon 23 Nov"):
        link_card(desk(office), asked(), "")
    with pytest.raises(Invalid, match="link new for another one"):
        link_card(desk(office), asked(), "please")
    assert "Your link is off" in words(link_card(desk(office), asked(), "off"))


def test_guests_get_none_and_without_an_address_nobody_does(office: Office) -> None:
    with pytest.raises(NotAllowed):
        link_card(desk(office), asked(GUEST), "")
    with pytest.raises(Conflict, match="set PUBLIC_URL"):
        link_card(desk(office, ""), asked(), "")
    office.types(MARKETER, "calendar link")
    assert "set PUBLIC_URL" in office.whispers(MARKETER)[-1]


def test_while_the_database_is_away_it_says_so(office: Office) -> None:
    def away(token: str) -> Content | None:
        raise StoreUnavailable("away")

    assert page(replace(feeds(office), find=away)).get("/calendar/x.ics").status_code == 503


def test_a_feed_of_hundreds_is_written_in_one_piece(office: Office) -> None:
    many = tuple(replace(FREEZE, key=f"f{number}", name="<b>🙂" * 30) for number in range(600))
    content = Content(many, a_channel().tz)
    answer = page(replace(feeds(office), find=lambda token: content)).get("/calendar/x.ics")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 600
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert datetime(2026, 11, 23, tzinfo=UTC).strftime("%Y%m%dT000000Z").encode() in answer.content
