"""A new tool from the command to its verdict, through the strict proxy: three people sign, one on conditions."""

from __future__ import annotations

from typing import Any

from tests.e2e.journeys import Journey, button_labels, header, shown
from tests.support.local_slack import ADMIN, LIAISON, MARKETER, MARKETER_2, MARKETING, MARKETING_MANAGER
from tests.support.workspace import wait_for

Json = dict[str, Any]
IN_SPITE = "Yes, in spite of it"
REVIEW = {"category": "email_automation", "amount": "6,000", "data": "personal", "integration": "native"}


def test_three_people_approve_a_tool_with_conditions(journey: Journey) -> None:
    people, card = journey.people, opened(journey, "Klaviyo")
    number = header(card).split()[1]
    reckon(journey, card)
    people.click(LIAISON, MARKETING, card, "Review")
    journey.form("Review")
    assert people.submit(LIAISON, REVIEW) == {}
    review = journey.reply(card["ts"], "PERSONAL: the standard lane")
    people.click(LIAISON, MARKETING, review, "Ask for sign-offs")
    assert "nobody was asked" in shown(journey.whisper(LIAISON, "Legal has no person yet"))
    people.command(ADMIN, MARKETING, f"people legal <@{MARKETER_2}>")
    journey.whisper(ADMIN, "This is who is who now")
    people.click(LIAISON, MARKETING, review, "Ask for sign-offs")

    asked = {one: journey.direct(one, "may we use it?") for one in (MARKETING_MANAGER, LIAISON, MARKETER_2)}
    agree(journey, MARKETING_MANAGER, asked[MARKETING_MANAGER])
    press(journey, MARKETER_2, asked[MARKETER_2], "Yes, with conditions")
    journey.form("Yes, if")
    condition = {"what1": "Sign a data processing agreement", "owner1": LIAISON, "due1": "2030-01-04"}
    assert people.submit(MARKETER_2, condition) == {}
    journey.direct(MARKETER_2, "said yes, with conditions")
    assert not any("was decided" in shown(one) for one in people.messages(MARKETING, card["ts"]))
    agree(journey, LIAISON, asked[LIAISON])

    verdict = shown(journey.reply(card["ts"], "was decided"))
    assert "Approved with conditions" in verdict
    assert "Sign a data processing agreement" in verdict
    journey.direct(LIAISON, "is approved on a condition that is yours")
    wait_for(lambda: "Decided: Approved with conditions" in shown(journey.card(f"{number} ")))
    wait_for(lambda: button_labels(people.message(MARKETING, review["ts"])) == [])
    press(journey, MARKETING_MANAGER, asked[MARKETING_MANAGER], IN_SPITE)
    journey.no_form(MARKETING_MANAGER, "This is decided already", people.dm(MARKETING_MANAGER))
    journey.reply(card["ts"], "The record of this decision")
    launch(journey, card)


def test_one_no_stops_it_and_the_others_are_told(journey: Journey) -> None:
    people, card = journey.people, opened(journey, "Sprout Social")
    people.click(LIAISON, MARKETING, card, "Review")
    journey.form("Review")
    assert people.submit(LIAISON, {**REVIEW, "category": "social_listening", "data": "none"}) == {}
    review = journey.reply(card["ts"], "MEDIUM: the standard lane")
    answer_questions(journey, card)
    people.click(LIAISON, MARKETING, review, "Ask for sign-offs")
    asked = {one: newest(journey, one) for one in (MARKETING_MANAGER, LIAISON)}
    press(journey, MARKETING_MANAGER, asked[MARKETING_MANAGER], "No")
    journey.form("No:")
    assert people.submit(MARKETING_MANAGER, {"text": ""}) != {}
    assert people.submit(MARKETING_MANAGER, {"text": "We have Hootsuite & <!channel>"}) == {}
    verdict = shown(journey.reply(card["ts"], "was decided"))
    assert "Rejected" in verdict
    assert "<!channel>" not in verdict
    journey.direct(LIAISON, "Nothing to do for you any more")


