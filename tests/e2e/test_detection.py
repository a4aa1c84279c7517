"""What detection does in the chat: it asks and keeps the answer, follows edits, and fills in what was said."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.domain.judgement import Judgement
from storage.engine import make_engine
from storage.store import Store
from tests.e2e.journeys import Journey, shown
from tests.support.local_slack import MARKETER, MARKETER_2, MARKETING
from tests.support.phrases import unsure_about_tools
from tests.support.workspace import wait_for

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def test_a_no_is_silence_and_a_label(journey: Journey) -> None:
    people = journey.people
    tool, said = unsure_about_tools(2)[0]
    message = people.say(MARKETER, MARKETING, said)
    question = journey.whisper(MARKETER, "Just between us")
    assert f"this sounds like a new tool (*{tool}*): you wrote “" in shown(question)
    people.click(MARKETER, MARKETING, question, "No")
    kept = wait_for(lambda: answered(journey, message))
    assert (kept.label, kept.action, kept.said, kept.text) == ("new_tool", "ask", "no", "")
    assert people.messages(MARKETING, message) == [people.message(MARKETING, message)]


def test_a_yes_is_a_ticket_and_a_label(journey: Journey) -> None:
    people = journey.people
    tool, said = unsure_about_tools(2)[1]
    message = people.say(MARKETER_2, MARKETING, said)
    people.click(MARKETER_2, MARKETING, journey.whisper(MARKETER_2, "Just between us"), "Yes, open a ticket")
    assert journey.card(tool)["thread_ts"] == message
    assert wait_for(lambda: answered(journey, message)).said == "yes"


def test_not_this_withdraws_and_is_a_label(journey: Journey) -> None:
    people = journey.people
    message = people.say(MARKETER, MARKETING, "we'd love to try Lemlist, signed up for a trial yesterday")
    people.click(MARKETER, MARKETING, journey.card("Lemlist")["ts"], "Not this")
    kept = wait_for(lambda: answered(journey, message))
    assert (kept.action, kept.said) == ("open", "no")


def test_a_message_edited_into_a_request_opens_its_ticket_and_the_next_edit_is_followed(journey: Journey) -> None:
    people = journey.people
    message = people.say(MARKETER, MARKETING, "lunch at one?")
    people.edit(MARKETER, MARKETING, message, "we signed up for a trial of Dropmark yesterday")
    assert journey.card("Dropmark")["thread_ts"] == message
    people.edit(MARKETER, MARKETING, message, "lunch at two?")
    journey.reply(message, "no longer reads like a new tool")


def test_the_campaign_form_is_filled_with_what_was_typed(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "campaign Winter sale on 27 November to 300k people by e-mail")
    view = str(journey.form("Campaign"))
    assert re.search(r"\d{4}-11-27", view)
    assert "300000" in view
    assert people.submit(MARKETER, {}) == {}
    card = shown(journey.card("Winter sale"))
    assert "300,000" in card
    assert "27 Nov" in card


def answered(journey: Journey, message: str) -> Judgement:
    """What is kept of a message that somebody judged; LookupError while there is nothing."""
    store = Store(make_engine(f"sqlite:///{journey.bot.output.parent / 'liaison.db'}"), lambda: LONG_AGO)
    try:
        with store.unit_of_work() as uow:
            judged = [one for one in uow.labels.since(LONG_AGO) if one.message == message and one.said]
    finally:
        store.close()
    if not judged:
        raise LookupError(message)
    return judged[0]
