"""Who is who: roles given by an admin, by form or by mention, never both sides to one person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import Invalid
from bot.domain.people import Role, Side, on_both_sides
from bot.messages import Form
from bot.services.people.roles import ON_FORM, role_in
from bot.services.sla.escalation import climb_escalations
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    CIO,
    CMO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    TEAM,
    Office,
    a_tool,
    an_office,
)

FILLED = {"it_manager": IT_MANAGER, "cio": CIO, "first_h": "4", "second_h": "8"}


@pytest.fixture
def office() -> Office:
    """A workspace with its managers, without CIO and CMO."""
    return an_office()


def test_who_gives_the_admin_role_away_is_told_so(office: Office) -> None:
    office.types(ADMIN, f"people admin @{COLLEAGUE} @{ADMIN}")
    assert "no admin any more" not in office.whispers(ADMIN)[-1]
    office.types(COLLEAGUE, f"people admin @{ADMIN}")
    assert office.whispers(COLLEAGUE)[-1].endswith(f"You are no admin any more; to be one again, ask @{ADMIN}.")


def test_the_form_shows_who_is_who_and_offers_colleagues_only(office: Office) -> None:
    form = office.form(office.types(ADMIN, "people"))
    assert [field.key for field in form.fields] == [*ON_FORM, "first_h", "second_h"]
    by_key = {field.key: field for field in form.fields}
    assert (by_key["it_manager"].value, by_key["cio"].value, by_key["first_h"].value) == (IT_MANAGER, "-", "4")
    assert GUEST not in [choice.value for choice in by_key["cio"].choices]


def test_the_filled_form_gives_roles_and_the_time_to_answer(office: Office) -> None:
    filled = FILLED | {"cmo": CMO, "legal": COLLEAGUE, "marketing_manager": "-", "first_h": "0,5"}
    office.submits(ADMIN, "people", filled, conversation="")
    assert holders(office, Role.CIO) == (CIO,)
    assert holders(office, Role.LEGAL) == (COLLEAGUE,)
    assert holders(office, Role.MARKETING_MANAGER) == ()
    assert holders(office, Role.LIAISON) == (LIAISON,)
    with office.store.unit_of_work() as uow:
        assert uow.escalations.patience(TEAM).seconds(1) == 1800
    assert "IT manager: @it-manager\nmarketing manager: nobody yet\nCIO: @cio\nCMO: @cmo" in office.direct(ADMIN)[0]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"marketing_manager": IT_MANAGER}, "marketing_manager"),
        ({"cmo": CIO}, "cmo"),
        ({"first_h": "0"}, "first_h"),
        ({"second_h": "a week"}, "second_h"),
        ({"first_h": "81"}, "first_h"),
        ({"first_h": "nan"}, "first_h"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(office: Office, values: dict[str, str], field: str) -> None:
    submitted = office.submits(ADMIN, "people", FILLED | values)
    assert list(check_form(submitted)) == [field]
    assert holders(office, Role.CIO) == ()


def test_several_people_hold_a_role_that_is_given_by_mention(office: Office) -> None:
    office.types(ADMIN, f"people liaison @{LIAISON} @{ENGINEER}")
    assert holders(office, Role.LIAISON) == (LIAISON, ENGINEER)
    office.types(ADMIN, "people it manager nobody")
    assert holders(office, Role.IT_MANAGER) == ()


def test_whoever_else_holds_a_role_stays_behind_the_one_the_form_names(office: Office) -> None:
    office.types(ADMIN, f"people legal @{COLLEAGUE} @{MARKETER}")
    office.submits(ADMIN, "people", FILLED | {"legal": ENGINEER})
    assert holders(office, Role.LEGAL) == (ENGINEER, MARKETER)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"cio @{GUEST}", "Guest can't do that"),
        ("cio @nobody-here", "I can't find “nobody-here” here."),
        (f"cmo @{IT_MANAGER}", "One person can't answer for both sides. Nothing was changed"),
        ("cio", "Whom? Type it like this: /itcheck people cio @name"),
        (f"king @{CIO}", "I don't know the role “king”."),
        ("admin nobody", "There has to be an admin."),
    ],
)
def test_a_role_that_cannot_be_given_says_why(office: Office, typed: str, said: str) -> None:
    office.types(ADMIN, f"people {typed}")
    assert office.whispers(ADMIN)[0].startswith(said)
    assert holders(office, Role.CIO) == holders(office, Role.CMO) == ()


def test_somebody_who_left_is_given_no_role(office: Office) -> None:
    office.chat.people[CIO] = replace(office.chat.people[CIO], is_gone=True)
    office.types(ADMIN, f"people cio @{CIO}")
    assert holders(office, Role.CIO) == ()


def test_only_an_admin_says_who_is_who(office: Office) -> None:
    for who in (LIAISON, IT_MANAGER, MARKETING_MANAGER, MARKETER, COLLEAGUE, ENGINEER, GUEST):
        asked = office.types(who, "people")
        assert not isinstance(office.chat.forms[asked.view], Form), who
        office.types(who, f"people cio @{CIO}")
        assert "Please ask Admin." in office.whispers(who)[0], who
        office.submits(who, "people", FILLED)
        assert holders(office, Role.CIO) == (), who


def test_naming_somebody_wakes_what_found_nobody(office: Office) -> None:
    office.types(ADMIN, "people it manager nobody")
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    office.types(MARKETER, "escalate IT-1 it is stuck")
    assert office.ticket().escalated_to == ""
    office.types(ADMIN, f"people it manager @{IT_MANAGER}")
    climb_escalations(office.desk)
    office.run()
    assert office.ticket().escalated_to == IT_MANAGER
    assert office.thread()[-1].startswith("⬆️ @marketer asks @it-manager to step in (communication): it is stuck")


def test_whoever_is_named_for_what_waited_is_asked_at_once_even_at_night(office: Office) -> None:
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    for _ in range(2):
        office.types(MARKETER, "escalate IT-1 it is stuck")
    office.wait(hours=12)
    office.types(ADMIN, f"people cio @{CIO}")
    climb_escalations(office.desk)
    office.run()
    assert "⬆️ @marketer asks @cio to step in (communication): it is stuck" in office.direct(CIO)[0]


def test_nobody_signs_for_both_sides() -> None:
    assert on_both_sides({Side.IT: ["a", "b"], Side.MARKETING: ["b", "c"]}) == {"b"}
    assert on_both_sides({Side.IT: ["a", ""], Side.MARKETING: ["", "c"]}) == frozenset()


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("IT manager @x", Role.IT_MANAGER),
        ("it-manager @x", Role.IT_MANAGER),
        ("CIO @x", Role.CIO),
        ("liaisons @x @y", Role.LIAISON),
        ("project_manager nobody", Role.PROJECT_MANAGER),
    ],
)
def test_a_role_is_known_by_its_words(words: str, role: Role) -> None:
    assert role_in(words) is role


def test_an_unknown_role_lists_the_known_ones() -> None:
    with pytest.raises(Invalid, match="admin, liaison, IT manager"):
        role_in("emperor @x")


def holders(office: Office, role: Role) -> tuple[str, ...]:
    with office.store.unit_of_work() as uow:
        return uow.workspaces.roles(TEAM).holders.get(role, ())
