"""The check comes first: asked, answered to one person, opened or joined with one press; through the strict proxy."""

from __future__ import annotations

from tests.e2e.journeys import Journey, button_labels, header, shown
from tests.support.local_slack import MARKETER, MARKETER_2, MARKETING
from tests.support.workspace import wait_for


def test_a_check_becomes_a_ticket_with_one_press(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "new-tool Klaviyo")
    told = journey.whisper(MARKETER, "has not been asked about before")
    assert "E-mail and automation" in shown(told)
    assert "about 10 working days" in shown(told)
    assert button_labels(told) == ["Open a ticket"]
    assert journey.cards("Klaviyo") == []
    people.click(MARKETER, MARKETING, told, "Open a ticket")
    view = journey.form("New tool")
    assert "Klaviyo" in str(view)
    assert people.submit(MARKETER, {"purpose": "Win back customers"}) == {}
    assert "Win back customers" in shown(journey.card("Klaviyo"))


def test_who_asks_for_the_same_joins_with_one_press(journey: Journey) -> None:
    people = journey.people
    journey.open_by_check(MARKETER, "Typeform")
    assert people.submit(MARKETER) == {}
    number = header(journey.card("Typeform")).split()[1]
    people.command(MARKETER_2, MARKETING, "new-tool typeform.com")
    told = journey.whisper(MARKETER_2, "is with IT already")
    assert button_labels(told) == [f"Join {number}"]
    people.click(MARKETER_2, MARKETING, told, f"Join {number}")
    journey.whisper(MARKETER_2, "I added you to it")
    wait_for(lambda: f"<@{MARKETER_2}>" in shown(journey.card("Typeform")))
    people.click(MARKETER_2, MARKETING, told, f"Join {number}")
    journey.reply(journey.card("Typeform")["ts"], "asked for the same and follows along")
    assert len(journey.cards("Typeform")) == 1


def test_an_emoji_is_no_name_and_hostile_text_pings_nobody(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "new-tool 🚀")
    journey.whisper(MARKETER, "is no name I can look up")
    people.command(MARKETER, MARKETING, "new-tool Zzyzx <!channel> *bold*")
    assert "<!channel>" not in shown(journey.whisper(MARKETER, "Zzyzx"))
