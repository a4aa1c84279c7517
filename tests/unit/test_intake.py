"""Every way in ends in the same ticket, and the same thing asked twice is one ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.people import Role
from bot.domain.sla import Clock, ClockKind
from bot.domain.ticket import Entry, Intake, State
from bot.messages import Came
from bot.services.intake.intake import shorten
from tests.builders import (
    COLLEAGUE,
    ELSEWHERE,
    GENERAL,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    TEAM,
    Office,
    a_campaign,
    a_channel,
    a_new_office,
    a_tool,
    a_tool_and_a_campaign,
    an_office,
    words,
)

SAID = "we'd love to try Klaviyo"


def by_form(office: Office) -> None:
    office.types(MARKETER, "new-tool Klaviyo")
    office.submits(MARKETER, "new_tool", {"name": "Klaviyo"}, conversation=MARKETING)


def by_detection(office: Office) -> None:
    office.says(MARKETER, SAID, a_tool("Klaviyo"))


def by_mention(office: Office) -> None:
    office.says(MARKETER, SAID, a_tool("Klaviyo"), calls_us=True)


def by_reaction(office: Office) -> None:
    heard = office.says(MARKETER, SAID, conversation=GENERAL)
    office.detector.script[SAID] = a_tool("Klaviyo")
    office.does(Came.REACTION, COLLEAGUE, name="ticket", conversation=GENERAL, message=heard.message)


def by_shortcut(office: Office) -> None:
    office.detector.script[SAID] = a_tool("Klaviyo")
    about = {"about_author": MARKETER, "about_text": SAID}
    office.does(Came.SHORTCUT, COLLEAGUE, name="open_ticket", conversation=MARKETING, message="1.0", view="V1", **about)


def by_direct_message(office: Office) -> None:
    asked = office.tells_us(MARKETER, SAID, a_tool("Klaviyo"))
    office.presses(MARKETER, "question", f"yes:{asked.key}", conversation=asked.conversation, is_direct=True)


WAYS = {
    Intake.COMMAND: by_form,
    Intake.DETECTED: by_detection,
    Intake.MENTION: by_mention,
    Intake.REACTION: by_reaction,
    Intake.SHORTCUT: by_shortcut,
    "a direct message": by_direct_message,
}


@pytest.mark.parametrize("come", WAYS.values(), ids=[str(way) for way in WAYS])
def test_every_way_in_opens_the_same_ticket(come: Callable[[Office], None]) -> None:
    office = an_office()
    come(office)
    ticket = office.ticket()
    assert (ticket.kind, ticket.title, ticket.topic) == ("new_tool", "Klaviyo", "klaviyo")
    assert (ticket.requester, ticket.liaison, ticket.state) == (MARKETER, LIAISON, State.ASSIGNED)
    assert [clock.kind for clock in clocks(office)] == [ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION]
    card, ping = office.thread()
    assert card.startswith("🧰 IT-1 · New tool: Klaviyo")
    assert ping.startswith("@liaison, this one is for you")
    assert len(office.direct(LIAISON)) == office.tickets() == 1


@pytest.mark.parametrize("way", [Intake.COMMAND, Intake.DETECTED, Intake.MENTION, Intake.REACTION, Intake.SHORTCUT])
def test_a_ticket_remembers_how_it_came(way: Intake) -> None:
    office = an_office()
    WAYS[way](office)
    assert office.ticket().intake is way


def test_a_noticed_message_gets_the_card_as_a_reply_and_stands_in_the_conversation() -> None:
    office = an_office()
    said = office.says(MARKETER, SAID, a_tool("Klaviyo"), files=("https://files/1",))
    assert [one.thread for one in office.posts()] == [said.message, said.message]
    (entry,) = entries(office)
    assert (entry.author, entry.text, entry.files) == (MARKETER, SAID, ("https://files/1",))


def test_a_ticket_by_form_gets_a_thread_of_its_own_in_the_channel() -> None:
    office = an_office()
    by_form(office)
    card, ping = office.posts()
    assert (card.thread, ping.thread) == ("", card.ref.message)
    assert office.ticket().place.thread == card.ref.message


def test_who_fills_a_form_elsewhere_is_told_where_it_is_answered() -> None:
    office = an_office()
    office.submits(MARKETER, "campaign", {"name": "Spring"}, conversation=ELSEWHERE)
    assert "IT-1 is open: “Spring”. IT answers in #C-marketing." in office.direct(MARKETER)[0]
    assert office.ticket().place.conversation == MARKETING


def test_the_answers_of_a_form_stand_on_the_card_with_its_amount_as_a_number() -> None:
    office = an_office()
    values = {"name": "Black Friday", "start": "2026-11-27", "audience": "400k", "page": " ", "needs": "More servers"}
    office.submits(MARKETER, "campaign", values, conversation=MARKETING)
    ticket = office.ticket()
    assert ticket.facts == {k: v for k, v in values.items() if v != " "} | {"audience": "400000"}
    assert ticket.starts_on == date(2026, 11, 27)
    assert "More servers" in words(office.card())


def test_what_is_noticed_of_a_campaign_becomes_its_facts() -> None:
    office = an_office()
    office.says(MARKETER, "Black Friday mail goes to 400k", a_campaign(starts=date(2026, 11, 27)))
    ticket = office.ticket()
    assert (ticket.kind, ticket.title, ticket.starts_on) == ("campaign", "Black Friday", date(2026, 11, 27))
    assert ticket.facts == {"start": "2026-11-27", "audience": "400000", "channel": "email, paid social"}


def test_a_message_about_a_tool_and_a_campaign_opens_two_tickets_in_its_thread() -> None:
    office = an_office()
    said = office.says(MARKETER, "Klaviyo for Black Friday", a_tool_and_a_campaign("Klaviyo", "Black Friday"))
    assert [office.ticket(number).kind for number in (1, 2)] == ["new_tool", "campaign"]
    assert {one.thread for one in office.posts()} == {said.message}


def test_the_same_message_delivered_twice_is_one_ticket() -> None:
    office = an_office()
    said = office.says(MARKETER, SAID, a_tool("Klaviyo"))
    office.says(MARKETER, SAID, key=said.key, message=said.message)
    assert (office.tickets(), len(office.channel())) == (1, 2)


def test_a_reaction_on_a_message_that_has_a_ticket_opens_no_other() -> None:
    office = an_office()
    said = office.says(MARKETER, SAID, a_tool("Klaviyo"))
    office.does(Came.REACTION, COLLEAGUE, name="ticket", conversation=MARKETING, message=said.message)
    assert (office.tickets(), office.ticket().followers, len(office.channel())) == (1, (), 2)


def test_a_message_about_nothing_we_know_is_one_question_however_often_it_is_marked() -> None:
    office = an_office()
    said = office.says(MARKETER, "my laptop is slow")
    for who in (COLLEAGUE, LIAISON):
        office.does(Came.REACTION, who, name="ticket", conversation=MARKETING, message=said.message)
    assert (office.tickets(), office.ticket().kind) == (1, "question")


def test_in_the_tickets_own_thread_nobody_is_pointed_to_it() -> None:
    office = an_office()
    by_detection(office)
    thread = office.ticket().place.thread
    reply = office.says(COLLEAGUE, "Klaviyo, me too", a_tool("Klaviyo"), thread=thread)
    office.does(Came.REACTION, COLLEAGUE, name="ticket", conversation=MARKETING, message=reply.message)
    assert office.thread()[2:] == ["@colleague asked for the same and follows along now."]


def test_a_message_pointed_at_twice_says_that_it_has_its_ticket_and_adds_nobody() -> None:
    office = an_office()
    by_shortcut(office)
    by_shortcut(office)
    answer = words(office.chat.forms["V1"])
    assert "IT-1 is already about this (assigned). Follow it there." in answer
    assert office.tickets() == 1


def test_the_same_tool_asked_for_by_another_is_joined_with_a_pointer_to_the_open_ticket() -> None:
    office = an_office()
    by_detection(office)
    again = office.says(COLLEAGUE, "has anybody used klaviyo.com?", a_tool("klaviyo.com"))
    assert (office.tickets(), office.ticket().followers) == (1, (COLLEAGUE,))
    assert "@marketer, @colleague" in words(office.card())
    assert office.thread()[-1] == "@colleague asked for the same and follows along now."
    (pointer,) = [one for one in office.posts() if one.thread == again.message]
    assert words(pointer.card).startswith("IT-1 is already about this (assigned), with @liaison.")


def test_the_same_tool_asked_for_by_form_is_joined_and_the_person_told() -> None:
    office = an_office()
    by_detection(office)
    office.submits(COLLEAGUE, "new_tool", {"name": "KLAVIYO"}, conversation=MARKETING)
    assert "I added you to it." in office.direct(COLLEAGUE)[0]
    assert office.ticket().followers == (COLLEAGUE,)


def test_who_asks_for_their_own_tool_again_is_only_told_where_it_is() -> None:
    office = an_office()
    by_form(office)
    office.submits(MARKETER, "new_tool", {"name": "Klaviyo"}, conversation=MARKETING)
    assert office.direct(MARKETER)[-1] == "IT-1 is already about this (assigned). Follow it there."
    assert len(office.thread()) == 2


def test_a_tool_asked_for_after_its_ticket_was_closed_is_a_new_ticket() -> None:
    office = an_office()
    by_detection(office)
    office.submits(LIAISON, "resolve", {"text": "no"}, ticket="IT-1")
    office.says(COLLEAGUE, "what about Klaviyo now?", a_tool("Klaviyo"))
    assert office.tickets() == 2


def test_a_campaign_and_a_tool_of_one_name_are_two_things() -> None:
    office = an_office()
    office.submits(MARKETER, "new_tool", {"name": "Spring"}, conversation=MARKETING)
    office.submits(MARKETER, "campaign", {"name": "Spring"}, conversation=MARKETING)
    assert office.tickets() == 2


def test_the_same_question_twice_is_two_tickets() -> None:
    office = an_office()
    office.types(MARKETER, "ask can we track clicks?")
    office.types(COLLEAGUE, "ask can we track clicks?")
    assert [office.ticket(number).requester for number in (1, 2)] == [MARKETER, COLLEAGUE]


def test_without_a_marketing_channel_the_answer_says_what_to_do() -> None:
    office = a_new_office()
    office.types(MARKETER, "ask can we track clicks?")
    assert office.tickets() == 0
    assert "Type /itcheck setup in your marketing channel first" in office.whispers(MARKETER)[0]


def test_without_a_liaison_the_it_manager_gets_it_and_is_told_why() -> None:
    office = an_office(a_channel(liaison=""), {Role.IT_MANAGER: (IT_MANAGER,)})
    by_detection(office)
    assert office.ticket().liaison == IT_MANAGER
    assert "no liaison is named for #C-marketing yet, and you manage IT" in office.direct(IT_MANAGER)[0]


def test_without_anybody_at_it_the_card_says_so() -> None:
    office = an_office(a_channel(liaison=""), {})
    by_detection(office)
    assert office.ticket().state is State.NEW
    (card,) = office.thread()
    assert "Nobody at IT has it yet. An admin can name a liaison with /itcheck setup." in card


def test_a_long_title_is_one_short_line() -> None:
    office = an_office()
    office.types(MARKETER, "ask " + "why\n" * 400)
    assert len(office.ticket().title) == 120
    assert office.ticket().title.endswith("…")
    assert shorten("  short \n title ") == "short title"


@pytest.mark.parametrize("name", ["🎉🎉", "<!channel>", "'; DROP TABLE ticket; --", "ä" * 150])
def test_a_strange_name_is_kept_as_it_was_typed(name: str) -> None:
    office = an_office()
    office.submits(MARKETER, "new_tool", {"name": name}, conversation=MARKETING)
    office.submits(COLLEAGUE, "new_tool", {"name": name}, conversation=MARKETING)
    assert office.tickets() == 1
    assert office.ticket().title == shorten(name)


def clocks(office: Office) -> list[Clock]:
    with office.store.unit_of_work() as uow:
        return list(uow.clocks.of(TEAM, 1))


def entries(office: Office) -> list[Entry]:
    with office.store.unit_of_work() as uow:
        return list(uow.log.entries(TEAM, 1))
