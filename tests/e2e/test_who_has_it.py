"""Who has a ticket, whole: asked to step in, answered on record, handed on, through the strict proxy."""

from __future__ import annotations

from tests.e2e.journeys import Journey, header, shown
from tests.support.local_slack import ADMIN, IT_MANAGER, LIAISON, MARKETER, MARKETER_2, MARKETING
from tests.support.workspace import wait_for


def test_a_manager_is_asked_directly_answers_and_is_on_record(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we'd love to try Hootsuite, signed up for a trial yesterday")
    number = header(journey.card("Hootsuite")).split()[1]
    journey.reply(said, "this one is for you")
    people.command(MARKETER, MARKETING, f"escalate {number} process: no word since Monday")
    journey.whisper(MARKETER, "is handed up")
    assert f"<@{IT_MANAGER}> has it now" in shown(journey.reply(said, "to step in (process): no word since Monday"))
    wait_for(lambda: "Escalated to" in shown(journey.card("Hootsuite")))

    asked = journey.direct(IT_MANAGER, "no word since Monday")
    people.click(IT_MANAGER, people.dm(IT_MANAGER), asked, "Answer")
    journey.form("Answer")
    assert people.submit(IT_MANAGER, {"text": "We decide on Friday."}) == {}
    journey.reply(said, "We decide on Friday.")
    journey.reply(said, "no longer escalated")
    wait_for(lambda: "Escalated to" not in shown(journey.card("Hootsuite")))
    people.command(MARKETER, MARKETING, f"status {number}")
    assert f"escalation answered* by <@{IT_MANAGER}>" in shown(journey.whisper(MARKETER, "escalation answered"))


def test_without_anybody_further_up_an_admin_is_told_and_naming_somebody_goes_on(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we'd love to try Sprinklr, signed up for a trial yesterday")
    number = header(journey.card("Sprinklr")).split()[1]
    people.command(MARKETER, MARKETING, f"escalate {number} nobody answers")
    journey.reply(said, "nobody answers")
    people.command(MARKETER, MARKETING, f"escalate {number} still nobody")
    journey.reply(said, "nobody is named as CIO")
    journey.direct(ADMIN, "Please name somebody with /itcheck people")

    people.command(ADMIN, MARKETING, "people")
    journey.form("Who is who")
    assert people.submit(ADMIN, {"cio": MARKETER_2}) == {}
    # The job that climbs looks every ten seconds.
    wait_for(lambda: any("still nobody" in shown(one) for one in people.dms(MARKETER_2)), timeout=30)


def test_a_ticket_is_handed_on_by_command_with_a_summary(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we'd love to try Pendo, signed up for a trial yesterday. Is that fine?")
    number = header(journey.card("Pendo")).split()[1]
    people.command(LIAISON, MARKETING, f"reassign {number} <@{IT_MANAGER}>")
    summary = shown(journey.reply(said, "To take over"))
    assert "Is that fine?" in summary
    wait_for(lambda: f"<@{IT_MANAGER}>" in shown(journey.card("Pendo")))
