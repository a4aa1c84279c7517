"""The check: what is known of a tool at once, and one obvious next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.catalogue import Decided, Tool, ToolStatus
from bot.domain.money import Money
from bot.files import policy_text
from tests.builders import (
    COLLEAGUE,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MONDAY_NINE,
    TEAM,
    Office,
    an_office,
)

MAIL = "email_automation"
POLICY = policy_text.read(policy_text.template())
KLAVIYO = Tool("Klaviyo", MAIL, "klaviyo.com", use="Email & SMS")
MAILCHIMP = Tool(
    "Mailchimp",
    MAIL,
    "https://mailchimp.com",
    ("MC",),
    ToolStatus.APPROVED,
    IT_MANAGER,
    yearly=Money(Decimal(6000), "EUR"),
    renews_on=date(2027, 3, 1),
    notice_days=60,
)


@pytest.fixture
def office() -> Office:
    """A workspace in which Mailchimp is approved and Klaviyo is only known to the market."""
    office = an_office()
    office.policy = POLICY
    office.market = lambda name: {"klaviyo": KLAVIYO, "klavio": KLAVIYO}.get(name.lower())
    keep(office, MAILCHIMP)
    return office


def keep(office: Office, *tools: Tool) -> None:
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, *tools)


def check(office: Office, name: str, person: str = MARKETER) -> str:
    office.types(person, f"new-tool {name}")
    return office.whispers(person)[-1]


def buttons(office: Office, person: str = MARKETER) -> list[tuple[str, str]]:
    said = [one.card for one in office.chat.said if one.only_for == person][-1]
    return [(button.label, button.value) for button in said.buttons]


def test_a_tool_nobody_asked_about_is_told_with_rule_alternatives_and_the_next_step(office: Office) -> None:
    told = check(office, "Klaviyo")
    assert "has not been asked about before. Have a look at what is approved first." in told
    assert "Category\nE-mail and automation" in told
    assert "Approved already\nMailchimp (email automation, ask @it-manager)" in told
    assert "Rule\nFAST: fast lane, about 2 working days. No customer data" in told
    assert "With customer data\nPERSONAL: standard lane, about 10 working days. Yes from legal too." in told
    assert "Next\nOpen a ticket; @liaison answers in its thread" in told
    assert "As of 2026-11-23 09:00, from your catalogue (not in it), open tickets" in told
    assert buttons(office) == [("Open a ticket", "Klaviyo")]
    assert (office.tickets(), office.channel()) == (0, [])


@pytest.mark.parametrize(
    "written", ["Mailchimp", "mc", "https://www.mailchimp.com/pricing", "Mailchmp", "MC for lists"]
)
def test_an_approved_tool_is_found_by_alias_domain_and_misspelling(office: Office, written: str) -> None:
    told = check(office, written)
    assert "✅ Mailchimp is approved. You can use it: ask @it-manager for access." in told
    assert "Cost\n1,000 to 10,000 EUR a year" in told
    assert "Renewal\nMon 1 Mar 2027, notice 60 days before" in told
    assert "Rule" not in told
    assert ("I took it for Mailchimp" in told) == (written in {"Mailchmp", "MC for lists"})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"status": ToolStatus.IN_REVIEW}, "is in review by @it-manager"),
        ({"status": ToolStatus.TRIAL, "trial_until": date(2026, 12, 24)}, "is on trial until Thu 24 Dec 2026"),
        (
            {"status": ToolStatus.REJECTED, "note": "No contract", "decided": Decided(MONDAY_NINE, LIAISON, "2")},
            "was rejected on Mon 23 Nov 2026. Please don't use it.",
        ),
        ({"status": ToolStatus.RETIRING}, "is being retired. Please start nothing new with it."),
        ({"status": ToolStatus.RETIRED}, "is retired. Please don't use it any more."),
        ({"status": ToolStatus.UNKNOWN}, "is in use somewhere, but nobody has reviewed it."),
    ],
)
def test_every_status_has_its_words_and_a_way_on(office: Office, change: dict[str, object], says: str) -> None:
    keep(office, replace(MAILCHIMP, **change))  # type: ignore[arg-type]
    told = check(office, "Mailchimp")
    assert says in told
    assert ("Why\nNo contract" in told) == ("note" in change)
    assert buttons(office) == [("Open a ticket", "Mailchimp")]


def test_the_button_opens_the_form_with_the_name_in_it(office: Office) -> None:
    check(office, "Klavio")
    ((_, value),) = buttons(office)
    form = office.form(office.presses(MARKETER, "check_open", value))
    assert (form.name, form.fields[0].value) == ("new_tool", "Klaviyo")


def test_an_open_ticket_is_joined_with_one_press_and_only_once(office: Office) -> None:
    office.submits(COLLEAGUE, "new_tool", {"name": "klaviyo.com"}, conversation=MARKETING)
    told = check(office, "Klavio")
    assert "Klaviyo is with IT already: IT-1 is assigned, with @liaison." in told
    assert buttons(office) == [("Join IT-1", "IT-1")]
    office.presses(MARKETER, "check_join", "IT-1")
    office.presses(MARKETER, "check_join", "IT-1")
    assert office.ticket().followers == (MARKETER,)
    assert len([line for line in office.thread() if "asked for the same and follows along" in line]) == 1
    check(office, "Klaviyo")
    assert buttons(office) == []


def test_a_ticket_that_is_over_is_not_joined(office: Office) -> None:
    office.submits(COLLEAGUE, "new_tool", {"name": "Klaviyo"}, conversation=MARKETING)
    office.presses(COLLEAGUE, "dismiss", "IT-1")
    office.presses(MARKETER, "check_join", "IT-1")
    assert "IT-1 is withdrawn by now. Type /itcheck new-tool Klaviyo" in office.whispers(MARKETER)[-1]
    assert office.ticket().followers == ()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("🚀", "is no name I can look up"),
        (":rocket:", "“:rocket:” is no tool's name. Type the tool's name or its website."),
        ("*@channel*", "is no tool's name"),
        ("*<!channel>*", "is no tool's name"),
        ("@here", "is no tool's name"),
        ("x" * 3000, "at most 150 characters; this has 3,000"),
        ("?!", "is no name"),
    ],
)
def test_what_can_be_no_name_is_refused_in_words(office: Office, written: str, says: str) -> None:
    assert says in check(office, written)


def test_a_name_nobody_knows_says_so_and_still_leads_on(office: Office) -> None:
    told = check(office, "Zzyzx <!channel>")
    assert "Zzyzx <!channel> has not been asked about before. Open a ticket" in told
    assert "Category" not in told
    assert buttons(office) == [("Open a ticket", "Zzyzx <!channel>")]


def test_a_guest_is_ruled_as_an_agency(office: Office) -> None:
    assert "AGENCY: standard lane" in check(office, "Klaviyo", GUEST)


def test_without_a_policy_the_check_names_no_rule(office: Office) -> None:
    office.policy = None
    told = check(office, "Klaviyo")
    assert "Rule" not in told
    assert "Category\nemail automation" in told


def test_without_a_name_the_form_opens(office: Office) -> None:
    assert office.form(office.types(MARKETER, "new-tool")).fields[0].value == ""
