"""Bad input and broken surroundings, end to end: a kind answer, nothing lost, nothing doubled."""

from __future__ import annotations

from tests.e2e.journeys import Journey, SlackJourney, button_labels, header, shown
from tests.support.local_slack import GENERAL, GUEST, IT_MANAGER, LIAISON, MARKETER, MARKETER_2, MARKETING
from tests.support.workspace import wait_for

HOSTILE = "<!channel> <@U03LIA> *bold* _it_ `code` & <https://evil.example|free> " + "🎉" * 20


def test_an_unknown_word_gets_a_suggestion(journey: Journey) -> None:
    journey.people.command(MARKETER, MARKETING, "nwe-tool Klaviyo")
    assert "Did you mean /itcheck new-tool?" in shown(journey.whisper(MARKETER, "nwe-tool"))


def test_no_words_at_all_show_the_help(journey: Journey) -> None:
    journey.people.command(MARKETER_2, MARKETING, "")
    assert "/itcheck new-tool" in shown(journey.whisper(MARKETER_2, "What you can type"))


def test_a_name_of_500_characters_is_refused_by_the_check_and_by_the_form(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "new-tool " + "x" * 500)
    journey.whisper(MARKETER, "at most 150 characters")
    people.command(MARKETER, MARKETING, "new-tool")
    journey.form("New tool")
    errors = people.submit(MARKETER, {"name": "x" * 500})
    assert "150" in errors["name"]
    people.cancel(MARKETER)


def test_a_name_of_emoji_only_is_refused_at_its_field_and_a_name_with_one_is_a_name(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "new-tool")
    journey.form("New tool")
    assert "is no name I can look up" in people.submit(MARKETER, {"name": "🦄🦄"})["name"]
    assert people.submit(MARKETER, {"name": "🦄 Unicorn"}) == {}
    journey.card("🦄 Unicorn")
    people.command(MARKETER, MARKETING, "new-tool unicorn")
    journey.whisper(MARKETER, "is with IT already")


def test_hostile_text_in_every_field_pings_nobody_and_breaks_nothing(journey: Journey) -> None:
    people = journey.people
    journey.open_by_check(MARKETER, "hostile")
    long = (HOSTILE + "z" * 2000)[:2000]
    assert people.submit(MARKETER, {"name": ("hostile " + HOSTILE)[:100], "purpose": long, "cost": HOSTILE}) == {}
    card = journey.card("hostile")
    words = shown(card)
    assert "<!channel>" not in words
    assert "<https://evil.example|free>" not in words.partition("\n")[2].replace(header(card), "")
    people.click(LIAISON, MARKETING, card["ts"], "Answer")
    journey.form("Answer")
    assert people.submit(LIAISON, {"text": (HOSTILE + "y" * 3000)[:3000]}) == {}
    answer = shown(journey.reply(card["ts"], "yyyy"))
    assert "<!channel>" not in answer


def test_the_wrong_person_is_told_who_may(journey: Journey) -> None:
    people = journey.people
    people.say(MARKETER, MARKETING, "we signed up for a trial of Asana yesterday")
    card = journey.card("Asana")
    people.click(MARKETER_2, MARKETING, card["ts"], "Claim")
    journey.whisper(MARKETER_2, "Only the IT side can do that")
    people.click(GUEST, MARKETING, card["ts"], "Escalate")
    journey.no_form(GUEST, "Guests can't")
    people.click(MARKETER_2, MARKETING, card["ts"], "Not this")
    journey.whisper(MARKETER_2, "Only the person who asked")


def test_a_click_on_the_card_of_a_closed_ticket_says_how_it_stands(journey: Journey) -> None:
    people = journey.people
    people.say(MARKETER, MARKETING, "we signed up for a trial of Zapier yesterday")
    card = journey.card("Zapier")
    old = dict(card)
    people.click(LIAISON, MARKETING, card["ts"], "Claim")
    wait_for(lambda: "Close" in button_labels(journey.card("Zapier")))
    people.click(LIAISON, MARKETING, card["ts"], "Close")
    journey.form("Close the ticket")
    people.submit(LIAISON, {"text": "Approved"})
    wait_for(lambda: button_labels(journey.card("Zapier")) == ["Reopen"])
    journey.press_old(LIAISON, old, "claim")
    journey.whisper(LIAISON, "is closed already")


def test_a_number_that_is_not_here_and_one_that_is_none(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "status IT-99999")
    journey.whisper(MARKETER, "no ticket IT-99999")
    people.command(MARKETER, MARKETING, "status banana")
    journey.whisper(MARKETER, "is not a ticket number")


def test_setup_by_somebody_else_is_refused_kindly(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, GENERAL, "setup")
    journey.no_form(MARKETER, "Only an admin")


def test_the_bot_and_other_bots_are_not_listened_to(slack_journey: SlackJourney) -> None:
    proxy, people = slack_journey.stage.proxy, slack_journey.people
    words = "we'd love to try Notion, signed up for a trial yesterday"
    event = {
        "type": "message",
        "channel": MARKETING,
        "channel_type": "channel",
        "text": words,
        "ts": "1799999999.000100",
    }
    for author in ({"user": "U0OTHER", "bot_id": "B0OTHER"}, {"user": people.bot, "bot_id": "B0BOT"}):
        proxy.wait_acked(proxy.inject_event({**event, **author}))
    people.command(MARKETER, MARKETING, "list late")
    slack_journey.whisper(MARKETER, "Nothing is late")
    assert not slack_journey.cards("Notion")


def test_a_delivery_that_is_repeated_is_handled_once(slack_journey: SlackJourney) -> None:
    proxy, people = slack_journey.stage.proxy, slack_journey.people
    event = {
        "type": "message",
        "channel": MARKETING,
        "channel_type": "channel",
        "user": MARKETER,
        "text": "we'd love to try Figma, signed up for a trial yesterday",
        "ts": people.say(MARKETER, MARKETING, "a root to hang on"),
    }
    for _ in range(3):
        proxy.wait_acked(proxy.inject_event({**event, "ts": "1799999998.000100"}))
    slack_journey.card("Figma")
    people.command(IT_MANAGER, MARKETING, "list late")
    slack_journey.whisper(IT_MANAGER, "Nothing is late")
    assert len(slack_journey.cards("Figma")) == 1


def test_a_channel_the_bot_was_removed_from_waits_and_goes_on_when_it_is_back(slack_journey: SlackJourney) -> None:
    proxy, people = slack_journey.stage.proxy, slack_journey.people
    slack_journey.open_by_check(MARKETER, "Trello", GENERAL)
    proxy.remove_bot(MARKETING)
    assert people.submit(MARKETER) == {}
    wait_for(lambda: proxy.calls_of("chat.postMessage") and "Trello" in str(proxy.calls_of("chat.postMessage")[-1]))
    assert not slack_journey.cards("Trello")
    proxy.inject_join(MARKETING, MARKETER)
    assert "Trello" in header(slack_journey.card("Trello"))
