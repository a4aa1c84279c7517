"""The main job, whole: the real bot over real Socket Mode, through the strict proxy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.e2e.journeys import Journey, Json, SlackJourney, button_labels, header, shown
from tests.support.local_slack import (
    GENERAL,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETER_2,
    MARKETING,
)
from tests.support.workspace import wait_for


def test_a_message_about_a_trial_becomes_a_ticket_with_its_liaison_in_the_thread(journey: Journey) -> None:
    people = journey.people
    said = people.say(
        MARKETER, MARKETING, "we'd love to try Klaviyo for the newsletter, signed up for a trial yesterday"
    )
    card = journey.card("Klaviyo")
    assert card["thread_ts"] == said
    assert f"<@{LIAISON}>" in shown(journey.reply(said, "this one is for you"))
    assert "Klaviyo" in shown(journey.direct(LIAISON, "is yours"))

    people.click(LIAISON, MARKETING, card["ts"], "Claim")
    journey.reply(said, "has taken this on")
    people.say(LIAISON, MARKETING, "Looks fine. Which list will it get?", thread_ts=said)
    wait_for(lambda: "in review" in shown(journey.card("Klaviyo")))
    wait_for(lambda: "First answer" not in shown(journey.card("Klaviyo")))

    people.click(LIAISON, MARKETING, card["ts"], "Answer")
    journey.form("Answer")
    assert people.submit(LIAISON, {"text": "Approved for the newsletter list <!channel> & *only* that."}) == {}
    answer = shown(journey.reply(said, "Approved for the newsletter list"))
    assert "<!channel>" not in answer


def test_the_card_follows_the_ticket_from_waiting_to_closed_and_back(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "I just signed up for a trial of Typeform for our surveys")
    card = journey.card("Typeform")
    people.click(LIAISON, MARKETING, card["ts"], "Claim")
    wait_for(lambda: "Close" in button_labels(journey.card("Typeform")))
    people.click(LIAISON, MARKETING, card["ts"], "Waiting for requester")
    journey.form("Wait")
    people.submit(LIAISON, {"text": "Who will have access?"})
    journey.reply(said, "Who will have access?")
    wait_for(lambda: "waiting for the requester" in shown(journey.card("Typeform")))
    people.say(MARKETER, MARKETING, "Only the three of us", thread_ts=said)
    wait_for(lambda: "in review" in shown(journey.card("Typeform")))
    people.click(LIAISON, MARKETING, card["ts"], "Close")
    journey.form("Close the ticket")
    people.submit(LIAISON, {"text": "Approved on the free plan"})
    wait_for(lambda: button_labels(journey.card("Typeform")) == ["Reopen"])
    people.click(MARKETER, MARKETING, card["ts"], "Reopen")
    wait_for(lambda: "Close" in button_labels(journey.card("Typeform")))


def test_the_command_opens_a_prefilled_form_and_a_card_at_the_top_of_the_channel(journey: Journey) -> None:
    people = journey.people
    view = journey.open_by_check(MARKETER, "Hotjar")
    assert "Hotjar" in str(view)
    assert people.submit(MARKETER, {"purpose": "See where people stop"}) == {}
    card = journey.card("Hotjar")
    assert "thread_ts" not in card or card["thread_ts"] == card["ts"]
    assert "See where people stop" in shown(card)
    journey.whisper(MARKETER, "is open")
    journey.reply(card["ts"], "this one is for you")
    people.say(LIAISON, MARKETING, "We have FullStory already", thread_ts=card["ts"])
    wait_for(lambda: "in review" in shown(journey.card("Hotjar")))


def test_a_campaign_form_with_a_wrong_audience_says_so_in_its_field(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "campaign Spring sale")
    journey.form("Campaign")
    errors = people.submit(MARKETER, {"audience": "everyone"})
    assert "A rough number will do" in errors["audience"]
    assert people.submit(MARKETER, {"audience": "400k"}) == {}
    assert "400,000" in shown(journey.card("Spring sale"))


def test_asking_opens_a_question_and_the_answer_reaches_the_thread(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "ask may we put the logo of a customer on the site?")
    card = journey.card("may we put the logo")
    assert "Question" in header(card)


def test_a_mention_elsewhere_and_a_shortcut_open_tickets(journey: Journey) -> None:
    people, proxy = journey.people, journey.stage.proxy
    mentioned = people.say(MARKETER, GENERAL, f"<@{people.bot}> we want to buy Mixpanel, started a trial today")
    assert journey.card("Mixpanel", GENERAL)["thread_ts"] == mentioned
    taken = people.say(MARKETER, MARKETING, "hm, what about the cookie banner")
    proxy.inject_shortcut(MARKETER_2, MARKETING, taken, "open_ticket")
    assert journey.card("cookie banner")["thread_ts"] == taken


def test_a_reaction_opens_a_ticket_once(slack_journey: SlackJourney) -> None:
    journey, people = slack_journey, slack_journey.people
    marked = people.say(MARKETER, MARKETING, "the footer links look odd on my phone")
    people.react(MARKETER_2, MARKETING, marked, "ticket")
    assert f"<@{MARKETER}>" in shown(journey.card("footer links"))
    people.react(MARKETER, MARKETING, marked, "ticket")
    assert len(journey.cards("footer links")) == 1


def test_plain_talk_and_other_channels_stay_silent(journey: Journey) -> None:
    people = journey.people
    said = [
        (MARKETING, people.say(MARKETER, MARKETING, "lunch at twelve?")),
        (GENERAL, people.say(MARKETER, GENERAL, "we'd love to try Asana, signed up for a trial yesterday")),
        (MARKETING, people.say(MARKETER, MARKETING, "thanks!")),
    ]
    people.command(MARKETER_2, MARKETING, "list late")
    journey.whisper(MARKETER_2, "Nothing is late")
    assert all(people.messages(channel, ts) == [people.message(channel, ts)] for channel, ts in said)


def test_the_same_tool_twice_is_one_ticket(journey: Journey) -> None:
    people = journey.people
    people.say(MARKETER, MARKETING, "we signed up for a trial of Airtable yesterday for the content plan")
    journey.card("Airtable")
    again = people.say(MARKETER_2, MARKETING, "I just started a trial of Airtable too, for the events")
    journey.reply(again, "is already about this")
    wait_for(lambda: f"<@{MARKETER_2}>" in shown(journey.card("Airtable")))
    assert len(journey.cards("Airtable")) == 1


def test_not_this_withdraws_the_card(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we'd love to try Calendly, signed up for a trial yesterday")
    card = journey.card("Calendly")
    people.click(MARKETER, MARKETING, card["ts"], "Not this")
    wait_for(lambda: "withdrawn" in shown(people.message(MARKETING, card["ts"])))
    assert said == card["thread_ts"]


def test_an_internal_note_never_appears_in_the_thread(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we signed up for a trial of Buffer yesterday")
    card = journey.card("Buffer")
    people.click(LIAISON, MARKETING, card["ts"], "Note for IT")
    journey.form("Note")
    people.submit(LIAISON, {"text": "vendor had a breach in May"})
    number = header(card).split()[1]
    people.command(LIAISON, MARKETING, f"status {number}")
    journey.whisper(LIAISON, "vendor had a breach in May")
    people.command(MARKETER, MARKETING, f"status {number}")
    seen = shown(journey.whisper(MARKETER, "Buffer"))
    assert "breach" not in seen
    assert all("breach" not in shown(one) for one in people.messages(MARKETING, said))


def test_reassign_and_escalate_bring_in_others(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we signed up for a trial of Miro yesterday")
    card = journey.card("Miro")
    people.click(LIAISON, MARKETING, card["ts"], "Reassign")
    journey.form("Reassign")
    people.submit(LIAISON, {"liaison": IT_MANAGER})
    journey.direct(IT_MANAGER, "handed it to you")
    people.click(MARKETER, MARKETING, card["ts"], "Escalate")
    journey.form("Escalate")
    assert people.submit(MARKETER, {"reason": "communication", "text": "No word since Monday"}) == {}
    journey.reply(said, "No word since Monday")
    journey.direct(IT_MANAGER, "No word since Monday")


def test_edits_deletions_and_files_of_the_thread_are_followed(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we signed up for a trial of Loomly yesterday")
    journey.card("Loomly")
    number = header(journey.card("Loomly")).split()[1]
    reply = people.say(MARKETER, MARKETING, "it costs 9 a month", thread_ts=said)
    people.upload(MARKETER, MARKETING, "quote.pdf", b"%PDF-1.4", "the quote", said)
    people.edit(MARKETER, MARKETING, reply, "it costs 90 a month")
    people.say(LIAISON, MARKETING, "thanks, I look at it", thread_ts=said)
    wait_for(lambda: "in review" in shown(journey.card("Loomly")))  # one thread is handled in order
    people.command(MARKETER_2, MARKETING, f"status {number}")
    seen = shown(journey.whisper(MARKETER_2, "Loomly"))
    assert "it costs 90 a month" in seen
    assert "it costs 9 a month" not in seen
    assert "|file 1>" in seen
    people.delete(MARKETER, MARKETING, said)
    journey.reply(said, "was deleted")


def test_a_direct_message_asks_before_it_tells_the_channel(journey: Journey) -> None:
    people = journey.people
    people.say_dm(MARKETER, "how do I get the VPN running on my phone?")
    offer = journey.direct(MARKETER, "Shall I open a ticket")
    assert not journey.cards("VPN running")
    people.click(MARKETER, people.dm(MARKETER), offer, "Yes, open a ticket")
    journey.card("VPN running")


def test_home_shows_what_waits_and_what_is_mine(journey: Journey) -> None:
    people = journey.people
    people.open_home(MARKETER)
    home = wait_for(lambda: shown({"blocks": people.home(MARKETER)["blocks"]}))
    for words in ("Waiting for you", "My tickets", "Campaigns this week", "Next sync"):
        assert words in home
    people.open_home(GUEST)
    assert "Set-up" not in wait_for(lambda: shown({"blocks": people.home(GUEST)["blocks"]}))


def test_the_answer_on_a_campaign_follows_its_details_and_has_a_picture(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "campaign Summer drop")
    journey.form("Campaign")
    assert people.submit(MARKETER, {"audience": "400k", "channel": "email"}) == {}
    thread = journey.card("Summer drop")["ts"]
    people.click(MARKETER, MARKETING, journey.reply(thread, "I need a little more: first day"), "Campaign details")
    journey.form("Details")
    day = (datetime.now(tz=UTC) + timedelta(days=30)).date().isoformat()
    assert people.submit(MARKETER, {"start": day, "page": "shop.example/summer"}) == {}
    answer = wait_for(lambda: with_picture(journey.reply(thread, "I don't know the site")), timeout=30)
    assert button_labels(answer) == ["Say what the site takes", "Decide anyway", "Campaign details"]


def with_picture(message: Json) -> Json:
    """The message, once it has its picture; LookupError before."""
    if not any(block["type"] == "image" for block in message["blocks"]):
        raise LookupError("no picture yet")
    return message
