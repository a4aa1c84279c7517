"""An edited message is read again, and what came of it follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.detection import CampaignFacts, Detection
from bot.domain.events import Event
from bot.domain.ticket import Entry, State
from bot.messages import Came, Request
from tests.builders import (
    COLLEAGUE,
    GENERAL,
    LIAISON,
    MARKETER,
    MARKETING,
    SILENCE,
    TEAM,
    UNSURE,
    Office,
    a_campaign,
    a_channel,
    a_tool,
    a_tool_and_a_campaign,
    an_office,
    words,
)

CHAT, BETTER = "lunch?", "we signed up for Hotjar"
FIRST, SECOND = date(2026, 11, 27), date(2026, 12, 4)


def test_a_message_edited_into_a_request_is_treated_like_a_new_one() -> None:
    office = an_office()
    said = office.says(MARKETER, CHAT)
    edits(office, said, BETTER, a_tool("Hotjar"))
    assert (office.ticket().title, office.ticket().place.thread) == ("Hotjar", said.message)


def test_a_message_edited_into_a_perhaps_asks_its_author_once() -> None:
    office = an_office()
    said = office.says(MARKETER, CHAT)
    for text in ("Hotjar?", "Hotjar??"):
        edits(office, said, text, a_tool("Hotjar", sure=UNSURE))
        office.wait(days=2)
    assert len(office.whispers(MARKETER)) == 1


def test_a_message_asked_about_that_becomes_sure_opens_its_ticket_and_a_late_yes_finds_it() -> None:
    office = an_office()
    said = office.says(MARKETER, "Hotjar?", a_tool("Hotjar", sure=UNSURE))
    edits(office, said, BETTER, a_tool("Hotjar"))
    office.presses(MARKETER, "question", f"yes:{said.key}")
    assert office.tickets() == 1
    assert "IT-1 is already about this" in office.whispers(MARKETER)[-1]


def test_who_said_no_is_left_alone_whatever_the_edit_says() -> None:
    office = an_office()
    said = office.says(MARKETER, "Hotjar?", a_tool("Hotjar", sure=UNSURE))
    office.presses(MARKETER, "question", f"no:{said.key}")
    edits(office, said, BETTER, a_tool("Hotjar"))
    assert office.tickets() == 0


def test_a_withdrawn_ticket_is_not_opened_again_by_an_edit() -> None:
    office = an_office()
    said = office.says(MARKETER, BETTER, a_tool("Hotjar"))
    office.presses(MARKETER, "dismiss")
    edits(office, said, "we signed up for Hotjar!", a_tool("Hotjar"))
    assert (office.tickets(), office.ticket().state) == (1, State.WITHDRAWN)


@pytest.mark.parametrize("channel", [a_channel(listening=False), a_channel(id=GENERAL)])
def test_where_it_does_not_listen_an_edit_says_nothing(channel: object) -> None:
    office = an_office(channel)  # type: ignore[arg-type]
    edits(office, office.says(MARKETER, CHAT), BETTER, a_tool("Hotjar"))
    assert (office.tickets(), office.chat.said) == (0, [])


def test_the_ticket_follows_the_new_name_and_says_so_once() -> None:
    office = an_office()
    said = office.says(MARKETER, "we signed up for Hotjr", a_tool("Hotjr"))
    edits(office, said, BETTER, a_tool("Hotjar"))
    edits(office, said, BETTER + " yesterday", a_tool("Hotjar"))
    assert (office.ticket().title, office.ticket().topic) == ("Hotjar", "hotjar")
    assert office.card().title.endswith("New tool: Hotjar")
    assert office.thread()[2:] == [
        "The message was edited, and the ticket follows. It is about: Hotjar (was Hotjr)."
    ]  # fmt: skip


def test_a_moved_campaign_moves_its_ticket() -> None:
    office = an_office()
    said = office.says(MARKETER, "sale on the 27th", a_campaign("Sale", FIRST))
    edits(office, said, "sale on the 4th", with_audience(a_campaign("Sale", SECOND), 90_000))
    assert (office.ticket().starts_on, office.ticket().facts["start"]) == (SECOND, "2026-12-04")
    assert office.thread()[-1] == (
        "The message was edited, and the ticket follows. First day: Fri 4 Dec 2026 (was Fri 27 Nov 2026); "
        "Reach: 90,000 (was 400,000)."
    )
    assert "Fri 4 Dec 2026" in words(office.card())


def test_a_change_that_does_not_matter_is_followed_in_silence() -> None:
    office = an_office()
    said = office.says(MARKETER, "sale on the 27th", a_campaign("Sale", FIRST))
    by_mail = replace(a_campaign("Sale", FIRST), campaign=CampaignFacts("Sale", None, FIRST, 400_000, None, ("email",)))
    before = len(office.thread())
    edits(office, said, "sale on the 27th by mail", by_mail)
    assert (office.ticket().facts["channel"], len(office.thread())) == ("email", before)


def test_a_day_that_is_no_longer_said_is_no_longer_the_tickets() -> None:
    office = an_office()
    said = office.says(MARKETER, "sale on the 27th", a_campaign("Sale", FIRST))
    edits(office, said, "sale soon", a_campaign("Sale"))
    assert office.ticket().starts_on is None
    assert "First day: not said (was Fri 27 Nov 2026)" in office.thread()[-1]


def test_an_edit_that_says_nothing_any_more_is_told_to_the_liaison_once_and_closes_nothing() -> None:
    office = an_office()
    said = office.says(MARKETER, BETTER, a_tool("Hotjar"))
    for text in (CHAT, BETTER, CHAT):
        edits(office, said, text, SILENCE if text is CHAT else None)
    assert (office.ticket().state, office.ticket().title) == (State.ASSIGNED, "Hotjar")
    assert office.thread()[2:] == [
        "@liaison, the message was edited and no longer reads like a new tool. I changed nothing: if it is over, "
        "press “Not this” or Close."
    ]


def test_a_message_that_is_both_after_the_edit_opens_the_second_ticket() -> None:
    office = an_office()
    said = office.says(MARKETER, BETTER, a_tool("Hotjar"))
    edits(office, said, "Hotjar for the sale", a_tool_and_a_campaign("Hotjar", "Sale"))
    assert [office.ticket(number).kind for number in (1, 2)] == ["new_tool", "campaign"]


def test_the_edit_of_a_finished_tickets_message_changes_only_the_conversation() -> None:
    office = an_office()
    said = office.says(MARKETER, BETTER, a_tool("Hotjar"))
    office.submits(LIAISON, "resolve", {"text": "fine"}, ticket="IT-1")
    before = office.thread()
    edits(office, said, "we signed up for Klaviyo", a_tool("Klaviyo"))
    assert (office.ticket().title, office.thread()) == ("Hotjar", before)
    assert entries(office)[0].text == "we signed up for Klaviyo"


def test_of_words_that_were_learnt_only_the_edited_ones_stay() -> None:
    office = an_office(a_channel(learning=True))
    said = office.says(MARKETER, "Hotjar, password hunter2?", a_tool("Hotjar", sure=UNSURE))
    office.presses(MARKETER, "question", f"no:{said.key}")
    edits(office, said, "Hotjar?", a_tool("Hotjar", sure=UNSURE))
    assert [one.text for one in office.store.state.labels.values()] == ["Hotjar?"]
    assert "hunter2" not in repr(office.store.state)


def test_a_yes_takes_the_message_as_it_stands_now() -> None:
    office = an_office()
    said = office.says(MARKETER, "Hotjr?", a_tool("Hotjr", sure=UNSURE))
    rewrite(office, said, "Hotjar?")
    edits(office, said, "Hotjar?", a_tool("Hotjar", sure=UNSURE))
    office.presses(MARKETER, "question", f"yes:{said.key}")
    assert (office.ticket().title, entries(office)[0].text) == ("Hotjar", "Hotjar?")


def test_a_yes_to_a_message_that_was_deleted_opens_nothing() -> None:
    office = an_office()
    said = office.says(MARKETER, "Hotjar?", a_tool("Hotjar", sure=UNSURE))
    rewrite(office, said, None)
    office.presses(MARKETER, "question", f"yes:{said.key}")
    assert office.tickets() == 0
    assert office.whispers(MARKETER)[-1] == "That message was deleted, so nothing was opened."


def test_an_edit_by_somebody_else_of_another_message_changes_no_ticket() -> None:
    office = an_office()
    office.says(MARKETER, BETTER, a_tool("Hotjar"))
    reply = office.says(COLLEAGUE, "nice", thread=office.ticket().place.thread)
    edits(office, reply, "we signed up for Klaviyo", a_tool("Klaviyo"))
    assert (office.tickets(), office.ticket().title, len(events(office))) == (1, "Hotjar", 0)


def edits(office: Office, said: Request, text: str, now: Detection | None) -> None:
    if now is not None:
        office.detector.script[text] = now
    place = {"conversation": MARKETING, "message": said.message, "thread": said.thread}
    office.does(Came.EDIT, said.actor, text=text, **place)


def rewrite(office: Office, said: Request, text: str | None) -> None:
    """The message as the chat has it now, None for deleted."""
    (ref,) = [ref for ref in office.chat.heard if ref.message == said.message]
    if text is None:
        del office.chat.heard[ref]
    else:
        office.chat.heard[ref] = replace(office.chat.heard[ref], text=text)


def with_audience(found: Detection, audience: int) -> Detection:
    assert found.campaign is not None
    return replace(found, campaign=replace(found.campaign, audience=audience))


def entries(office: Office) -> Sequence[Entry]:
    with office.store.unit_of_work() as uow:
        return uow.log.entries(TEAM, 1)


def events(office: Office) -> list[Event]:
    with office.store.unit_of_work() as uow:
        return [event for event in uow.log.events(TEAM, 1) if event.what == "source_edited"]
