"""The weekly agenda: posted once, at its hour, with what the two sides have to talk about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.agenda import LINES_MOST
from bot.services.agenda.agenda import post_agendas
from bot.services.sla.sweep import look_at_clocks
from tests.builders import (
    GENERAL,
    LIAISON,
    MARKETER,
    MARKETING,
    TEAM,
    Office,
    a_campaign,
    a_channel,
    a_tool,
    an_office,
    words,
)

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def office() -> Office:
    """A workspace on the Tuesday after the first agenda, its sync on Mondays at nine."""
    office = an_office(a_channel(set_up_at=NEXT_MONDAY - timedelta(days=10)))
    agendas(office, at=NEXT_MONDAY - timedelta(weeks=1))
    office.clock.at = TUESDAY
    return office


def test_an_agenda_is_posted_once_however_often_one_looks(office: Office) -> None:
    for minutes in (-1, 0, 1, 120):
        agendas(office, at=NEXT_MONDAY + timedelta(minutes=minutes))
    assert [title(line) for line in posted(office)] == ["🗓️ Weekly sync · Mon 23 Nov", "🗓️ Weekly sync · Mon 30 Nov"]


def test_a_clock_set_back_posts_no_agenda_again(office: Office) -> None:
    agendas(office, at=NEXT_MONDAY)
    agendas(office, at=NEXT_MONDAY - timedelta(hours=1))
    agendas(office, at=NEXT_MONDAY)
    assert len(posted(office)) == 2


def test_an_empty_week_says_so_in_one_line(office: Office) -> None:
    assert posted(office) == [
        "🗓️ Weekly sync · Mon 23 Nov\nNothing on the table between marketing and IT this week. Enjoy the quiet!"
    ]


def test_an_agenda_lists_what_is_open_late_new_and_ahead(office: Office) -> None:
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    office.says(MARKETER, "Black Friday is coming", a_campaign("Black Friday", date(2026, 12, 4)))
    office.wait(days=3)
    while look_at_clocks(office.desk):
        continue
    agendas(office, at=NEXT_MONDAY)
    assert posted(office)[1] == "\n".join((
        "🗓️ Weekly sync · Mon 30 Nov",
        "Since Mon 23 Nov: 2 decisions needed, 2 tickets late, 1 campaign ahead.",
        "Decisions needed",
        "🧰 IT-1 Klaviyo — was due Fri 27 Nov, @liaison",
        "📣 IT-2 Black Friday — starts Fri 4 Dec, @liaison",
        "Late, or close to it",
        "⌛ IT-1 Klaviyo — first answer and resolution late since Tue 24 Nov, @liaison",
        "⌛ IT-2 Black Friday — first answer and resolution late since Tue 24 Nov, @liaison",
        "Campaigns in the next four weeks",
        "Fri 4 Dec: IT-2 Black Friday — assigned",
        "In figures",
        "Tickets: 2 opened, 0 closed, 4 times late, 1 campaign at short notice.",
        "In time: IT 0 of 4 (0 %), marketing 0 of 1 (0 %, 1 campaign at short notice).",
        "Something for next time? /itcheck agenda add your topic",
    ))  # fmt: skip


def test_what_waits_comes_after_what_can_be_decided(office: Office) -> None:
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    office.says(MARKETER, "Hotjar", a_tool("Hotjar"))
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    agendas(office, at=NEXT_MONDAY)
    assert section(office, "Decisions needed") == [
        "🧰 IT-2 Hotjar — was due Fri 27 Nov, @liaison",
        "🧰 IT-1 Klaviyo — waiting for the requester, @liaison",
    ]


def test_what_is_new_and_in_time_is_no_decision_and_a_question_never_is(office: Office) -> None:
    office.types(MARKETER, "ask what is a CDP?")
    office.clock.at = NEXT_MONDAY - timedelta(hours=1)
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    office.says(MARKETER, "Hotjar", a_tool("Hotjar"))
    office.presses(LIAISON, "claim", "IT-3")
    agendas(office, at=NEXT_MONDAY)
    assert [line.split(" — ")[0] for line in section(office, "Decisions needed")] == ["🧰 IT-3 Hotjar"]
    assert section(office, "New since last time") == ["🧰 IT-2 Klaviyo · 💬 IT-1 what is a CDP?"]


def test_what_was_on_the_last_agenda_as_new_is_not_new_again(office: Office) -> None:
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    agendas(office, at=NEXT_MONDAY)
    office.clock.at = NEXT_MONDAY + timedelta(days=6)
    office.says(MARKETER, "Hotjar", a_tool("Hotjar"))
    agendas(office, at=NEXT_MONDAY + timedelta(weeks=1))
    assert section(office, "New since last time") == ["🧰 IT-2 Hotjar"]


def test_withdrawn_tickets_are_not_talked_about(office: Office) -> None:
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    office.presses(MARKETER, "dismiss")
    agendas(office, at=NEXT_MONDAY)
    assert "Klaviyo" not in posted(office)[1]


def test_only_campaigns_of_the_next_four_weeks_are_ahead(office: Office) -> None:
    days = {"Past": 29, "First day": 30, "Last day": 30 + 28, "Too far": 30 + 29}
    for name, day in days.items():
        office.says(MARKETER, name, a_campaign(name, date(2026, 11, 1) + timedelta(days=day - 1)))
    agendas(office, at=NEXT_MONDAY)
    ahead = section(office, "Campaigns in the next four weeks")
    assert [line.split(" — ")[0] for line in ahead] == ["Mon 30 Nov: IT-2 First day", "Mon 28 Dec: IT-3 Last day"]


def test_a_campaign_whose_ticket_is_closed_is_still_ahead(office: Office) -> None:
    office.says(MARKETER, "Black Friday is coming", a_campaign("Black Friday", date(2026, 12, 4)))
    office.submits(LIAISON, "resolve", {"text": "it fits"}, ticket="IT-1")
    agendas(office, at=NEXT_MONDAY)
    assert section(office, "Campaigns in the next four weeks") == ["Fri 4 Dec: IT-1 Black Friday — closed"]


def test_a_long_list_ends_with_where_to_find_the_rest(office: Office) -> None:
    for number in range(LINES_MOST + 3):
        office.says(MARKETER, f"we buy Tool{number}", a_tool(f"Tool{number}"))
    agendas(office, at=NEXT_MONDAY)
    assert section(office, "Decisions needed")[-1] == "… and 3 more: /itcheck list open"


def test_an_agenda_two_days_late_is_still_posted(office: Office) -> None:
    agendas(office, at=NEXT_MONDAY + timedelta(days=2))
    assert len(posted(office)) == 2


def test_an_agenda_missed_by_more_than_two_days_is_dropped_and_the_next_one_makes_up_for_it(office: Office) -> None:
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    agendas(office, at=NEXT_MONDAY + timedelta(days=2, seconds=1))
    assert len(posted(office)) == 1
    agendas(office, at=NEXT_MONDAY + timedelta(weeks=1))
    latest = posted(office)[1]
    assert "Since Mon 23 Nov: " in latest
    assert "The last agenda was skipped, so this one covers more than a week." in latest
    assert "Decisions needed\n🧰 IT-1 Klaviyo" in latest


def test_a_channel_set_up_after_its_hour_waits_for_the_next_week() -> None:
    office = an_office(a_channel(set_up_at=TUESDAY))
    agendas(office, at=TUESDAY)
    assert posted(office) == []
    agendas(office, at=NEXT_MONDAY)
    assert len(posted(office)) == 1


def test_every_channel_has_its_own_agenda_at_its_own_hour() -> None:
    office = an_office()
    with office.store.unit_of_work() as uow:
        far = a_channel(id=GENERAL, name="general", zone="Pacific/Auckland", sync_hour=9)
        uow.workspaces.save_channel(far)
    agendas(office, at=datetime(2026, 11, 29, 20, tzinfo=UTC))
    assert (len(office.channel(MARKETING)), len(office.channel(GENERAL))) == (0, 1)
    agendas(office, at=NEXT_MONDAY)
    assert (len(office.channel(MARKETING)), len(office.channel(GENERAL))) == (1, 1)


def test_a_channel_that_is_left_gets_no_agenda() -> None:
    office = an_office(a_channel(listening=False))
    agendas(office, at=NEXT_MONDAY)
    assert office.channel() == []


def test_a_channel_talks_about_its_own_tickets_only(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(id=GENERAL, name="general"))
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"), conversation=GENERAL)
    agendas(office, at=NEXT_MONDAY)
    assert "Klaviyo" not in posted(office)[1]
    assert office.ticket().workspace == TEAM
    assert "Decisions needed\n🧰 IT-1 Klaviyo" in office.channel(GENERAL)[-1]


def agendas(office: Office, at: datetime) -> None:
    office.clock.at = at
    post_agendas(office.desk)
    office.run()


def posted(office: Office) -> list[str]:
    return [line for line in office.channel() if line.startswith("🗓️")]


def title(agenda: str) -> str:
    return agenda.splitlines()[0]


def section(office: Office, name: str) -> list[str]:
    """The lines of one section of the newest agenda."""
    (card,) = [one.card for one in office.posts() if one.card.title.startswith("🗓️")][-1:]
    return [words_of for part in card.sections if part.title == name for words_of in map(words, part.lines)]


def test_an_agenda_waits_while_we_are_out_of_the_channel_and_is_posted_when_we_are_back(office: Office) -> None:
    room = office.chat.rooms.pop(MARKETING)
    agendas(office, at=NEXT_MONDAY)
    the_agenda_and_the_end_of_the_last = office.store.outbox.parked()
    assert [one.why.split(".")[0] for one in the_agenda_and_the_end_of_the_last] == [
        "The bot is not in this channel",
        "The bot is not in this channel",
    ]
    office.chat.rooms[MARKETING] = room
    office.wait(hours=1)
    assert title(posted(office)[-1]) == "🗓️ Weekly sync · Mon 30 Nov"
    assert office.store.outbox.parked() == []


def test_an_agenda_that_could_not_be_sent_for_two_days_is_dropped_and_its_items_come_next_time(office: Office) -> None:
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    room = office.chat.rooms.pop(MARKETING)
    agendas(office, at=NEXT_MONDAY)
    assert len(office.store.outbox.parked()) == 2
    agendas(office, at=NEXT_MONDAY + timedelta(days=2, minutes=1))
    assert len(office.store.outbox.parked()) == 1
    office.chat.rooms[MARKETING] = room
    agendas(office, at=NEXT_MONDAY + timedelta(weeks=1))
    assert [title(one) for one in posted(office)[1:]] == ["🗓️ Weekly sync · Mon 7 Dec"]
    assert "Decisions needed\n🧰 IT-1 Klaviyo" in posted(office)[1]
    assert "The last agenda was skipped" in posted(office)[1]


def test_an_agenda_that_never_left_before_a_long_stop_gives_way_to_the_next(office: Office) -> None:
    room = office.chat.rooms.pop(MARKETING)
    agendas(office, at=NEXT_MONDAY)
    office.chat.rooms[MARKETING] = room
    office.clock.at = NEXT_MONDAY + timedelta(weeks=1)
    post_agendas(office.desk)
    office.run()
    assert [title(one) for one in posted(office)[1:]] == ["🗓️ Weekly sync · Mon 7 Dec"]


def test_another_day_for_the_sync_is_no_skipped_agenda(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(set_up_at=NEXT_MONDAY - timedelta(days=10), sync_weekday=3))
    agendas(office, at=NEXT_MONDAY + timedelta(days=3))
    assert title(posted(office)[-1]) == "🗓️ Weekly sync · Thu 3 Dec"
    assert "skipped" not in posted(office)[-1]


def test_a_breach_that_is_noted_only_after_the_agenda_stands_on_the_next(office: Office) -> None:
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    agendas(office, at=NEXT_MONDAY)
    while look_at_clocks(office.desk):
        continue
    agendas(office, at=NEXT_MONDAY + timedelta(weeks=1))
    assert section(office, "Late, or close to it") == [
        "⌛ IT-1 Klaviyo — first answer and resolution late since Tue 24 Nov, @liaison"
    ]
    agendas(office, at=NEXT_MONDAY + timedelta(weeks=2))
    assert section(office, "Late, or close to it") == []
