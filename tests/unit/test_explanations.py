"""A ticket's clocks in words, and worked out again from its log."""

from __future__ import annotations

import pytest

from bot.services.sla.explanations import explained, recompute
from bot.services.sla.sla import save_clocks
from tests.builders import LIAISON, MARKETER, TEAM, Office, a_channel, a_tool, an_office
from tests.support.clock_stories import sweep


@pytest.fixture
def office() -> Office:
    """A ticket that was answered after an hour, waited two hours for the requester, and was warned of."""
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=1)
    office.says(LIAISON, "maybe", thread=office.ticket().place.thread)
    office.submits(LIAISON, "wait", {"text": "which plan?"}, ticket="IT-1")
    sweep(office, hours=2)
    office.says(MARKETER, "the small one", thread=office.ticket().place.thread)
    return office


def test_the_chat_shows_each_clock_with_who_owes_it_and_why_it_stands_so(office: Office) -> None:
    office.types(MARKETER, "sla IT-1")
    assert office.whispers(MARKETER)[-1] == "\n".join((
        "IT-1 Klaviyo: who owes what, and how it was counted.",
        "Next answer · owed by IT · running, 4 h left",
        "Due 2026-11-23 16:00",
        "2026-11-23 12:00 started with a target of 4 h (the requester wrote) · 4 h left",
        "Resolution · owed by IT · running, 2 working days 7 h left",
        "Due 2026-11-26 11:00",
        "2026-11-23 09:00 started with a target of 3 working days (opened) · 3 working days left",
        "2026-11-23 10:00 paused (waiting for requester) · 2 working days 7 h left",
        "2026-11-23 12:00 resumed (the requester answered) · 2 working days 7 h left",
        "Brief · owed by marketing · met in time",
        "2026-11-23 10:00 started with a target of 2 working days (IT asked) · 2 working days left",
        "2026-11-23 12:00 met in time (the requester answered) · 1 working day 6 h left",
        "First answer · owed by IT · met in time",
        "2026-11-23 09:00 started with a target of 4 h (opened) · 4 h left",
        "2026-11-23 10:00 met in time (answered in the thread) · 3 h left",
        "Only you can see this.",
    ))  # fmt: skip


def test_a_ticket_with_many_answers_shows_its_newest_clocks(office: Office) -> None:
    for _ in range(6):
        sweep(office, minutes=10)
        office.says(LIAISON, "yes", thread=office.ticket().place.thread)
        office.says(MARKETER, "and?", thread=office.ticket().place.thread)
    office.types(MARKETER, "sla 1")
    shown = office.whispers(MARKETER)[-1]
    assert shown.count("owed by") == 6
    assert "4 earlier ones are not shown." in shown


def test_every_line_of_the_ledgers_can_be_read(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        lines = explained(uow, TEAM, "IT-1")
    assert len(lines) == 8
    assert lines[0] == (
        "Mon 23 Nov 2026 10:00 UTC: started with a target of 2 working days (IT asked); 2 working days left; "
        "marketing owes the brief"
    )


def test_worked_out_again_nothing_is_different(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        assert recompute(uow, TEAM, 1) == ()


def test_what_was_stored_wrongly_is_told_and_can_be_put_right(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        ticket, (brief, *_) = uow.tickets.get(TEAM, 1), uow.clocks.of(TEAM, 1)
        wrong = brief.reopen(office.clock.at, "by mistake")
        save_clocks(uow, ticket, [wrong], a_channel())
        assert recompute(uow, TEAM, 1, keep=True) == ("IT-1 brief 1: ledger (started, met, resumed) → (started, met)",)
        assert recompute(uow, TEAM, 1) == ()


def test_a_number_nobody_knows_is_answered_kindly(office: Office) -> None:
    office.types(MARKETER, "sla IT-99")
    assert office.whispers(MARKETER)[-1].startswith("There is no ticket IT-99 here.")
