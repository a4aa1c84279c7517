"""The catalogue in chat, through the strict proxy: kept by IT, seen by all, told by the check."""

from __future__ import annotations

from tests.e2e.journeys import Journey, button_labels, shown
from tests.support.local_slack import LIAISON, MARKETER, MARKETING


def test_a_tool_is_added_seen_changed_and_told_by_the_check(journey: Journey) -> None:
    people = journey.people
    people.command(LIAISON, MARKETING, "tools add Brevo")
    journey.form("Tool of the catalogue")
    wrong = {"name": "Brevo", "yearly_cost": "-5 USD", "status": "approved", "owner": f"<@{LIAISON}>"}
    assert "negative" in people.submit(LIAISON, wrong)["yearly_cost"]
    assert people.submit(LIAISON, {**wrong, "yearly_cost": "9.000 EUR", "renews_on": "2027-06-01"}) == {}
    journey.whisper(LIAISON, "is in the catalogue: approved")

    people.command(MARKETER, MARKETING, "tools")
    seen = journey.whisper(MARKETER, "Brevo")
    assert "9,000 EUR a year" in shown(seen)
    assert "Edit" not in button_labels(seen)
    people.command(MARKETER, MARKETING, "new-tool brevo")
    journey.whisper(MARKETER, "Brevo is approved")
    people.command(MARKETER, MARKETING, "tools edit Brevo")
    journey.no_form(MARKETER, "Only the IT side")


def test_the_list_leads_it_to_the_form_of_each_tool(journey: Journey) -> None:
    people = journey.people
    people.say(MARKETER, MARKETING, "we signed up for a trial of Loomly yesterday")
    journey.card("Loomly")
    people.command(LIAISON, MARKETING, "tools unreviewed")
    listed = journey.whisper(LIAISON, "Loomly")
    people.click(LIAISON, MARKETING, listed, "Edit")
    assert "Loomly" in str(journey.form("Tool of the catalogue"))
    assert people.submit(LIAISON, {"status": "rejected", "note": "No <!channel> contract"}) == {}
    people.command(MARKETER, MARKETING, "new-tool Loomly")
    assert "<!channel>" not in shown(journey.whisper(MARKETER, "was rejected"))
