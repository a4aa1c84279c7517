"""A revision of the road map is put before both sides, signed by both managers, and holds from then on."""

from __future__ import annotations

import pytest

from bot.domain.people import Role
from bot.domain.roadmap_edition import Draft
from tests.builders import (
    ADMIN,
    CIO,
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
from tests.support.roadmaps import FULL, FULL_MAP
from tests.support.roadmaps_in_chat import changed, draft, said, signed


@pytest.fixture
def office() -> Office:
    return an_office()


def test_both_managers_sign_and_then_it_holds(office: Office) -> None:
    draft(office, Draft(FULL_MAP, {"RM-7": "customers asked"}))
    assert "Revision 1 is before both sides." in said(office, LIAISON, "roadmap sign")
    asked = office.direct(IT_MANAGER)[-1]
    assert "@liaison puts it before both sides. As IT manager: shall it hold?" in asked
    assert "RM-7 Customers find what they look for <!here>: is new; in Q1 2027, because customers asked" in asked
    assert "Over the limit\nQ1 2027: 10,500.50 EUR" in asked
    office.presses(IT_MANAGER, "roadmap_yes", "1")
    assert signed(office) == 0
    assert "⏳ marketing manager: @marketing-manager" in said(office, LIAISON, "roadmap draft")
    office.presses(MARKETING_MANAGER, "roadmap_yes", "1")
    assert signed(office) == 1
    for person in (IT_MANAGER, MARKETING_MANAGER, LIAISON):
        assert "Road map, revision 1. It is in force now." in office.direct(person)[-1]
    assert draft(office).reasons == {}
    assert "The draft says what revision 1 says." in said(office, LIAISON, "roadmap draft")
    assert "so there is nothing to sign" in said(office, LIAISON, "roadmap sign")
    assert "IT manager: @it-manager said yes" in said(office, LIAISON, "roadmap history")
    assert "Signed by both sides." in said(office, LIAISON, "roadmap diff 1")


def test_a_no_needs_a_reason_and_the_one_before_stays(office: Office) -> None:
    both_sign(office, Draft(FULL_MAP))
    changed(office, LIAISON, FULL, start="2027-Q2", end="2027-Q2", why="the vendor is late")
    office.types(LIAISON, "roadmap sign")
    office.form(office.presses(IT_MANAGER, "roadmap_no", "2"))
    office.submits(IT_MANAGER, "roadmap_no", {"text": "No time in spring"}, revision="2")
    assert "said no: No time in spring" in office.direct(MARKETING_MANAGER)[-1]
    assert "moved from Q1 2027 to Q2 2027, because the vendor is late" in said(office, LIAISON, "roadmap diff 2")
    assert signed(office) == 1
    assert len(draft(office).reasons) == 1


def test_an_outdated_revision_is_not_signed_any_more(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    office.types(LIAISON, "roadmap sign")
    changed(office, LIAISON, FULL, technology="Findly")
    office.types(LIAISON, "roadmap sign")
    assert "revision 1 is out of date: 2 is before you now." in "".join(office.direct(IT_MANAGER))
    for value in ("1", "", "x", "9", "-1"):
        for person in (IT_MANAGER, MARKETING_MANAGER):
            office.presses(person, "roadmap_yes", value)
            assert "There is a newer revision" in office.whispers(person)[-1]
    assert signed(office) == 0


@pytest.mark.parametrize("person", [LIAISON, MARKETER, ADMIN, CIO, GUEST])
def test_nobody_else_signs_the_road_map(office: Office, person: str) -> None:
    draft(office, Draft(FULL_MAP))
    office.types(LIAISON, "roadmap sign")
    office.presses(person, "roadmap_yes", "1")
    office.submits(person, "roadmap_no", {"text": "no"}, revision="1")
    with office.store.unit_of_work() as uow:
        assert [one.said for one in uow.signoffs.of(TEAM, "roadmap")] == [None, None]


def test_nobody_signs_for_both_sides() -> None:
    both = {**HOLDERS, Role.IT_MANAGER: (IT_MANAGER,), Role.MARKETING_MANAGER: (IT_MANAGER,)}
    office = an_office(holders=both)
    draft(office, Draft(FULL_MAP))
    assert "signs for the other side already" in said(office, LIAISON, "roadmap sign")
    office = an_office()
    draft(office, Draft(FULL_MAP))
    office.types(LIAISON, "roadmap sign")
    for person in (IT_MANAGER, MARKETING_MANAGER):
        office.types(person, f"away 2026-11-23 2026-12-24 @{CIO}")
    office.presses(CIO, "roadmap_yes", "1")
    office.presses(CIO, "roadmap_yes", "1")
    assert signed(office) == 0
    office.types(MARKETING_MANAGER, "back")
    office.types(IT_MANAGER, "back")
    office.presses(CIO, "roadmap_yes", "1")
    assert signed(office) == 0


def test_a_role_lost_before_the_click_signs_nothing(office: Office) -> None:
    draft(office, Draft(FULL_MAP))
    office.types(LIAISON, "roadmap sign")
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.IT_MANAGER, (ADMIN,))
    office.presses(IT_MANAGER, "roadmap_yes", "1")
    assert "This is for others to sign" in office.whispers(IT_MANAGER)[-1]


def both_sign(office: Office, new: Draft) -> None:
    draft(office, new)
    office.types(LIAISON, "roadmap sign")
    for person in (IT_MANAGER, MARKETING_MANAGER):
        office.presses(person, "roadmap_yes", "1")
    assert signed(office) == 1
