"""The pulse: asked once a month, counted once each, shown by side only where five or more answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.errors import Conflict, Invalid
from bot.domain.people import Role, Side
from bot.domain.pulse import MOST_LINE, Pulse
from bot.domain.roadmap_edition import Draft
from bot.messages import Came, Request
from bot.secrets import Sealing, SecretKey
from bot.services.pulse.pulse import ask_pulse
from bot.services.sealing import sealing
from tests.builders import (
    ADMIN,
    CIO,
    CMO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    TEAM,
    Office,
    an_office,
)
from tests.support.roadmaps import FULL_MAP
from tests.support.roadmaps_in_chat import draft, said

ASKED = datetime(2026, 12, 15, 9, tzinfo=UTC)
MARKETING = (MARKETER, COLLEAGUE, MARKETING_MANAGER, CMO, ADMIN)
EMPTY = Pulse(TEAM, "2026-12", Side.MARKETING)


@pytest.fixture
def office() -> Office:
    """A workspace with a road map, in which the pulse of December has just been asked."""
    office = an_office(holders={**HOLDERS, Role.LIAISON: (LIAISON, ENGINEER), Role.CIO: (CIO,)})
    draft(office, Draft(FULL_MAP))
    office.wait(seconds=(ASKED - office.clock.at).total_seconds())
    ask_pulse(office.desk)
    office.run()
    return office


def pulse(office: Office, side: Side) -> Pulse:
    with office.store.unit_of_work() as uow:
        return uow.pulses.get(TEAM, "2026-12", side)


def in_review(office: Office) -> str:
    """What January's review tells of it."""
    office.wait(seconds=(datetime(2027, 1, 4, 9, tzinfo=UTC) - office.clock.at).total_seconds())
    return said(office, MARKETER, "roadmap review")


def test_everybody_but_guests_is_asked_once(office: Office) -> None:
    for _ in range(3):
        ask_pulse(office.desk)
        office.run()
    for person in (*MARKETING, LIAISON, IT_MANAGER):
        assert len([one for one in office.direct(person) if "Is everybody on board?" in one]) == 1
    assert office.direct(GUEST) == []


def test_without_a_road_map_nobody_is_asked() -> None:
    office = an_office()
    office.wait(seconds=(ASKED - office.clock.at).total_seconds())
    ask_pulse(office.desk)
    assert office.store.state.pulses == {}


def test_five_answers_are_shown_by_side_with_the_gap_and_lines_after_the_month(office: Office) -> None:
    for score, person in enumerate(MARKETING, 1):
        office.presses(person, "pulse", f"2026-12:{score}")
    for person in (LIAISON, ENGINEER, IT_MANAGER, CIO):
        office.presses(person, "pulse", "2026-12:5")
    office.submits(MARKETER, "pulse_line", {"line": "Answer sooner <!channel>"}, month="2026-12")
    assert "Thank you! Your line is kept without your name." in office.direct(MARKETER)[-1]
    assert "on board" not in said(office, MARKETER, "roadmap review")
    told = in_review(office)
    assert "Marketing: 3.0 of 5 from 5 answers\nIT: fewer than 5 answers, so nothing is shown\n“Answer sooner" in told
    assert "Gap" not in told


def test_the_gap_is_told_where_both_sides_are_shown(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        for side, score in ((Side.MARKETING, 2), (Side.IT, 3)):
            for month, count in (("2026-12", 6), ("2026-11", 5)):
                kept = Pulse(TEAM, month, side)
                for number in range(count):
                    kept = kept.vote(score if month == "2026-12" else 3, str(number))
                uow.pulses.save(kept)
    told = in_review(office)
    assert "Marketing: 2.0 of 5 from 6 answers, -1.0 since the month before" in told
    assert "IT: 3.0 of 5 from 6 answers, as in the month before" in told
    assert "Gap between the sides: 1.0" in told


def test_each_counts_once_whatever_they_press_and_whichever_side_they_are_on_by_then(office: Office) -> None:
    office.presses(MARKETER, "pulse", "2026-12:5")
    assert "Thank you! It is counted" in office.whispers(MARKETER)[-1]
    office.presses(MARKETER, "pulse", "2026-12:1")
    assert "You have answered this month already" in office.whispers(MARKETER)[-1]
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.LIAISON, (MARKETER,))
    office.presses(MARKETER, "pulse", "2026-12:1")
    assert pulse(office, Side.MARKETING).counts == (0, 0, 0, 0, 1)
    assert pulse(office, Side.IT).answers == 0


@pytest.mark.parametrize("value", ["2026-12:9", "2026-12:", "2026-12:0", "2026-12:²", "2026-11:3", "", "x"])
def test_what_was_not_asked_is_not_counted(office: Office, value: str) -> None:
    office.presses(MARKETER, "pulse", value)
    assert pulse(office, Side.MARKETING) == EMPTY


def test_it_is_over_with_the_month(office: Office) -> None:
    office.wait(days=20)
    office.presses(MARKETER, "pulse", "2026-12:3")
    assert "This question is over" in office.whispers(MARKETER)[-1]
    assert pulse(office, Side.MARKETING) == EMPTY


def test_a_guest_and_a_request_that_was_not_sealed_count_for_nothing(office: Office) -> None:
    office.presses(GUEST, "pulse", "2026-12:3")
    clear = Request(TEAM, "slack", "k-clear", Came.ACTION, MARKETER, office.clock.at, "pulse", value="2026-12:3")
    office.store.inbox.put([clear], office.clock.at)
    office.run()
    assert pulse(office, Side.MARKETING) == EMPTY


def test_a_record_has_no_order() -> None:
    one = EMPTY.vote(1, "a").vote(5, "b").say("up", "c").say("down", "d")
    other = EMPTY.say("down", "d").vote(5, "b").say("up", "c").vote(1, "a")
    assert one == other
    with pytest.raises(Conflict):
        one.vote(3, "a")
    with pytest.raises(Invalid):
        one.vote(6, "x")
    for line in (" ", "x" * (MOST_LINE + 1)):
        with pytest.raises(Invalid):
            one.say(line, "x")


def test_only_answers_are_sealed_all_alike_long_and_only_for_who_has_the_key() -> None:
    seals = Sealing(SecretKey(b"k" * 32), "pulse")
    plain = Request("T1", "slack", "k1", Came.ACTION, "U1", ASKED, "claim", value="IT-1")
    assert sealing(seals, plain) is plain
    short, long = (
        sealing(seals, Request("T1", "slack", "k1", Came.FORM, "U1", ASKED, "pulse_line", values={"line": line}))
        for line in ("x", "ü" * MOST_LINE)
    )
    assert len(short.values["sealed"]) == len(long.values["sealed"])
    assert "x" not in (short.value, short.text)
    assert seals.unseal(seals.seal("4")) == "4"
    assert seals.seal("4") != seals.seal("4")
    with pytest.raises(Invalid):
        Sealing(SecretKey(b"j" * 32), "pulse").unseal(seals.seal("4"))
    assert seals.ballot("T1", "U1") != seals.ballot("T1", "U2")
