"""The monthly road map review: due before the first sync, posted once, its decisions change the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.hours import Calendar
from bot.domain.people import Side
from bot.domain.review_slots import latest_review, meeting_after
from bot.domain.roadmap import ItemStatus
from bot.domain.roadmap_edition import Draft
from bot.services.roadmap.monthly import post_roadmap_reviews
from handlers.routing import check_form
from tests.builders import (
    COLLEAGUE,
    GUEST,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    Office,
    a_campaign,
    a_channel,
    an_office,
    words,
)
from tests.support.roadmaps import FULL, FULL_MAP, SPONSORS, a_road_map, an_item
from tests.support.roadmaps_in_chat import draft, said

SLOT = datetime(2026, 12, 4, 9, tzinfo=UTC)  # the Friday before the first Monday of December
DECIDED = {
    "item": "RM-7",
    "verdict": "keep",
    "start": "2027-04-05",
    "by": MARKETING_MANAGER,
    "why": "the vendor is late",
}


@pytest.fixture
def office() -> Office:
    office = an_office()
    draft(office, Draft(FULL_MAP))
    return office


def post(office: Office, at: datetime = SLOT) -> list[str]:
    """Everything posted in the channel once it is looked for at a time."""
    office.wait(seconds=(at - office.clock.at).total_seconds())
    post_roadmap_reviews(office.desk)
    office.run()
    return [told for told in office.channel() if "Road map review" in told]


@pytest.mark.parametrize(
    ("now", "weekday", "name", "at", "meeting"),
    [
        (datetime(2026, 12, 4, 8, 59, tzinfo=UTC), 0, "2026-11", "2026-10-30", "2026-11-02"),
        (SLOT, 0, "2026-12", "2026-12-04", "2026-12-07"),
        (datetime(2026, 12, 31, tzinfo=UTC), 0, "2026-12", "2026-12-04", "2026-12-07"),
        (datetime(2026, 11, 30, 9, tzinfo=UTC), 1, "2026-12", "2026-11-30", "2026-12-01"),
        (datetime(2027, 1, 5, tzinfo=UTC), 2, "2026-12", "2026-12-01", "2026-12-02"),
    ],
)
def test_a_review_is_due_on_the_working_day_before_the_first_sync_of_a_month(
    now: datetime, weekday: int, name: str, at: str, meeting: str
) -> None:
    channel = a_channel(sync_weekday=weekday)
    slot = latest_review(now, channel, Calendar.office("UTC"))
    assert (slot.name, slot.at) == (name, datetime.fromisoformat(f"{at}T09:00Z"))
    assert meeting_after(slot, channel) == datetime.fromisoformat(f"{meeting}T09:00Z")


def test_it_is_posted_once_and_again_only_next_month(office: Office) -> None:
    post_roadmap_reviews(office.desk)  # the slot of November was before this road map: too old by now
    assert post(office, SLOT - timedelta(minutes=1)) == []
    for minutes in (0, 1, 600):
        assert len(post(office, SLOT + timedelta(minutes=minutes))) == 1
    assert "Road map review · December 2026" in post(office)[0]
    assert "For the sync on Mon 7 Dec, 09:00" in post(office)[0]
    assert len(post(office, datetime(2027, 1, 1, 9, tzinfo=UTC))) == 2


def test_one_missed_by_more_than_two_days_is_dropped(office: Office) -> None:
    assert post(office, SLOT + timedelta(days=2, minutes=1)) == []
    assert len(post(office, datetime(2027, 1, 1, 10, tzinfo=UTC))) == 1


def test_an_empty_road_map_is_not_reviewed() -> None:
    office = an_office()
    assert post(office) == []
    assert "Nothing is on the road map yet" in said(office, MARKETER, "roadmap review")
    draft(office, Draft(a_road_map(an_item(1, 100))))
    assert "everything is on its way" in said(office, MARKETER, "roadmap review")


def test_it_tells_what_was_done_what_slipped_and_what_does_not_fit(office: Office) -> None:
    items = (
        an_item(1, -30, 10, status=ItemStatus.IN_PROGRESS, team="Web"),
        an_item(2, -5, 10, needs=("RM-1",), serves=(1,)),
        an_item(3, 5, 10, status=ItemStatus.PROPOSED, sponsors={Side.IT: "@cio"}),
        an_item(4, 5, 10, technology="Hub"),
    )
    draft(office, draft(office).put(*items, because="the vendor is late"))
    office.says(MARKETER, "Our mailing goes out", a_campaign("Spring sale", date(2026, 12, 9)))
    office.chat.people["cmo"] = replace(office.chat.people["cmo"], is_gone=True)
    (told,) = post(office)
    for line in (
        "⏳ RM-1 Need 1: now by Fri 4 Dec 2026 instead of Mon 2 Nov 2026 (+32 days), because the vendor is late. "
        "Drags along RM-2 (+17 days)",
        "📣 IT-1 Spring sale begins on Wed 9 Dec 2026; RM-2 Need 2 will not be ready",
        "💶 Q1 2027 costs 500.25 EUR more than its limit",
        "🙋 RM-3 Need 3 has no sponsor in marketing",
        "👋 @cmo has left, and still answers for RM-7",
        "🎯 RM-4 Need 4: Hub has no outcome with a measure",
        "💡 RM-3 Need 3: 28 Nov – 7 Dec 2026, proposed. Take it in, move it or drop it?",
    ):
        assert line in told
    draft(office, draft(office).put(replace(items[0], status=ItemStatus.DONE)))
    told = post(office, datetime(2027, 1, 1, 9, tzinfo=UTC))[1]
    assert "Done\n✅ RM-1 Need 1" in told
    assert "Since Fri 4 Dec: 1 done" in told


def test_a_decision_changes_the_draft_and_is_told_in_the_thread(office: Office) -> None:
    draft(office, draft(office).put(an_item(8, 130, 5, needs=("RM-7",), sponsors=SPONSORS)))
    post(office)
    form = office.form(office.presses(LIAISON, "roadmap_decide", "2026-12"))
    assert [field.key for field in form.fields] == ["item", "verdict", "start", "end", "why", "by"]
    office.submits(LIAISON, "roadmap_decide", DECIDED, **form.context)
    item = draft(office).road_map.by_key["RM-7"]
    assert (item.start, item.end - item.start) == (date(2027, 4, 5), FULL.end - FULL.start)
    assert draft(office).reasons["RM-7"] == "the vendor is late"
    (reply,) = [one for one in office.posts() if one.key.startswith("roadmap-review:C-marketing:2026-12:decision")]
    (first,) = [one for one in office.posts() if one.key == "roadmap-review:C-marketing:2026-12"]
    assert reply.thread == first.ref.message
    told = office.channel()[-1]
    assert "⚖️ @marketing-manager decided: RM-7 Customers find what they look for <!here> moved from Q1 2027" in told
    assert "It moves RM-8" in told
    assert "Taken down by @liaison" in told


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"item": ""}, "item"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"start": "2027-Q6"}, "start"),
        ({"end": "someday"}, "end"),
        ({"why": " "}, "why"),
        ({"by": ""}, "by"),
    ],
)
def test_a_decision_lacks_nothing(office: Office, values: dict[str, str], field: str) -> None:
    request = office.submits(LIAISON, "roadmap_decide", DECIDED | values, review="2026-12", conversation=MARKETING)
    assert list(check_form(request)) == [field]


@pytest.mark.parametrize(
    ("person", "values", "slot", "told"),
    [
        (MARKETER, {}, "2026-12", "Only a liaison"),
        (GUEST, {}, "2026-12", "Guests can't change the road map"),
        (LIAISON, {}, "2026-11", "from an older review"),
        (LIAISON, {"start": ""}, "2026-12", "Nothing would change"),
        (LIAISON, {"end": "2027-01-01"}, "2026-12", "before it starts"),
        (LIAISON, {"item": "RM-99"}, "2026-12", "There is no RM-99"),
        (LIAISON, {"by": GUEST}, "2026-12", "guests and bots can't decide"),
    ],
)
def test_what_can_not_be_decided_changes_nothing(
    office: Office, person: str, values: dict[str, str], slot: str, told: str
) -> None:
    post(office)
    before = draft(office)
    office.submits(person, "roadmap_decide", DECIDED | values, review=slot, conversation=MARKETING)
    assert told in office.direct(person)[-1]
    assert draft(office) == before


def test_only_keepers_get_the_form(office: Office) -> None:
    post(office)
    pressed = office.presses(COLLEAGUE, "roadmap_decide", "2026-12")
    assert "Only a liaison, a manager, a sponsor or an admin does that" in words(office.chat.forms[pressed.view])
