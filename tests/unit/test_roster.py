"""Who can talk to whom about what, and who is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.absence import Absence, Source
from bot.domain.catalogue import Tool
from bot.domain.errors import Invalid
from bot.domain.people import Person, Side
from bot.domain.roadmap_edition import Draft
from bot.domain.roster import Gap, Missing, Profile, Roster, Team, Work, read_languages, read_place
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MONDAY_NINE,
    TEAM,
    TWO_LIAISONS,
    Office,
    a_tool,
    an_office,
)
from tests.support.roadmaps import a_road_map, an_item

WHOLE = Roster(
    teams=(Team("C1", "marketing", "liz", "mia", ("French",)),),
    work=(Work("RM-1", "Search", "mia"),),
    it=("liz", "sam"),
    skills={"liz": ("email",), "sam": ("analytics",)},
    profiles={"sam": Profile("T1", "sam", ("french", "English"))},
    categories=("Email & SMS", "Web analytics"),
)


def test_a_roster_with_everybody_on_it_has_no_gaps() -> None:
    assert WHOLE.gaps() == ()
    assert WHOLE.people == ("liz", "mia", "sam")


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"teams": (Team("C1", "marketing"),)}, Gap(Missing.LIAISON, "C1")),
        ({"work": (Work("RM-1", "Search"),)}, Gap(Missing.DELEGATE, "RM-1")),
        ({"away": {"liz": ""}}, Gap(Missing.STAND_IN, "C1", "liz")),
        ({"profiles": {}}, Gap(Missing.LANGUAGE, "C1 French")),
        ({"categories": ("Video",)}, Gap(Missing.CATEGORY, "Video")),
        ({"gone": frozenset({"liz"}), "categories": ()}, Gap(Missing.LEFT, "C1", "liz")),
        ({"gone": frozenset({"mia"}), "teams": ()}, Gap(Missing.LEFT, "RM-1", "mia")),
    ],
)
def test_each_gap_is_seen(changed: dict[str, Any], gap: Gap) -> None:
    assert replace(WHOLE, **changed).gaps() == (gap,)


def test_who_takes_whatever_comes_covers_every_category_and_a_stand_in_fills_in() -> None:
    assert replace(WHOLE, skills={"sam": ("seo",)}, categories=("Video",)).gaps() == ()
    assert replace(WHOLE, away={"liz": "sam"}).gaps() == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("german,English; german", ("German", "English")), ("", ()), ("schweizer Deutsch", ("Schweizer Deutsch",))],
)
def test_languages_are_kept_once_each_with_a_capital(typed: str, kept: tuple[str, ...]) -> None:
    assert read_languages(typed) == kept


@pytest.mark.parametrize("typed", ["C++", "a" * 31, "a,b,c,d,e,f,g,h,i", "<!channel>"])
def test_what_is_no_language_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_languages(typed)
    assert refused.value.field == "languages"


def test_a_place_is_one_line() -> None:
    assert read_place("  Berlin,\n house 3 ") == "Berlin, house 3"
    with pytest.raises(Invalid):
        read_place("x" * 61)


@pytest.fixture
def office() -> Office:
    """Two liaisons; one item on the road map that nobody of marketing owns, and one with its owner."""
    office = an_office(holders=TWO_LIAISONS)
    first = an_item(1, need="Better search", owners={})
    second = an_item(2, need="Faster shop", owners={Side.MARKETING: f"@{MARKETER}"})
    with office.store.unit_of_work() as uow:
        uow.roadmap_drafts.save(TEAM, Draft(a_road_map(first, second)))
        uow.skills.learn(TEAM, LIAISON, ["email"])
        uow.skills.learn(TEAM, ENGINEER, ["analytics"])
        uow.catalogue.save(TEAM, Tool("Vimeo", "Video"), Tool("Klaviyo", "Email"))
        uow.roster.save_profile(Profile(TEAM, LIAISON, ("English",), "Berlin"))
    return office


def the_roster(office: Office, who: str = MARKETER) -> str:
    office.types(who, "roster")
    return office.whispers(who)[-1]


def test_everybody_sees_who_can_be_asked_what_and_what_is_missing(office: Office) -> None:
    shown = the_roster(office)
    assert "#C-marketing: @liaison · email · English · Berlin · Mon-Fri 09:00-17:00 (UTC)" in shown
    assert "RM-2 Faster shop: @marketer · Mon-Fri 09:00-17:00 (UTC) (its owner)" in shown
    assert "RM-1: nobody speaks for marketing" in shown
    assert "Video: nobody in IT looks after such tools" in shown
    assert "@engineer · analytics" in shown
    assert "Email: nobody" not in shown


def test_who_left_and_who_is_away_without_anybody_to_stand_in_is_said(office: Office) -> None:
    office.chat.people[MARKETER] = Person(MARKETER, "Marketer", is_gone=True)
    away = Absence(TEAM, LIAISON, Source.SAID, MONDAY_NINE + timedelta(days=3), MONDAY_NINE + timedelta(days=9))
    with office.store.unit_of_work() as uow:
        uow.absences.save(away)
    shown = the_roster(office, COLLEAGUE)
    assert "RM-2: @marketer has left. Somebody else is needed" in shown
    assert "#C-marketing: @liaison is or will be away, and nobody stands in" in shown
    with office.store.unit_of_work() as uow:
        uow.absences.save(replace(away, delegate=ENGINEER))
    assert "Berlin · Mon-Fri 09:00-17:00 (UTC) · away, @engineer stands in" in the_roster(office, COLLEAGUE)


def test_only_admins_and_managers_get_the_buttons_that_change_it(office: Office) -> None:
    def buttons(who: str) -> set[str]:
        the_roster(office, who)
        sections = office.chat.said[-1].card.sections
        return {line.button.action for section in sections for line in section.lines if line.button}

    assert buttons(MARKETER) == set()
    assert buttons(IT_MANAGER) == {"roster_team", "roster_delegate"}


def test_a_manager_names_a_delegate_who_is_told(office: Office) -> None:
    form = office.form(office.presses(IT_MANAGER, "roster_delegate", "RM-1"))
    office.submits(IT_MANAGER, form.name, {"delegate": COLLEAGUE}, **form.context)
    assert "@it-manager named you to speak for marketing about RM-1 Better search" in office.direct(COLLEAGUE)[-1]
    assert "RM-1 Better search: @colleague" in the_roster(office)
    office.says(MARKETER, "try Klaviyo", a_tool("Klaviyo"))
    form = office.form(office.types(ADMIN, "roster it-1"))
    office.submits(ADMIN, form.name, {"delegate": COLLEAGUE}, **form.context)
    assert "IT-1 Klaviyo: @colleague" in the_roster(office)


def test_everybody_says_for_themselves_and_a_manager_for_others(office: Office) -> None:
    values = {"skills": "brand, events", "languages": "french", "place": "Lyon"}
    form = office.form(office.types(COLLEAGUE, "roster me"))
    office.submits(COLLEAGUE, form.name, values, **form.context)
    form = office.form(office.types(IT_MANAGER, f"roster @{ENGINEER}"))
    office.submits(IT_MANAGER, form.name, {"skills": "seo"}, **form.context)
    with office.store.unit_of_work() as uow:
        assert uow.roster.profiles(TEAM)[COLLEAGUE] == Profile(TEAM, COLLEAGUE, ("French",), "Lyon")
        assert uow.skills.of(TEAM)[ENGINEER] == ("seo",)
    office.types(MARKETER, "skills")
    assert "@colleague" not in office.whispers(MARKETER)[-1]


@pytest.mark.parametrize(
    ("person", "form", "values", "told"),
    [
        (MARKETER, "roster_team", {"liaison": ENGINEER}, "Only an admin or a manager"),
        (MARKETER, "roster_delegate", {"delegate": COLLEAGUE}, "Only an admin or a manager"),
        (ADMIN, "roster_team", {"liaison": GUEST}, "no guest or bot"),
        (ADMIN, "roster_team", {"liaison": ENGINEER, "delegate": ENGINEER}, "can't speak for both sides"),
        (ADMIN, "roster_delegate", {"delegate": ENGINEER}, "is on the IT side"),
        (GUEST, "roster_person", {}, "uest"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, person: str, form: str, values: dict[str, str], told: str) -> None:
    office.submits(person, form, values, conversation=MARKETING, about="RM-1")
    assert told in office.direct(person)[-1]
    with office.store.unit_of_work() as uow:
        assert uow.roster.delegates(TEAM) == {}


@pytest.mark.parametrize(
    ("typed", "told"), [("roster RM-9", "There is no RM-9"), ("roster cake", "Type /itcheck roster")]
)
def test_what_is_no_entry_is_answered_with_how(office: Office, typed: str, told: str) -> None:
    closed = office.chat.forms[office.types(ADMIN, typed).view]
    assert told in str(closed)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who is our liaison?",
            "@liaison is your IT liaison. Write to them here, or ask me. email · English · Berlin.",
        ),
        ("Who can I ask about analytics?", "About analytics you can ask:\n@engineer · analytics"),
        ("who speaks english", "About english you can ask:\n@liaison · email · English · Berlin"),
        ("Wer kümmert sich um e-mail?", "@liaison · email"),
        ("Who is the marketing delegate for RM-2?", "@marketer"),
    ],
)
def test_whom_to_ask_is_looked_up(office: Office, question: str, told: str) -> None:
    office.types(MARKETER, f"ask {question}")
    assert told in office.whispers(MARKETER)[-1]
    assert office.tickets() == 0


def test_what_nobody_knows_is_asked_of_it(office: Office) -> None:
    assert Roster().who_knows("payments") == ()
    office.types(MARKETER, "ask Who can I ask about payments?")
    assert office.tickets() == 1
