"""At the sync: actions are promised, done and carried over, decisions taken down, topics added; the agenda shows it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.events import What
from bot.domain.ticket import State
from bot.messages import Card
from bot.services.agenda.agenda import post_agendas
from bot.services.agenda.agenda_card import BUTTONS_MOST
from tests.builders import (
    COLLEAGUE,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    a_channel,
    a_tool,
    an_office,
    words,
)

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
NAME = f"{MARKETING}:2026-W49"


@pytest.fixture
def office() -> Office:
    """A Monday after the agenda with one ticket on it was posted."""
    office = an_office(a_channel(set_up_at=MONDAY - timedelta(days=3)))
    office.clock.at = MONDAY - timedelta(days=1)
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    meet(office, MONDAY)
    return office


def test_a_new_action_stands_on_the_agenda_and_its_owner_is_called_in_the_thread(office: Office) -> None:
    promised(office, "Send  the list", due="2026-12-04", ticket="IT-1")
    assert section(office, "Actions") == ["☐ Send the list — @marketer, by Fri 4 Dec, IT-1\nDone"]
    (thread,) = [one for one in office.channel() if one.startswith("📌")]
    assert thread.splitlines()[0] == "📌 @marketer: Send the list, by Fri 4 Dec (IT-1)"
    assert len(agendas(office)) == 1


def test_the_owner_marks_their_own_action_done_and_nobody_elses(office: Office) -> None:
    promised(office, "Send the list")
    promised(office, "Ask legal", owner=COLLEAGUE)
    office.presses(MARKETER, "action_done", f"{NAME}:2")
    assert "Only its owner" in office.whispers(MARKETER)[-1]
    office.presses(MARKETER, "action_done", f"{NAME}:1")
    assert section(office, "Actions") == ["☐ Ask legal — @colleague\nDone", "✅ Send the list — done by @marketer"]


def test_marking_done_twice_changes_nothing(office: Office) -> None:
    promised(office, "Send the list")
    before = len(office.store.state.outbox)
    office.presses(LIAISON, "action_done", f"{NAME}:1")
    office.presses(MARKETING_MANAGER, "action_done", f"{NAME}:1")
    assert section(office, "Actions") == ["✅ Send the list — done by @liaison"]
    assert len(office.store.state.outbox) == before + 1


@pytest.mark.parametrize("action", ["action_new", "decision", "actions_carry", "actions_update"])
def test_only_who_runs_the_sync_writes_at_it(office: Office, action: str) -> None:
    promised(office, "Send the list", owner=MARKETER)
    request = office.presses(COLLEAGUE, action, NAME)
    answer = office.chat.forms.get(request.view) or office.whispers(COLLEAGUE)[-1]
    said = words(answer) if isinstance(answer, Card) else str(answer)
    assert "Only the liaison, a manager or an admin" in said or "no open action that you could update" in said


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("action_new", {"what": "x", "owner": MARKETER}),
        ("decision", {"what": "x", "by": MARKETER}),
        ("actions_update", {"action-1": "drop"}),
        ("actions_update", {"action-1": "carry"}),
    ],
)
def test_a_form_sent_by_somebody_who_may_not_is_refused_at_the_click(
    office: Office, form: str, values: dict[str, str]
) -> None:
    promised(office, "Send the list", owner=MARKETER)
    office.submits(MARKETER, form, values, agenda=NAME)
    assert "Only the liaison, a manager or an admin" in office.direct(MARKETER)[-1]
    assert section(office, "Actions") == ["☐ Send the list — @marketer\nDone"]


def test_guests_are_given_no_actions(office: Office) -> None:
    office.submits(LIAISON, "action_new", {"what": "Send it", "owner": GUEST}, agenda=NAME)
    assert "guests and bots can't be given an action" in office.direct(LIAISON)[-1]


def test_carrying_the_rest_over_marks_it_and_the_next_agenda_counts_it_once(office: Office) -> None:
    promised(office, "Send the list")
    office.wait(minutes=30)
    office.presses(IT_MANAGER, "actions_carry", NAME)
    assert section(office, "Actions") == ["↻ Send the list — @marketer, carried over 1×\nDone"]
    assert "Carry the rest over" not in buttons(office)
    meet(office, MONDAY + timedelta(weeks=1))
    assert section(office, "Actions") == ["☐ Send the list — @marketer, carried over 1×\nDone"]
    meet(office, MONDAY + timedelta(weeks=2))
    assert section(office, "Actions") == ["☐ Send the list — @marketer, carried over 2×\nDone"]


def test_one_form_updates_all_actions(office: Office) -> None:
    for what in ("Send the list", "Ask legal", "Book a room", "Wait for Tom"):
        promised(office, what)
    office.wait(minutes=30)
    request = office.presses(MARKETING_MANAGER, "actions_update", NAME)
    form = office.form(request)
    assert [field.label for field in form.fields] == ["Send the list", "Ask legal", "Book a room", "Wait for Tom"]
    values = {"action-1": "done", "action-2": "carry", "action-3": "drop", "action-4": "keep"}
    office.submits(MARKETING_MANAGER, "actions_update", values, **form.context)
    assert section(office, "Actions") == [
        "↻ Ask legal — @marketer, carried over 1×\nDone",
        "☐ Wait for Tom — @marketer\nDone",
        "✅ Send the list — done by @marketing-manager",
        "✖️ Book a room — dropped by @marketing-manager",
    ]


def test_an_owner_may_only_say_in_the_form_that_theirs_are_done(office: Office) -> None:
    promised(office, "Send the list")
    promised(office, "Ask legal", owner=COLLEAGUE)
    form = office.form(office.presses(MARKETER, "actions_update", NAME))
    assert [field.label for field in form.fields] == ["Send the list"]
    assert [choice.label for choice in form.fields[0].choices] == ["Leave as it is", "Done"]


def test_many_actions_have_one_button_for_all(office: Office) -> None:
    for number in range(BUTTONS_MOST + 1):
        promised(office, f"Step {number}")
    assert all("\nDone" not in line for line in section(office, "Actions"))
    assert "Update actions" in buttons(office)


def test_a_decision_goes_into_the_log_of_its_ticket_and_onto_its_card(office: Office) -> None:
    form = office.form(office.presses(LIAISON, "decision", NAME))
    assert [choice.label for choice in form.fields[0].choices] == ["No ticket", "IT-1 Klaviyo"]
    values = {"ticket": "IT-1", "what": "Go, on the EU plan", "by": MARKETING_MANAGER}
    office.submits(LIAISON, "decision", values, **form.context)
    with office.store.unit_of_work() as uow:
        event = uow.log.events(TEAM, 1)[-1]
    assert (event.what, event.by, event.why) == (What.DECIDED, LIAISON, "Go, on the EU plan")
    assert event.data == {"decider": MARKETING_MANAGER}
    assert office.ticket().state is State.DECIDED
    assert "Decided: Go, on the EU plan. @liaison takes it from here." in words(office.card())
    assert office.thread()[-1].startswith("⚖️ @marketing-manager decided: Go, on the EU plan")
    assert section(office, "Decided") == ["✅ IT-1 Klaviyo: Go, on the EU plan — decided by @marketing-manager"]


def test_a_decision_on_a_waiting_ticket_ends_the_wait(office: Office) -> None:
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    decided(office, "Go", ticket="IT-1")
    ticket = office.ticket()
    assert (ticket.state, ticket.waiting_for) == (State.DECIDED, None)


def test_a_decision_on_a_closed_ticket_leaves_it_closed(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "Approved"}, ticket="IT-1")
    decided(office, "Go", ticket="IT-1")
    assert (office.ticket().state, office.ticket().outcome) == (State.CLOSED, "Approved")


def test_a_decision_without_a_ticket_stands_in_a_section_of_its_own(office: Office) -> None:
    decided(office, "No launches in the last week of the year")
    assert section(office, "Decided") == ["✅ No launches in the last week of the year — decided by @it-manager"]


def test_the_next_agenda_tells_what_became_of_each_item(office: Office) -> None:
    office.says(MARKETER, "Hotjar", a_tool("Hotjar"))
    promised(office, "Send the list")
    promised(office, "Ask legal")
    decided(office, "Go", ticket="IT-1")
    office.wait(hours=1)
    office.presses(MARKETER, "action_done", f"{NAME}:1")
    meet(office, MONDAY + timedelta(weeks=1))
    assert section(office, "Actions") == ["☐ Ask legal — @marketer, carried over 1×\nDone"]
    assert section(office, "What became of last time's items") == [
        "✅ IT-1 Klaviyo: Go — decided by @it-manager",
        "✅ Send the list — done by @marketer",
    ]
    assert [line.split(" — ")[0] for line in section(office, "Decisions needed")] == ["🧰 IT-2 Hotjar"]
    office.submits(LIAISON, "resolve", {"text": "Not needed"}, ticket="IT-2")
    meet(office, MONDAY + timedelta(weeks=2))
    assert section(office, "What became of last time's items") == ["✅ 🧰 IT-2 Hotjar — closed: Not needed"]


def test_the_agenda_of_before_loses_its_buttons(office: Office) -> None:
    promised(office, "Send the list")
    meet(office, MONDAY + timedelta(weeks=1))
    old, new = agendas(office)
    assert old.buttons == ()
    assert [button.label for button in new.buttons][:2] == ["Record a decision", "New action"]


def test_a_click_on_an_old_agenda_shows_on_the_new_one(office: Office) -> None:
    promised(office, "Send the list")
    meet(office, MONDAY + timedelta(weeks=1))
    office.presses(MARKETER, "action_done", f"{NAME}:1")
    assert section(office, "Actions") == ["✅ Send the list — done by @marketer"]


def test_topics_are_shown_before_the_sync_and_on_it_once(office: Office) -> None:
    office.wait(hours=1)
    office.types(MARKETER, "agenda add  Budget for   Q1")
    office.types(MARKETER, "agenda add Budget for Q1")
    assert office.whispers(MARKETER)[-1].startswith("Budget for Q1 is on the agenda of #C-marketing for Mon 7 Dec.")
    office.types(COLLEAGUE, "agenda")
    assert "• Budget for Q1 — @marketer" in office.whispers(COLLEAGUE)[-1]
    assert office.whispers(COLLEAGUE)[-1].startswith("Next sync · Mon 7 Dec, 09:00")
    meet(office, MONDAY + timedelta(weeks=1))
    assert section(office, "Topics") == ["• Budget for Q1 — @marketer"]
    meet(office, MONDAY + timedelta(weeks=2))
    assert section(office, "Topics") == []


def test_a_topic_is_taken_back_by_who_added_it(office: Office) -> None:
    office.wait(hours=1)
    office.types(MARKETER, "agenda add Budget")
    office.presses(COLLEAGUE, "topic_remove", "1")
    assert office.whispers(COLLEAGUE)[-1] == "Only who added a topic can take it back."
    office.types(MARKETER, "agenda")
    assert "Your topics\nBudget\nRemove\n1" in office.whispers(MARKETER)[-1]
    office.presses(MARKETER, "topic_remove", "1")
    assert "Budget" not in office.whispers(MARKETER)[-1]
    office.presses(MARKETER, "topic_remove", "1")
    assert "not waiting any more" in office.whispers(MARKETER)[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("agenda add", "What would you like to talk about?"),
        ("agenda add " + "x" * 201, "Please say it in at most 200 characters; this has 201."),
        ("agenda frobnicate", "I don't know “frobnicate” here."),
    ],
)
def test_a_topic_that_cannot_be_taken_is_answered_kindly(office: Office, typed: str, said: str) -> None:
    office.types(MARKETER, typed)
    assert office.whispers(MARKETER)[-1].startswith(said)


def test_without_a_marketing_channel_there_is_no_agenda() -> None:
    office = an_office(a_channel(listening=False))
    office.types(MARKETER, "agenda")
    assert office.whispers(MARKETER)[-1].startswith("There is no marketing channel set up yet.")


def test_an_agenda_stays_short_however_much_there_is(office: Office) -> None:
    for number in range(40):
        office.says(MARKETER, f"buy {number}", a_tool(f"{'Long story of ' * 5} number {number}"))
        office.types(MARKETER, f"agenda add {'a long topic ' * 10} {number}")
    for number in range(10):
        promised(office, f"{'an action with many words ' * 5} {number}")
    meet(office, MONDAY + timedelta(weeks=1))
    said = words(agendas(office)[-1])
    assert len(said) < 3600
    assert "more: /itcheck list open" in said
    assert "more: press Update actions to see them" in said


def promised(office: Office, what: str, owner: str = MARKETER, **more: str) -> None:
    office.submits(LIAISON, "action_new", {"what": what, "owner": owner} | more, agenda=NAME)


def decided(office: Office, what: str, **more: str) -> None:
    office.submits(LIAISON, "decision", {"what": what, "by": IT_MANAGER} | more, agenda=NAME)


def meet(office: Office, at: datetime) -> None:
    office.clock.at = at
    post_agendas(office.desk)
    office.run()


def agendas(office: Office) -> list[Card]:
    return [one.card for one in office.posts() if one.card.title.startswith("🗓️")]


def buttons(office: Office) -> list[str]:
    return [button.label for button in agendas(office)[-1].buttons]


def section(office: Office, name: str) -> list[str]:
    """The lines of one section of the newest agenda, a line's button under it."""
    found = [part for part in agendas(office)[-1].sections if part.title == name]
    return [re.sub(rf"\n{MARKETING}:\S+$", "", words(line)) for part in found for line in part.lines]
