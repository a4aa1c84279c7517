"""A campaign in a freeze: asked for once in its thread, decided by who was asked, told and logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.absence import Absence, Source
from bot.domain.events import What
from bot.domain.planned import Planned, PlannedKind
from bot.messages import Button, Form
from bot.services.calendar.freezes import DECLINE, GRANT, look_at_freezes
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    MONDAY_NINE,
    TEAM,
    Office,
    a_campaign,
    an_office,
)

DAY = timedelta(days=1)
START = date(2026, 12, 4)
FREEZE = Planned(
    PlannedKind.FREEZE, "Holidays", MONDAY_NINE + 10 * DAY, MONDAY_NINE + 20 * DAY, grants=f"@{COLLEAGUE}", key="f1"
)
CALM = f"🧊 @{MARKETER}, Black Friday (Fri 4 Dec) falls into the freeze Holidays"
EVERYBODY = (MARKETER, COLLEAGUE, GUEST, LIAISON, IT_MANAGER, CIO, MARKETING_MANAGER, ADMIN)


def frozen(freeze: Planned = FREEZE, *, start: date = START) -> Office:
    """A campaign of the marketer, and a freeze."""
    office = an_office()
    office.says(MARKETER, "Our mailing goes out", a_campaign("Black Friday", start))
    plan(office, freeze)
    return office


def plan(office: Office, *freezes: Planned) -> None:
    with office.store.unit_of_work() as uow:
        uow.plans.save(TEAM, *freezes)
    look(office)


def look(office: Office) -> None:
    """The job runs, as it does all day."""
    for _ in range(3):
        look_at_freezes(office.desk)
    office.run()


def asked(office: Office) -> list[str]:
    return [one for one in office.thread() if "falls into the freeze" in one]


def buttons(office: Office) -> dict[str, Button]:
    """The buttons that can be pressed in the thread for or against an exception."""
    pressed = [one for post in office.posts() for one in post.card.buttons]
    return {one.action: one for one in pressed if one.action in {GRANT, DECLINE}}


def decide(office: Office, person: str, action: str = GRANT, text: str = "The page is static") -> None:
    value = buttons(office)[action].value
    form = office.chat.forms[office.presses(person, action, value).view]
    context = form.context if isinstance(form, Form) else {"exception": value, "conversation": ""}
    office.submits(person, action, {"text": text}, **context)


def log_of(office: Office) -> list[str]:
    with office.store.unit_of_work() as uow:
        kept = [one for one in uow.log.events(TEAM, 1) if one.what in {What.EXCEPTION_ASKED, What.EXCEPTION_DECIDED}]
    return [f"{one.by}: {one.why}" for one in kept]


def test_the_thread_names_who_can_grant_an_exception_once() -> None:
    office = frozen()
    (said,) = asked(office)
    assert said.startswith(f"{CALM} (Thu 3 Dec, 09:00 – Sun 13 Dec, 09:00, all sites). Nothing stops it by itself: "
                           f"@{COLLEAGUE} can grant an exception.")  # fmt: skip
    assert set(buttons(office)) == {GRANT, DECLINE}
    assert log_of(office) == [": exception from the freeze Holidays"]


@pytest.mark.parametrize(
    ("freeze", "start"),
    [
        (FREEZE, date(2026, 12, 14)),
        (FREEZE, date(2026, 12, 2)),
        (replace(FREEZE, kind=PlannedKind.MAINTENANCE), START),
    ],
)
def test_what_is_not_in_a_freeze_is_left_alone(freeze: Planned, start: date) -> None:
    assert asked(frozen(freeze, start=start)) == []


def test_a_campaign_whose_site_nobody_said_may_be_on_the_frozen_one() -> None:
    assert "Sun 13 Dec, 09:00, blog.example)" in asked(frozen(replace(FREEZE, site="blog.example")))[0]


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("action", [GRANT, DECLINE])
def test_only_who_was_asked_can_decide(person: str, action: str) -> None:
    office = frozen()
    decide(office, person, action)
    assert bool(log_of(office)[1:]) == (person == COLLEAGUE)
    refused = [one for one in office.direct(person) if "Only Colleague can decide on this exception." in one]
    assert bool(refused) == (person != COLLEAGUE)


def test_a_granted_exception_is_told_logged_and_no_conflict_any_more() -> None:
    office = frozen()
    office.types(MARKETER, "calendar")
    assert "falls into the freeze" in office.whispers(MARKETER)[-1]
    decide(office, COLLEAGUE)
    assert buttons(office) == {}
    assert office.thread()[-2:] == [
        f"🧊 @{COLLEAGUE} granted the exception from the freeze Holidays. Why stands below.",
        f"@{MARKETER}: ✓ @{COLLEAGUE} granted the exception from the freeze Holidays: The page is static",
    ]
    assert log_of(office)[1:] == [f"{COLLEAGUE}: exception from the freeze Holidays granted: The page is static"]
    office.types(MARKETER, "calendar")
    assert "Everything goes together" in office.whispers(MARKETER)[-1]
    look(office)
    assert asked(office) == []


def test_a_declined_one_says_why_and_what_can_be_done_and_stays_a_conflict() -> None:
    office = frozen()
    decide(office, COLLEAGUE, DECLINE, "Nobody is on call")
    assert "declined the exception from the freeze Holidays: Nobody is on call" in office.thread()[-1]
    assert "Move it out of the freeze with Details" in office.thread()[-1]
    office.types(MARKETER, "calendar")
    assert "falls into the freeze" in office.whispers(MARKETER)[-1]
    look(office)
    assert len(log_of(office)) == 2


def test_it_is_decided_once() -> None:
    office = frozen()
    value = buttons(office)[GRANT].value
    for action in (GRANT, DECLINE):
        office.submits(COLLEAGUE, action, {"text": "yes"}, exception=value, conversation="")
    assert len(log_of(office)) == 2
    assert "This exception is granted already." in office.direct(COLLEAGUE)[-1]
    form = office.chat.forms[office.presses(COLLEAGUE, GRANT, value).view]
    assert not isinstance(form, Form)


def test_a_reason_is_needed() -> None:
    office = frozen()
    for text in (" ", "x" * 501):
        sent = office.submits(COLLEAGUE, GRANT, {"text": text}, exception=buttons(office)[GRANT].value)
        assert list(check_form(sent)) == ["text"]


def test_a_campaign_that_moves_within_the_freeze_is_asked_for_anew_one_that_leaves_it_is_not() -> None:
    office = frozen()
    old = buttons(office)[GRANT].value
    office.submits(MARKETER, "details", {"start": "2026-12-07", "audience": "400000"}, ticket="IT-1", kind="campaign")
    look(office)
    assert ["Mon 7 Dec" in one for one in asked(office)] == [True]
    assert any(one.startswith("This was asked again below") for one in office.thread())
    office.submits(COLLEAGUE, GRANT, {"text": "yes"}, exception=old, conversation="")
    assert "Look at the newest one" in office.direct(COLLEAGUE)[-1]
    office.submits(MARKETER, "details", {"start": "2026-12-21", "audience": "400000"}, ticket="IT-1", kind="campaign")
    look(office)
    assert buttons(office) == {}
    assert asked(office) == []
    assert any("is not in the freeze Holidays any more" in one for one in office.thread())
    assert len(log_of(office)) == 3


def test_a_freeze_that_is_taken_out_takes_its_question_back() -> None:
    office = frozen()
    with office.store.unit_of_work() as uow:
        uow.plans.remove(TEAM, "f1")
    look(office)
    assert buttons(office) == {}


GRANTERS = [
    (f"@{COLLEAGUE}", HOLDERS, COLLEAGUE),
    ("", HOLDERS, IT_MANAGER),
    (f"@{MARKETER}", HOLDERS, IT_MANAGER),
]


@pytest.mark.parametrize(("grants", "holders", "expected"), GRANTERS)
def test_nobody_named_or_who_asks_themselves_it_is_the_it_manager(grants: str, holders: object, expected: str) -> None:
    office = frozen(replace(FREEZE, grants=grants))
    assert f"@{expected} can grant an exception" in asked(office)[0]


def test_without_anybody_it_says_who_can_name_somebody_and_asks_once_there_is_one() -> None:
    office = an_office(holders={})
    office.says(MARKETER, "Our mailing goes out", a_campaign("Black Friday", START))
    plan(office, replace(FREEZE, grants=""))
    assert "nobody is named who can grant an exception" in asked(office)[0]
    assert buttons(office) == {}
    office.types(ADMIN, f"people it manager @{IT_MANAGER}")
    look(office)
    assert f"@{IT_MANAGER} can grant an exception" in asked(office)[-1]
    decide(office, IT_MANAGER)
    assert len(log_of(office)) == 3


def test_who_stands_in_can_decide_too() -> None:
    office = an_office()
    office.says(MARKETER, "Our mailing goes out", a_campaign("Black Friday", START))
    with office.store.unit_of_work() as uow:
        uow.absences.save(Absence(TEAM, COLLEAGUE, Source.SAID, MONDAY_NINE - DAY, MONDAY_NINE + DAY, IT_MANAGER))
    plan(office, FREEZE)
    assert f"or @{IT_MANAGER} who stands in" in asked(office)[0]
    decide(office, IT_MANAGER)
    assert log_of(office)[1].startswith(f"{IT_MANAGER}: exception")


def test_a_withdrawn_campaign_is_asked_for_no_more() -> None:
    office = frozen()
    office.presses(LIAISON, "dismiss")
    look(office)
    assert buttons(office) == {}
