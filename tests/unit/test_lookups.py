"""Questions that one look-up settles: which they are, and what is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.capacity import Capacity
from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.lookups import About, LookUp, look_up_of, may_use
from bot.domain.planned import Planned, PlannedKind
from bot.domain.sites import KnownSite
from tests.builders import GUEST, LIAISON, MARKETER, TEAM, Office, an_office


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who is our liaison?", LookUp(About.LIAISON)),
        ("Wer ist unser Ansprechpartner in der IT?", LookUp(About.LIAISON)),
        ("When is the next freeze?", LookUp(About.FREEZE)),
        ("Quand est le prochain gel ?", LookUp(About.FREEZE)),
        ("What is the status of Hotjar?", LookUp(About.TOOL, "Hotjar")),
        ("Is the Hotjar approved", LookUp(About.TOOL, "Hotjar")),
        ("May I use ChatGPT with customer data?", LookUp(About.USE, "ChatGPT", with_data=True)),
        ("May we use Canva for posters?", LookUp(About.USE, "Canva")),
        ("Darf ich ChatGPT mit Kundendaten nutzen?", LookUp(About.USE, "ChatGPT", with_data=True)),
        ("What can the shop take?", LookUp(About.SITE)),
        ("What can shop.example.com take?", LookUp(About.SITE, "shop.example.com")),
        ("Who approves an exception during the freeze?", None),
        ("Who is our liaison and when is she in?", None),
        ("What is the status of our plan to move every page of the shop to another system in May?", None),
        ("How often are passwords changed?", None),
    ],
)
def test_only_whole_questions_are_looked_up(question: str, asked: LookUp | None) -> None:
    assert look_up_of(question) == asked


@pytest.mark.parametrize(
    ("status", "with_data", "may"),
    [
        (ToolStatus.APPROVED, False, True),
        (ToolStatus.APPROVED, True, None),
        (ToolStatus.REJECTED, False, False),
        (ToolStatus.RETIRED, True, False),
        (ToolStatus.TRIAL, False, None),
        (ToolStatus.IN_REVIEW, True, None),
    ],
)
def test_a_yes_is_never_given_for_data_about_people(status: ToolStatus, with_data: bool, may: bool | None) -> None:
    assert may_use(status, with_data=with_data) is may


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who is our liaison?", f"@{LIAISON} is your IT liaison"),
        ("What is the status of hotjar?", "Hotjar is rejected."),
        ("May we use Hotjar?", "No: Hotjar is rejected."),
        ("May I use Canva for posters?", "Yes: Canva is approved."),
        ("May I use Canva with customer data?", "Canva is approved. Whether data about people may go into it"),
        ("When is the next freeze?", "The next freeze is Peak season, Thu 26 Nov – Sun 6 Dec"),
        ("What can the shop take?", "shop.example.com was measured to take 90 requests a second"),
    ],
)
def test_what_is_known_is_answered_at_once_to_the_asker_alone(office: Office, question: str, answer: str) -> None:
    office.types(MARKETER, f"ask {question}")
    assert office.whispers(MARKETER)[-1].startswith(answer)
    assert (office.tickets(), office.channel()) == (0, [])


def test_what_is_not_known_goes_to_a_person(office: Office) -> None:
    office.types(MARKETER, "ask What is the status of Unheard?")
    assert office.ticket().title == "What is the status of Unheard?"


def test_a_guest_learns_who_the_liaison_is_and_no_more(office: Office) -> None:
    office.types(GUEST, "ask Who is our liaison?")
    office.types(GUEST, "ask What is the status of Hotjar?")
    assert "is your IT liaison" in office.whispers(GUEST)[0]
    assert "rejected" not in "".join(office.whispers(GUEST))


@pytest.fixture
def office() -> Office:
    """An office with two tools, a freeze and a site that was measured."""
    made = an_office()
    start = made.clock.at + timedelta(days=3)
    day = made.clock.at.date()
    freeze = Planned(PlannedKind.FREEZE, "Peak season", start, start + timedelta(days=10), is_day=True, key="peak")
    with made.store.unit_of_work() as uow:
        for name, status in (("Hotjar", ToolStatus.REJECTED), ("Canva", ToolStatus.APPROVED)):
            uow.catalogue.save(TEAM, Tool(name, status=status))
        uow.plans.save(TEAM, freeze)
        uow.sites.save(TEAM, KnownSite("shop.example.com"))
        uow.sites.measure(TEAM, Capacity("shop.example.com", 90, day, LIAISON, "k6", date(2027, 12, 1)))
    return made
