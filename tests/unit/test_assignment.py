"""Who gets a new ticket."""

from __future__ import annotations

import pytest

from bot.domain.assignment import Candidate, Need, Pick, Rule, pick, tidy_skills, words_of
from bot.domain.people import Role
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    TEAM,
    Office,
    a_channel,
    a_tool,
    an_office,
)

EMAIL = Need("New tool", words_of("Email & SMS", "Klaviyo", "a newsletter for our customers"))
PRIYA, SAM, KIM = Candidate("priya", ("e-mail",), 5), Candidate("sam", ("new tools",), 0), Candidate("kim", (), 1)
ZOE, YAN = Candidate("zoe", ("email",), 2), Candidate("yan", ("sms",), 2)


@pytest.mark.parametrize(
    ("people", "own", "away", "expected"),
    [
        ((PRIYA, SAM, KIM), "kim", {}, Pick("priya", Rule.CATEGORY, "e-mail")),
        ((SAM, KIM), "kim", {}, Pick("sam", Rule.KIND, "new tools")),
        ((KIM, Candidate("ann")), "kim", {}, Pick("kim", Rule.CHANNEL)),
        ((KIM, Candidate("ann"), Candidate("bob")), "", {}, Pick("ann", Rule.LOAD)),
        (
            (ZOE, YAN),
            "zoe",
            {},
            Pick("zoe", Rule.CATEGORY, "email"),
        ),
        ((ZOE, YAN), "", {}, Pick("yan", Rule.CATEGORY, "sms")),
        (
            (ZOE, Candidate("yan", ("sms",), 1)),
            "zoe",
            {},
            Pick("yan", Rule.CATEGORY, "sms"),
        ),
        ((PRIYA, SAM), "", {"priya": "kim"}, Pick("kim", Rule.CATEGORY, "e-mail", "priya", is_delegate=True)),
        ((PRIYA, SAM), "", {"priya": ""}, Pick("sam", Rule.KIND, "new tools", "priya")),
        ((PRIYA, SAM), "", {"priya": "kim", "kim": ""}, Pick("sam", Rule.KIND, "new tools", "priya")),
        ((PRIYA, SAM), "", {"priya": "", "sam": ""}, Pick("priya", Rule.CATEGORY, "e-mail")),
        ((), "kim", {}, None),
    ],
)
def test_the_rules_in_their_order(
    people: tuple[Candidate, ...], own: str, away: dict[str, str], expected: Pick | None
) -> None:
    assert pick(EMAIL, people, own, away) == expected
    assert pick(EMAIL, people[::-1], own, away) == expected


@pytest.mark.parametrize("skill", ["E-mail", "emails", "SMS", "newsletters", "Email & SMS", "klaviyo"])
def test_a_skill_is_met_by_the_words_of_a_ticket(skill: str) -> None:
    found = pick(EMAIL, [Candidate("a", (skill,)), KIM], "kim", {})
    assert found == Pick("a", Rule.CATEGORY, skill)


@pytest.mark.parametrize("skill", ["mail", "email analytics", "cm", "&"])
def test_other_words_are_not_met(skill: str) -> None:
    found = pick(EMAIL, [Candidate("a", (skill,)), KIM], "kim", {})
    assert found == Pick("kim", Rule.CHANNEL)


@pytest.mark.parametrize("skill", ["new tool", "New-Tools", "new_tool"])
def test_a_kind_is_known_however_it_is_written(skill: str) -> None:
    assert pick(EMAIL, [Candidate("a", (skill,)), KIM], "kim", {}) == Pick("a", Rule.KIND, skill)


def test_skills_are_split_at_commas_and_tidied() -> None:
    assert tidy_skills(" email ,  new   tools,email,, & ") == ("email", "new tools")


def test_whoever_looks_after_a_category_gets_its_tools_and_is_told_why() -> None:
    office = with_two_liaisons()
    office.types(ENGINEER, "skills email, analytics")
    assert office.whispers(ENGINEER)[-1].startswith("Noted: @engineer looks after email, analytics.")
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    assert office.ticket().liaison == ENGINEER
    assert office.thread()[-1] == "@engineer, this one is for you: you look after email."
    with office.store.unit_of_work() as uow:
        assert "looks after email" in [event.why for event in uow.log.events(TEAM, 1)]


def test_without_a_skill_that_fits_the_channels_own_liaison_gets_it() -> None:
    office = with_two_liaisons()
    office.types(ENGINEER, "skills payments")
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    assert office.ticket().liaison == LIAISON


def test_in_a_channel_without_a_liaison_the_least_busy_gets_it() -> None:
    office = an_office(a_channel(liaison=""), HOLDERS | {Role.LIAISON: (LIAISON, ENGINEER)})
    for number in range(4):
        office.types(MARKETER, f"ask what is {number}?")
    assert [office.ticket(number).liaison for number in range(1, 5)] == [ENGINEER, LIAISON, ENGINEER, LIAISON]
    assert "you have the fewest open tickets" in office.thread()[-1]


@pytest.mark.parametrize(
    ("who", "typed", "said"),
    [
        (MARKETER, "skills email", "Only for liaisons"),
        (COLLEAGUE, f"skills @{ENGINEER} email", "Only an admin can say that"),
        (LIAISON, f"skills @{ENGINEER} email", "Only an admin can say that"),
        (GUEST, "skills email", "Guest can't do that"),
        (ADMIN, f"skills @{COLLEAGUE} email", "Only for liaisons"),
        (ENGINEER, "skills &", "Say what you look after"),
        (ENGINEER, "skills " + ",".join(map(str, range(21))), "Please name at most 20"),
    ],
)
def test_skills_that_cannot_be_said(who: str, typed: str, said: str) -> None:
    office = with_two_liaisons()
    office.types(who, typed)
    assert office.whispers(who)[0].startswith(said)
    with office.store.unit_of_work() as uow:
        assert uow.skills.of(TEAM) == {}


@pytest.mark.parametrize(("who", "typed"), [(ENGINEER, "skills email"), (ADMIN, f"skills @{ENGINEER} email")])
def test_a_liaison_or_an_admin_says_skills_and_takes_them_back(who: str, typed: str) -> None:
    office = with_two_liaisons()
    office.types(who, typed)
    assert "@liaison: whatever comes\n@engineer: email" in office.whispers(who)[0]
    office.types(ENGINEER, "skills nothing")
    assert "@engineer: whatever comes" in office.whispers(ENGINEER)[-1]


def test_the_it_manager_gets_what_has_no_liaison() -> None:
    office = an_office(a_channel(liaison=""), {Role.IT_MANAGER: (IT_MANAGER,)})
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    assert office.ticket().liaison == IT_MANAGER


def with_two_liaisons() -> Office:
    return an_office(holders=HOLDERS | {Role.LIAISON: (LIAISON, ENGINEER)})
