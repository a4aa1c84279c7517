"""Reminders count back from the day notice is due; each is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.money import Money
from bot.domain.renewal import notice_deadline, reminder_stage
from bot.services.agenda.agenda import post_agendas
from bot.services.tools.renewals import remind_of_renewals
from tests.builders import IT_MANAGER, LIAISON, MONDAY_NINE, TEAM, Office, an_office

TODAY = MONDAY_NINE.date()
RENEWS = date(2027, 6, 1)
MAILCHIMP = Tool(
    "Mailchimp",
    "email_automation",
    status=ToolStatus.APPROVED,
    owner=IT_MANAGER,
    yearly=Money(Decimal(6000), "EUR"),
    renews_on=RENEWS,
    notice_days=60,
)
DEADLINE = RENEWS - timedelta(days=60)


@pytest.mark.parametrize(
    ("left", "stage"), [(121, None), (120, 120), (91, 120), (90, 90), (61, 90), (60, 60), (0, 60), (-1, None)]
)
def test_a_reminder_is_counted_back_from_the_day_notice_is_due(left: int, stage: int | None) -> None:
    assert notice_deadline(MAILCHIMP) == DEADLINE
    assert reminder_stage(MAILCHIMP, DEADLINE - timedelta(days=left)) == stage


@pytest.mark.parametrize("status", [ToolStatus.REJECTED, ToolStatus.RETIRED])
def test_what_is_no_longer_paid_for_is_not_reminded_of(status: ToolStatus) -> None:
    assert reminder_stage(replace(MAILCHIMP, status=status), DEADLINE) is None


def test_without_a_date_there_is_nothing_to_remind_of() -> None:
    assert reminder_stage(replace(MAILCHIMP, renews_on=None), TODAY) is None


def office_with(*tools: Tool) -> Office:
    office = an_office()
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, *tools)
    return office


def look(office: Office) -> None:
    """The job runs, as it does many times a day."""
    for _ in range(3):
        remind_of_renewals(office.desk)
    office.run()


def renewing_in(days: int, **more: object) -> Tool:
    given = {"renews_on": TODAY + timedelta(days=days + 60), **more}
    return replace(MAILCHIMP, **given)  # type: ignore[arg-type]


def test_the_owner_hears_of_each_stage_once() -> None:
    office = office_with(renewing_in(121))
    look(office)
    assert office.direct(IT_MANAGER) == []
    for days, said in ((1, "Ask the people who have a seat"), (30, "Compare now"), (30, "Decide now")):
        office.wait(days=days)
        look(office)
        assert said in office.direct(IT_MANAGER)[-1]
    assert len(office.direct(IT_MANAGER)) == 3
    assert "Mailchimp renews on" in office.direct(IT_MANAGER)[0]
    assert "for 6,000 EUR a year. Notice is due by" in office.direct(IT_MANAGER)[0]


def test_after_a_pause_only_the_latest_stage_is_told() -> None:
    office = office_with(renewing_in(70), renewing_in(50, name="Matomo", owner=""))
    look(office)
    assert [("Compare now" in one) for one in office.direct(IT_MANAGER)] == [True]
    assert "Matomo" in office.direct(LIAISON)[0]
    assert "Decide now" in office.direct(LIAISON)[0]


def test_a_new_date_is_reminded_of_anew() -> None:
    office = office_with(renewing_in(100))
    look(office)
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, renewing_in(110))
    look(office)
    assert len(office.direct(IT_MANAGER)) == 2


def test_the_next_agenda_has_it_and_the_one_after_has_not() -> None:
    office = office_with(renewing_in(100))
    office.wait(hours=1)
    look(office)
    for expected in (True, False):
        office.wait(days=7)
        post_agendas(office.desk)
        office.run()
        assert ("Renewal of Mailchimp, notice by" in office.channel()[-1]) is expected