def answer_questions(journey: Journey, card: Json) -> None:
    """Each side's questions of due diligence, the file for the vendor, and all answers to read."""
    people, score = journey.people, journey.reply(card["ts"], "🧾 Due diligence")
    people.click(MARKETER, MARKETING, card, "Due diligence")
    journey.form("Questions")
    assert people.submit(MARKETER, {"level.purpose": "not_applicable"}) == {
        "text.purpose": "Say why it does not apply."
    }
    assert people.submit(MARKETER, {"level.purpose": "yes", "text.purpose": "<!channel> & more reach"}) == {}
    people.command(LIAISON, MARKETING, f"diligence {header(card).split()[1]} vendor")
    journey.form("Questions")
    assert people.submit(LIAISON, {"level.encryption": "unknown"}) == {}
    wait_for(lambda: "Speaks against it" in shown(people.message(MARKETING, score["ts"])))
    people.click(LIAISON, MARKETING, people.message(MARKETING, score["ts"]), "Send to vendor")
    journey.direct(LIAISON, "The vendor's questions for")
    people.click(LIAISON, MARKETING, people.message(MARKETING, score["ts"]), "See the answers")
    told = shown(journey.whisper(LIAISON, "🧾 Answers"))
    assert "more reach" in told, told[:300]
    assert "<!channel>" not in told


def reckon(journey: Journey, card: Json) -> None:
    """The real cost by its form, wrong at first; then with one figure changed, which replaces it."""
    people = journey.people
    people.click(LIAISON, MARKETING, card, "Real cost")
    journey.form("Real cost")
    assert set(people.submit(LIAISON, {"users": "many"})) == {"users"}
    assert people.submit(LIAISON, {"users": "12", "custom": "1"}) == {}
    cost = journey.reply(card["ts"], "really costs")
    people.click(LIAISON, MARKETING, cost, "All figures")
    journey.form("Figures")
    assert set(people.submit(LIAISON, {"share_uplift": "9 / 5"})) == {"share_uplift"}
    assert people.submit(LIAISON, {"share_uplift": "5"}) == {}
    journey.reply(card["ts"], "1 of them changed for this tool")
    wait_for(lambda: "was replaced by a newer one" in shown(people.message(MARKETING, cost["ts"])))


def launch(journey: Journey, card: Json) -> None:
    """After the yes: a step, done by its owner, the rating of who asked, the actual cost."""
    people = journey.people
    people.click(LIAISON, MARKETING, journey.reply(card["ts"], "was decided"), "Plan the steps to the launch")
    journey.form("After the yes")
    assert people.submit(LIAISON, {"what0": "Connect the shop"}) == {}
    steps = journey.reply(card["ts"], "0 of 2 steps done")
    people.click(LIAISON, MARKETING, steps, "Done")
    people.click(LIAISON, MARKETING, journey.reply(card["ts"], "1 of 2 steps done"), "Done")
    asked = journey.reply(card["ts"], "How good were IT's answers")
    people.click(LIAISON, MARKETING, asked, "5 ⭐⭐⭐⭐⭐")
    journey.whisper(LIAISON, "Only the person who asked for the tool rates")
    people.click(MARKETER, MARKETING, asked, "5 ⭐⭐⭐⭐⭐")
    journey.reply(card["ts"], "(5 of 5)")
    people.click(LIAISON, MARKETING, people.message(MARKETING, steps["ts"]), "Enter the actual cost")
    journey.form("Actual cost")
    assert people.submit(LIAISON, {"once": "21,000", "yearly": "10,900"}) == {}
    journey.reply(card["ts"], "cost in the end")


def opened(journey: Journey, tool: str) -> Json:
    """The card of a ticket for a tool that a marketer asked for by command."""
    people = journey.people
    people.command(MARKETER, MARKETING, f"new-tool {tool}")
    people.click(MARKETER, MARKETING, journey.whisper(MARKETER, tool), "Open a ticket")
    journey.form("New tool")
    assert people.submit(MARKETER, {"cost": "500 EUR a month", "data": "Yes"}) == {}
    return journey.card(f"New tool: {tool}")


def newest(journey: Journey, person: str) -> Json:
    """The newest open question to a signer."""

    def found() -> Json:
        return [one for one in journey.people.dms(person) if "No" in button_labels(one)][-1]

    return wait_for(found)


def agree(journey: Journey, person: str, asked: Json) -> None:
    """Say yes while due diligence is open, with the reason that takes."""
    press(journey, person, asked, IN_SPITE)
    journey.form("Yes:")
    assert journey.people.submit(person, {"text": "The vendor answers until Friday"}) == {}
    journey.direct(person, "said yes")


def press(journey: Journey, person: str, message: Json, label: str) -> None:
    """Press a button of a direct message, as it stood when it came."""
    pressed = next(
        one
        for block in message["blocks"]
        for one in block.get("elements", ())
        if one.get("text", {}).get("text") == label
    )
    journey.people.press(person, journey.people.dm(person), message["ts"], pressed)
