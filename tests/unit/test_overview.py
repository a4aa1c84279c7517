"""What people look up: one ticket, lists, their Home. Each sees what is theirs to see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.people import Side
from bot.messages import Came, Card
from bot.services.sla.sweep import look_at_clocks
from bot.services.tickets.home import HOME_PAGE
from bot.services.tickets.overview import PAGE
from bot.services.tickets.tickets import settle
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    GENERAL,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    TEAM,
    Office,
    a_campaign,
    a_channel,
    a_tool,
    an_office,
    words,
)

SECRET = "they never read the policy"


@pytest.fixture
def office() -> Office:
    """A workspace in which the marketer has just mentioned Klaviyo, and IT noted something about it."""
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    office.submits(LIAISON, "note", {"text": SECRET}, ticket="IT-1")
    return office


@pytest.mark.parametrize("typed", ["IT-1", "it-1", "1", "it1"])
def test_a_ticket_is_shown_with_what_happened_to_it(office: Office, typed: str) -> None:
    office.types(MARKETER, f"status {typed}")
    (shown,) = office.whispers(MARKETER)
    assert shown.startswith("🧰 IT-1 · New tool: Klaviyo")
    assert "What happened\n2026-11-23 09:00 opened by @marketer" in shown
    assert "assigned by IT Liaison: liaison of the channel" in shown


def test_a_looked_up_ticket_has_no_buttons_to_press_by_mistake(office: Office) -> None:
    office.types(LIAISON, "status IT-1")
    assert office.chat.said[-1].card.buttons == ()


@pytest.mark.parametrize(("who", "sees"), [(LIAISON, True), (IT_MANAGER, True), (MARKETER, False), (COLLEAGUE, False)])
def test_the_notes_of_it_are_shown_to_it_alone(office: Office, who: str, sees: bool) -> None:
    office.types(who, "status IT-1")
    assert (SECRET in office.whispers(who)[0]) == sees


def test_marketing_never_sees_a_note_wherever_it_looks(office: Office) -> None:
    for command in ("status", "status IT-1", "list", "list mine"):
        office.types(MARKETER, command)
    home(office, MARKETER)
    seen = [*office.whispers(MARKETER), *office.channel(), *office.direct(MARKETER), *office.direct(LIAISON)]
    assert SECRET not in "".join([*seen, words(office.chat.homes[MARKETER])])


@pytest.mark.parametrize(
    ("typed", "said"), [("IT-7", "There is no ticket IT-7 here."), ("klaviyo", "“klaviyo” is not a ticket number.")]
)
def test_a_number_that_is_none_is_answered_kindly(office: Office, typed: str, said: str) -> None:
    office.types(MARKETER, f"status {typed}")
    assert office.whispers(MARKETER)[0].startswith(said)


def test_status_without_a_number_lists_ones_own(office: Office) -> None:
    office.types(MARKETER, "status")
    office.types(COLLEAGUE, "status")
    assert office.whispers(MARKETER) == ["Your tickets\n🧰 IT-1 Klaviyo — assigned, @liaison"]
    assert office.whispers(COLLEAGUE)[0].startswith("You have no open tickets.")


def test_mine_are_those_one_asked_follows_or_answers(office: Office) -> None:
    office.says(COLLEAGUE, "Klaviyo, me too", a_tool("Klaviyo"))
    for who in (MARKETER, COLLEAGUE, LIAISON):
        office.types(who, "list mine")
        assert "IT-1 Klaviyo" in office.whispers(who)[-1]


def test_late_are_those_whose_time_has_passed(office: Office) -> None:
    office.types(MARKETER, "list late")
    office.wait(hours=5)
    look_at_clocks(office.desk)
    office.types(MARKETER, "list late")
    assert office.whispers(MARKETER)[0] == "Nothing is late."
    assert "IT-1 Klaviyo" in office.whispers(MARKETER)[1]


def test_closed_tickets_are_in_no_list(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "no"}, ticket="IT-1")
    for which in ("open", "mine"):
        office.types(MARKETER, f"list {which}")
    assert all("IT-1" not in line for line in office.whispers(MARKETER))


def test_a_list_nobody_knows_is_refused_with_those_there_are(office: Office) -> None:
    office.types(MARKETER, "list everything")
    assert office.whispers(MARKETER) == [
        "I can list open, mine or late tickets, not “everything”. Try /itcheck list mine."
    ]


def test_a_list_is_leafed_through_page_by_page() -> None:
    office = an_office()
    ask(office, 2 * PAGE + 1)
    office.types(MARKETER, "list")
    seen, labels = [numbers(office.chat.said[-1].card)], [labels_of(office.chat.said[-1].card)]
    for _ in range(2):
        shown = office.chat.said[-1]
        older = shown.card.buttons[-1]
        office.presses(MARKETER, older.action, older.value, message=shown.ref.message)
        seen.append(numbers(office.chat.said[-1].card))
        labels.append(labels_of(office.chat.said[-1].card))
    assert [len(page) for page in seen] == [PAGE, PAGE, 1]
    assert sum(seen, []) == [f"IT-{number}" for number in range(2 * PAGE + 1, 0, -1)]
    assert labels == [["Older →"], ["← Newer", "Older →"], ["← Newer"]]
    assert len([one for one in office.whispers(MARKETER) if one.startswith("Open tickets")]) == 1


@pytest.mark.parametrize("value", ["open:x", "open:-1", "open:99999999999", "nonsense:0"])
def test_a_page_that_is_none_does_no_harm(office: Office, value: str) -> None:
    office.presses(MARKETER, "list_page", value)
    assert office.whispers(MARKETER)[0].startswith(("Open tickets", "I can list open, mine or late"))


def test_home_of_a_marketer_shows_what_waits_for_them(office: Office) -> None:
    assert "Waiting for you\nNothing. Well done!" in home(office, MARKETER)
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    shown = home(office, MARKETER)
    assert "Waiting for you\n🧰 IT-1 Klaviyo — waiting for the requester, @liaison" in shown
    assert "My tickets\nNo others." in shown
    assert "Set-up" not in shown


def test_home_of_the_liaison_shows_what_they_have_to_answer(office: Office) -> None:
    assert "Waiting for you\n🧰 IT-1 Klaviyo — assigned, @liaison" in home(office, LIAISON)
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    assert "Waiting for you\nNothing. Well done!" in home(office, LIAISON)


def test_home_of_somebody_new_says_how_to_begin() -> None:
    shown = home(an_office(), COLLEAGUE)
    assert "My tickets\nNone yet. Try /itcheck new-tool." in shown
    assert "Campaigns this week\nNone that I know of." in shown
    assert "Next sync\n#C-marketing: 2026-11-30 09:00" in shown


def test_home_of_an_admin_shows_the_set_up_with_a_button_to_change_it(office: Office) -> None:
    shown = home(office, ADMIN)
    assert "Set-up\n#C-marketing: liaison @liaison, UTC\nChange" in shown
    (set_up,) = [section for section in office.chat.homes[ADMIN].sections if section.title == "Set-up"]
    button = set_up.lines[0].button
    assert button is not None
    pressed = office.presses(ADMIN, button.action, button.value, conversation="")
    assert office.form(pressed).name == "setup"


def test_home_shows_the_campaigns_of_this_week_in_the_zone_of_the_channel() -> None:
    office = an_office(a_channel(zone="Pacific/Auckland"))
    office.clock.at += timedelta(days=6, hours=4)
    for name, starts in (("Sunday Sale", date(2026, 11, 29)), ("Cyber Monday", date(2026, 11, 30))):
        office.says(MARKETER, name, a_campaign(name, starts))
    shown = home(office, COLLEAGUE)
    assert "Cyber Monday" in shown
    assert "Sunday Sale" not in shown


def test_home_is_leafed_through_too() -> None:
    office = an_office()
    ask(office, HOME_PAGE + 1)
    home(office, MARKETER)
    (older,) = office.chat.homes[MARKETER].buttons
    office.presses(MARKETER, older.action, older.value, conversation="")
    shown = words(office.chat.homes[MARKETER])
    assert "IT-1 " in shown
    assert labels_of(office.chat.homes[MARKETER]) == ["← Sooner"]


def test_home_shows_first_what_is_due_first_with_its_time(office: Office) -> None:
    office.wait(hours=1)
    office.says(MARKETER, "we buy Hotjar", a_tool("Hotjar"))
    mine = home(office, MARKETER).partition("My tickets\n")[2].splitlines()[:2]
    assert mine == [
        "🧰 IT-1 Klaviyo — assigned, @liaison · first answer by 2026-11-23 13:00",
        "🧰 IT-2 Hotjar — assigned, @liaison · first answer by 2026-11-23 14:00",
    ]


def test_home_is_not_empty_while_somebody_owes_something() -> None:
    office = an_office()
    office.says(MARKETER, "Spring Sale", a_campaign("Spring Sale", date(2027, 3, 1)))
    with office.store.unit_of_work() as uow:
        ticket = uow.tickets.get(TEAM, 1)
        ticket.ask_sign_off(MARKETING_MANAGER, Side.MARKETING, LIAISON, office.clock.at, "marketing manager")
        settle(uow, ticket)
    assert "Waiting for you\n📣 IT-1 Spring Sale — assigned, @liaison · lead time by" in home(office, MARKETER)
    assert "Waiting for you\n📣 IT-1 Spring Sale — assigned, @liaison · sign-off by" in home(office, MARKETING_MANAGER)


def test_what_is_looked_up_elsewhere_is_the_same(office: Office) -> None:
    office.types(COLLEAGUE, "list", conversation=GENERAL)
    assert "IT-1 Klaviyo" in office.whispers(COLLEAGUE)[0]


def home(office: Office, who: str) -> str:
    office.does(Came.HOME, who)
    return words(office.chat.homes[who])


def ask(office: Office, count: int) -> None:
    for number in range(count):
        office.types(MARKETER, f"ask what is {number}?")


def numbers(card: Card) -> list[str]:
    return [words(line.text).split()[1] for line in card.sections[0].lines]


def labels_of(card: Card) -> list[str]:
    return [button.label for button in card.buttons]
