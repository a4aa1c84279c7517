"""Sponsors: asked for a word each month, reminded once, named in the review; an item is handed over by two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.people import Person, Side
from bot.domain.roadmap import ItemStatus
from bot.domain.roadmap_edition import Draft
from bot.domain.sponsor import sponsored
from bot.services.roadmap.sponsors import ask_sponsors
from handlers.routing import check_form
from tests.builders import CIO, CMO, COLLEAGUE, GUEST, LIAISON, MARKETER, Office, an_office
from tests.support.roadmaps import SPONSORS, TODAY, a_road_map, an_item
from tests.support.roadmaps_in_chat import draft, said

ASKED = datetime(2026, 12, 15, 9, tzinfo=UTC)
REMINDED = datetime(2026, 12, 22, 9, tzinfo=UTC)
WORD = {"item": "RM-1", "mood": "worried", "words": "the vendor <!here> is slow"}
NAMED = {"item": "RM-1", "to": COLLEAGUE}


@pytest.fixture
def office() -> Office:
    """A road map of two items that CMO and CIO sponsor; they were asked for December."""
    office = an_office()
    draft(office, Draft(a_road_map(an_item(1, 0, 60, outcome="More orders"), an_item(2, 30))))
    at(office, ASKED)
    return office


def at(office: Office, when: datetime) -> None:
    """Let it become some time, and do what is due."""
    office.wait(seconds=(when - office.clock.at).total_seconds())
    for _ in range(2):
        ask_sponsors(office.desk)
        office.run()


def asked(office: Office, person: str) -> list[str]:
    return [told for told in office.direct(person) if "A word from the sponsor" in told]


def test_only_what_is_on_or_begins_soon_is_asked_about() -> None:
    far, done = an_item(3, 200), an_item(4, status=ItemStatus.DONE)
    words = an_item(5, sponsors={Side.IT: "The board", Side.MARKETING: "@cmo"})
    found = sponsored(a_road_map(an_item(1), far, done, words), TODAY)
    assert {person: [one.key for one in items] for person, items in found.items()} == {
        "cmo": ["RM-1", "RM-5"],
        "cio": ["RM-1"],
    }


def test_each_is_asked_once_a_month_and_reminded_once_if_silent(office: Office) -> None:
    assert [len(asked(office, one)) for one in (CMO, CIO, MARKETER)] == [1, 1, 0]
    assert "📌 RM-1 Need 1: 23 Nov 2026 – 21 Jan 2027" in asked(office, CMO)[0]
    office.submits(CMO, "sponsor_word", WORD, month="2026-12")
    at(office, REMINDED)
    assert [len(asked(office, one)) for one in (CMO, CIO)] == [1, 2]
    assert "A short word is still missing" in asked(office, CIO)[1]
    at(office, REMINDED.replace(day=30))
    assert len(asked(office, CIO)) == 2


def test_who_has_left_is_neither_asked_nor_called_silent() -> None:
    office = an_office()
    office.chat.people[CMO] = Person(CMO, "Cmo", is_gone=True)
    draft(office, Draft(a_road_map(an_item(1, 0, 60))))
    at(office, ASKED)
    assert [len(asked(office, one)) for one in (CMO, CIO)] == [0, 1]
    told = said(office, MARKETER, "roadmap review")
    assert "👋 @cmo has left, and still answers for RM-1" in told
    assert "🤫 @cio has not said a word yet on RM-1" in told
    assert "🤫 @cmo" not in told


def test_who_was_never_asked_is_not_reminded() -> None:
    office = an_office()
    at(office, REMINDED)
    draft(office, Draft(a_road_map(an_item(1))))
    at(office, REMINDED)
    assert asked(office, CMO) == []


def test_words_and_silence_stand_in_the_review(office: Office) -> None:
    assert "In the words" in said(office, MARKETER, "roadmap review")
    form = office.form(office.presses(CMO, "sponsor_word", "2026-12"))
    assert [choice.value for choice in form.fields[0].choices] == ["RM-1", "RM-2"]
    office.submits(CMO, "sponsor_word", WORD, **form.context)
    office.submits(CMO, "sponsor_word", WORD | {"item": "RM-2", "mood": "on track", "words": ""}, **form.context)
    told = said(office, MARKETER, "roadmap review")
    assert (
        "🟡 RM-1 Need 1, @cmo: worried. “the vendor <!here> is slow”\n🟢 RM-2 Need 2, @cmo: on track.\n"
        "🤫 @cio has not said a word yet on RM-1, RM-2"
    ) in told


@pytest.mark.parametrize(
    ("person", "values", "month", "told"),
    [
        (MARKETER, {}, "2026-12", "Only its sponsors can do that"),
        (CMO, {"item": "RM-9"}, "2026-12", "There is no RM-9"),
        (CMO, {"mood": "great"}, "2026-12", "one of the answers"),
        (CMO, {"words": "x" * 301}, "2026-12", "at most 300 characters"),
        (CMO, {}, "2026-11", "This question is over"),
    ],
)
def test_a_word_that_can_not_be_is_not_kept(
    office: Office, person: str, values: dict[str, str], month: str, told: str
) -> None:
    office.submits(person, "sponsor_word", WORD | values, month=month)
    assert told in office.direct(person)[-1]
    assert office.store.state.sponsor_words == {}


def test_what_lacks_in_a_form_is_said_at_its_field(office: Office) -> None:
    word = office.submits(CMO, "sponsor_word", {"item": "", "mood": "", "words": "x" * 301})
    assert list(check_form(word)) == ["item", "mood", "words"]
    assert list(check_form(office.submits(CMO, "sponsor_hand_over", {"item": "", "to": "-"}))) == ["item", "to"]


def sponsors(office: Office) -> dict[Side, str]:
    return dict(draft(office).road_map.by_key["RM-1"].sponsors)


def test_an_item_changes_hands_when_the_other_accepts(office: Office) -> None:
    form = office.form(office.presses(CMO, "sponsor_hand_over", "2026-12"))
    assert CMO not in {choice.value for choice in form.fields[1].choices}
    office.submits(CMO, "sponsor_hand_over", NAMED, **form.context)
    assert "@cmo hands RM-1 Need 1 over to you: More orders" in office.direct(COLLEAGUE)[-1]
    assert sponsors(office) == SPONSORS
    office.presses(COLLEAGUE, "sponsor_accept", "RM-1 marketing cmo colleague")
    assert sponsors(office) == {Side.MARKETING: "@colleague", Side.IT: "@cio"}
    assert draft(office).reasons["RM-1"] == "its sponsor handed it over"
    assert "@colleague is the sponsor of RM-1 Need 1 now" in office.direct(CMO)[-1]
    office.presses(COLLEAGUE, "sponsor_accept", "RM-1 marketing cmo colleague")
    assert "This has changed since" in office.whispers(COLLEAGUE)[-1]


def test_who_declines_leaves_it_where_it_is(office: Office) -> None:
    office.submits(CMO, "sponsor_hand_over", NAMED)
    office.presses(COLLEAGUE, "sponsor_decline", "RM-1 marketing cmo colleague")
    assert sponsors(office) == SPONSORS
    assert "@colleague would rather not be the sponsor" in office.direct(CMO)[-1]


@pytest.mark.parametrize(
    ("person", "value", "told"),
    [
        (LIAISON, "RM-1 marketing cmo colleague", "for the person who was asked"),
        (COLLEAGUE, "RM-1 it cmo colleague", "This has changed since"),
        (CIO, "RM-1 marketing cmo cio", "on the other side already"),
        (COLLEAGUE, "RM-1", "can't be answered any more"),
        (COLLEAGUE, "RM-1 boss cmo colleague", "can't be answered any more"),
        (GUEST, "RM-1 marketing cmo guest", "uest"),
    ],
)
def test_nobody_else_takes_it_over(office: Office, person: str, value: str, told: str) -> None:
    office.presses(person, "sponsor_accept", value)
    assert told in office.whispers(person)[-1]
    assert sponsors(office) == SPONSORS


@pytest.mark.parametrize(
    ("person", "to", "told"),
    [(MARKETER, COLLEAGUE, "Only its sponsors"), (CMO, GUEST, "no guest or bot"), (CMO, CMO, "sponsor already")],
)
def test_it_is_handed_over_by_its_sponsor_to_a_colleague(office: Office, person: str, to: str, told: str) -> None:
    office.submits(person, "sponsor_hand_over", NAMED | {"to": to})
    assert told in office.direct(person)[-1]
    assert office.direct(COLLEAGUE) == []
