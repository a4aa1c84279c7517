"""The lead time of a campaign: what marketing tells IT some days before it starts."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.events import What
from bot.domain.sla import ClockKind
from tests.builders import (
    LIAISON,
    MARKETER,
    TEAM,
    a_campaign,
    an_office,
)
from tests.support.clock_stories import (
    Story,
    assert_the_log_tells_the_same,
    clocks,
    sent,
    shown,
    waited,
)

FULL = {"start": "2027-01-11", "audience": "9000", "channel": "email", "page": "shop.example"}

CAMPAIGNS: dict[str, tuple[date | None, list[Story], str]] = {
    "without a start there is no lead time": (None, [], ""),
    "what is not known yet is owed some days before the start": (
        date(2027, 1, 11), [], "lead_time due 21 09:00",
    ),
    "the lead time grows with the size": (
        date(2027, 1, 11), [sent(MARKETER, "details", **(FULL | {"page": "", "audience": "9000"}))],
        "lead_time due 07 09:00",
    ),
    "it is met once everything is told": (
        date(2027, 1, 11), [waited(days=2), sent(MARKETER, "details", **FULL)], "lead_time met 25 09:00",
    ),
    "it moves with the start": (
        date(2027, 1, 11),
        [sent(MARKETER, "details", **(FULL | {"page": "", "audience": "9000", "start": "2027-01-18"}))],
        "lead_time due 14 09:00",
    ),
    "no pause extends it": (
        date(2027, 1, 11), [sent(LIAISON, "wait"), waited(days=5)], "lead_time due 21 09:00",
    ),
    "told too late it is short notice and no alarm": (
        date(2026, 11, 30), [waited(days=3)], "lead_time due 09 09:00 late on arrival",
    ),
    "brought forward after all was told, it is judged again": (
        date(2027, 1, 11),
        [sent(MARKETER, "details", **FULL), sent(MARKETER, "details", **(FULL | {"start": "2026-11-24"}))],
        "lead_time met 23 09:00; lead_time met 23 09:00 late on arrival",
    ),
    "a resolved campaign owes nothing more": (
        date(2027, 1, 11), [sent(LIAISON, "resolve", text="go")], "lead_time cancelled (resolved without it)",
    ),
    "a ticket that turns out to be a question has none": (
        date(2027, 1, 11), [sent(LIAISON, "details", kind="question", start="2027-01-11")],
        "lead_time cancelled (no campaign with a start any more)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("start", "story", "expected"), CAMPAIGNS.values(), ids=list(CAMPAIGNS))
def test_a_campaign_has_its_lead_time(start: date | None, story: list[Story], expected: str) -> None:
    office = an_office()
    office.says(MARKETER, "the big sale is coming", a_campaign("Sale", start))
    for act in story:
        act(office)
    lead = [clock for clock in clocks(office) if clock.kind is ClockKind.LEAD_TIME]
    assert "; ".join(shown(clock) for clock in lead) == expected
    assert_the_log_tells_the_same(office)


def test_a_start_told_too_late_stands_in_the_log() -> None:
    office = an_office()
    office.says(MARKETER, "the sale is next week", a_campaign("Sale", date(2026, 11, 30)))
    with office.store.unit_of_work() as uow:
        (event,) = [event for event in uow.log.events(TEAM, 1) if event.what is What.LATE_ON_ARRIVAL]
    assert (event.data["clock"], event.data["side"]) == ("lead_time", "marketing")
