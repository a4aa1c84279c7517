"""The detector by rules, on messages written for these tests."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detection.rules import RuleDetector
from bot.domain.detection import CAMPAIGN, NEW_TOOL, Action, Detection, Heard, decide

DETECTOR = RuleDetector()
WEDNESDAY = date(2025, 11, 12)


def detect(text: str, thread: str | None = None, locale: str | None = None) -> Detection:
    return DETECTOR.detect(Heard(text, WEDNESDAY, thread, locale))


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("we'd love to try Klaviyo for the newsletter, signed up for a trial yesterday", ("Klaviyo",)),
        ("Can procurement raise a PO for Kontentino? 12 seats, annual.", ("Kontentino",)),
        ("On voudrait remplacer Mailchimp par Brevo, qui peut valider ?", ("Brevo",)),
        ("pls give Supermetrics access to our GA4 property", ("Supermetrics",)),
        ("Bought a yearly licence of <https://www.bloomlytic.io/pricing|Bloomlytic>, 300€", ("Bloomlytic",)),
    ],
)
def test_a_clear_adoption_opens_a_ticket_with_the_names_as_written(text: str, tools: tuple[str, ...]) -> None:
    found = detect(text)
    assert (decide(found), found.labels, found.tools) == (Action.OPEN, (NEW_TOOL,), tools)


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("two options for the referral programme: Mention Me or Friendbuy", ("Mention Me", "Friendbuy")),
        ("Our new SEO freelancer insists we get Screaming Frog + Ahrefs", ("Screaming Frog", "Ahrefs")),
        ("I want us off Mailchimp by summer. Top two are Brevo and MailerLite.", ("Brevo", "MailerLite")),
        ("Queremos probar Doppler para los envíos masivos", ("Doppler",)),
        ("Ich habe gestern einen Testaccount bei Userlike angelegt, könnt ihr das Widget freigeben?", ("Userlike",)),
        ("A agência sugeriu usarmos o RD Station para automação, podemos contratar?", ("RD Station",)),
        ("can we get Klavyio for the newsletter?", ("Klavyio",)),
        ("I found this cool thing, vidrush.ai, it cuts webinars into reels. Uploading ours now", ("vidrush.ai",)),
        ("Do we have a process for getting a new survey tool approved?", ()),
    ],
)
def test_what_is_less_clear_is_noticed_with_every_name_in_the_race(text: str, tools: tuple[str, ...]) -> None:
    found = detect(text)
    assert decide(found) is not Action.IGNORE
    assert (found.labels, found.tools) == ((NEW_TOOL,), tools)


@pytest.mark.parametrize(
    "text",
    [
        "We're not going ahead with Klaviyo, too expensive",
        "the Klaviyo trial ended and we decided against it",
        "Our customer Acme is moving to Shopify next month, might be a nice story",
        "can someone export the contacts from Mailchimp for me",
        "let's use Zoom for the call with the agency",
        "we use Hootsuite for scheduling, ask Tim for a login",
        "Let's meet later, I will front the money and close the box",
        "HubSpot is raising prices by 12% in January",
        "IT said no to Zapier again",
        "we moved the meeting to Teams",
        "Can we get Lisa on the call?",
        "let's try Thursday at 3",
        "Spring mailing was sent to 400k people yesterday, CTR 3.1%",
        "team dinner on Friday 28 Nov, 25 people, please confirm",
        "competitor XY sent a Black Friday mail to 2M people on Nov 20",
        "the budget for the TV campaign is 400k",
        "The sales kick-off is on 12 January in Berlin, 300 employees",
        "Sprint review on Thursday, release on Friday",
        "newsletter copy due tomorrow please",
        "> can we get Klaviyo?\nno",
        "```\ncan we get Klaviyo?\n```",
        "",
    ],
)
def test_daily_talk_stays_silent(text: str) -> None:
    found = detect(text)
    assert (decide(found), found.labels, found.tools, found.campaign) == (Action.IGNORE, (), (), None)


@pytest.mark.parametrize(
    ("text", "day", "audience"),
    [
        ("Black Friday newsletter goes out 27 Nov to 400k subscribers", date(2025, 11, 27), 400_000),
        ("TV spot airs Sunday 20:15 on ARD, expect about 3 million viewers", date(2025, 11, 16), 3_000_000),
        ("Le 28 novembre à 9h on envoie la newsletter à 150 000 abonnés", date(2025, 11, 28), 150_000),
        ("El 15 de noviembre arranca el Buen Fin, mandamos correo a 350 mil clientes", date(2025, 11, 15), 350_000),
        ("Na sexta-feira sai o disparo da Black Friday para 500 mil contatos", date(2025, 11, 14), 500_000),
        ("survey invite to 12k customers going out Monday morning", date(2025, 11, 17), 12_000),
    ],
)
def test_a_mailing_or_show_with_day_and_audience_opens_a_ticket(text: str, day: date, audience: int) -> None:
    found = detect(text)
    assert (decide(found), found.labels) == (Action.OPEN, (CAMPAIGN,))
    assert found.campaign is not None
    assert (found.campaign.iso_date, found.campaign.audience) == (day, audience)


def test_the_facts_of_a_campaign_are_told_as_written() -> None:
    found = detect('SMS and email for the "Winter Warmers" sale start on 1/12, 80k customers').campaign
    assert found is not None
    assert (found.name, found.date_text, found.audience_text) == ("Winter Warmers", "1/12", "80k")
    assert found.channel == ("email", "sms")


def test_a_tool_and_a_campaign_in_one_message_are_both_told() -> None:
    found = detect("for the raffle mail on 5 December (40k subscribers) I bought Woobox, needs a DNS record")
    assert found.labels == (NEW_TOOL, CAMPAIGN)
    assert found.tools == ("Woobox",)
    assert found.campaign is not None
    assert found.campaign.iso_date == date(2025, 12, 5)


def test_a_yes_takes_its_meaning_and_its_names_from_the_thread() -> None:
    found = detect("approved, go ahead and sign", "Bynder sent the contract. We want to roll out Bynder in May, OK?")
    assert (found.labels, found.tools) == ((NEW_TOOL,), ("Bynder",))


def test_a_no_drops_what_the_thread_asked_for() -> None:
    assert detect("no, not this year", "Can we get Klaviyo? 300 a month").labels == ()


def test_the_second_one_is_the_second_of_the_thread() -> None:
    found = detect("ok let's take the second one", "Shortlist for the webinars, quotes attached: Livestorm, Demio")
    assert found.tools == ("Demio",)


def test_an_american_writer_puts_the_month_first() -> None:
    text = "launch mail goes out 3/4 to 50k subscribers"
    british, american = detect(text).campaign, detect(text, locale="en-US").campaign
    assert british is not None
    assert american is not None
    assert (british.iso_date, american.iso_date) == (date(2026, 4, 3), date(2026, 3, 4))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(min_value=1, max_value=100), st.text(max_size=50) | st.none())
def test_any_text_is_read_and_its_confidence_is_a_share(text: str, times: int, thread: str | None) -> None:
    found = DETECTOR.detect(Heard((text * times)[:40_000], WEDNESDAY, thread))
    assert all(0 <= sure <= 1 for sure in found.confidence.values())
    assert Detection.from_dict(found.to_dict()).to_dict() == found.to_dict()


@pytest.mark.parametrize(
    "piece",
    [
        "can we get ",
        "Klaviyo, ",
        "switch from Klaviyo to ",
        "a.b.",
        "1.000.",
        "12/12/",
        " ",
        "\n",
        "> ",
        "`",
        "<",
        '<a href="',
        ":a",
        "*a",
        "~a ",
        "https://a.b/",
        "Blu Zorg ",
        "formitoo bulbeno gadulimo ",
        "Mon ",
        "200k ",
        "we want to ",
        '"',
        "😀",
    ],
)
def test_no_text_of_40000_characters_keeps_the_processor_busy(piece: str) -> None:
    detect("can we get Klaviyo?")  # the lists are loaded once
    text = (piece * 40_000)[:40_000]
    spent = []
    for _ in range(3):
        start = process_time()
        detect(text)
        spent.append(process_time() - start)
    assert min(spent) < 0.2
