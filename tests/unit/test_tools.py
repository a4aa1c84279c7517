"""The catalogue in chat: lists, the form of one tool, the register of what is in use without review."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.catalogue import Decided, Tool, ToolStatus
from bot.domain.money import Money
from bot.files import policy_text
from bot.messages import Request
from bot.ports import ToolFilter
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MONDAY_NINE,
    TEAM,
    Office,
    a_tool,
    an_office,
    words,
)

MAIL, DATA = "email_automation", "analytics"
MAILCHIMP = Tool(
    "Mailchimp",
    MAIL,
    aliases=("MC",),
    status=ToolStatus.APPROVED,
    owner=IT_MANAGER,
    yearly=Money(Decimal(6000), "EUR"),
    renews_on=date(2027, 3, 1),
)
BREVO = Tool(
    "Brevo", MAIL, status=ToolStatus.TRIAL, trial_until=date(2026, 12, 24), yearly=Money(Decimal("99.5"), "EUR")
)
FILLED = {"name": "Klaviyo", "category": MAIL, "status": "approved", "owner": f"@{LIAISON}", "yearly_cost": "1.200 EUR"}

POLICY = policy_text.read(policy_text.template())


@pytest.fixture
def office() -> Office:
    """A workspace with three tools, two of them for the same."""
    office = an_office()
    office.policy = POLICY
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, MAILCHIMP, BREVO, Tool("Matomo", DATA, status=ToolStatus.APPROVED))
    return office


def tools(office: Office) -> dict[str, Tool]:
    with office.store.unit_of_work() as uow:
        return {tool.name: tool for tool in uow.catalogue.search(TEAM, ToolFilter())}


def told(office: Office, typed: str, person: str = MARKETER) -> str:
    office.types(person, typed)
    return office.whispers(person)[-1]


def submit(office: Office, values: dict[str, str], person: str = LIAISON, was: str = "") -> str:
    office.submits(person, "tool", values, conversation=MARKETING, currency="EUR", was=was)
    return (office.whispers(person) or office.direct(person))[-1]


def test_the_list_stands_by_category_with_owner_status_cost_and_renewal(office: Office) -> None:
    shown = told(office, "tools")
    assert shown.index("Analytics") < shown.index("Matomo — approved, no owner")
    assert "Mailchimp — approved, @it-manager, 6,000 EUR a year, renews Mon 1 Mar 2027" in shown
    assert "Brevo — on trial until Thu 24 Dec, no owner, 99.50 EUR a year" in shown
    assert "Edit" not in shown
    assert "Edit" in told(office, "tools", LIAISON)


@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [
        ("tools analytics", "Matomo", "Brevo"),
        ("tools E-mail and automation", "Brevo", "Matomo"),
        ("tools mail", "Brevo", "Matomo"),
        ("tools trial", "Brevo", "Mailchimp"),
        ("tools unreviewed", "Nothing there yet", "Brevo"),
        (
            "tools duplicates",
            "E-mail and automation: Brevo (on trial), Mailchimp — 6,099.50 EUR a year together",
            "Analytics",
        ),
        ("tools gardening", "There is no category “gardening”. There are: Content management", "Brevo"),
    ],
)
def test_a_category_a_status_or_a_register_narrows_it(office: Office, typed: str, there: str, not_there: str) -> None:
    shown = told(office, typed)
    assert there in shown
    assert not_there not in shown.partition("Which do the same?")[0]


def test_a_long_catalogue_is_read_page_by_page(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, *(Tool(f"Tool {number:02d}", DATA) for number in range(20)))
    first = told(office, "tools analytics")
    assert "Tool 06 —" in first
    assert "Tool 07 —" not in first
    office.presses(MARKETER, "tools_page", "analytics:2")
    assert "Tool 19 —" in office.whispers(MARKETER)[-1]


def test_the_form_of_a_tool_shows_what_is_known_and_keeps_what_is_said(office: Office) -> None:
    form = office.form(office.presses(LIAISON, "tool_edit", "Mailchimp"))
    filled = {field.key: field.value for field in form.fields}
    assert (filled["yearly_cost"], filled["aliases"], filled["renews_on"]) == ("6,000 EUR", "MC", "2027-03-01")
    changed = {**filled, "status": "retiring", "yearly_cost": "a lot"}
    assert "is no amount" in check_form(_form(changed))["yearly_cost"]
    assert check_form(_form({**changed, "yearly_cost": "7,000"})) == {}
    assert "being retired" in submit(office, {**changed, "yearly_cost": "7,000"}, was="mailchimp")
    kept = tools(office)["Mailchimp"]
    assert (kept.yearly, kept.decided) == (Money(Decimal(7000), "EUR"), Decided(MONDAY_NINE, LIAISON))
    assert kept.renews_on == date(2027, 3, 1)


def test_a_new_tool_is_added_and_a_renamed_one_leaves_its_old_name(office: Office) -> None:
    assert office.form(office.types(ADMIN, "tools add Klaviyo")).fields[0].value == "Klaviyo"
    submit(office, FILLED, ADMIN)
    assert tools(office)["Klaviyo"].yearly == Money(Decimal(1200), "EUR")
    submit(office, {**FILLED, "name": "Klaviyo One"}, was="klaviyo")
    assert "Klaviyo" not in tools(office)
    assert tools(office)["Klaviyo One"].decided == Decided(MONDAY_NINE, ADMIN)
    assert "Matomo is in the catalogue already" in submit(office, {**FILLED, "name": "matomo"})


@pytest.mark.parametrize("do", ["form", "submit"])
def test_only_it_and_admins_change_the_catalogue(office: Office, do: str) -> None:
    if do == "form":
        shown = office.types(MARKETER, "tools edit Mailchimp")
        assert "Only the IT side or an admin" in words(office.chat.forms[shown.view])
    else:
        assert "Only the IT side or an admin" in submit(office, FILLED, MARKETER)
    assert "Klaviyo" not in tools(office)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "🚀", "is no name"),
        ("name", "", "A tool needs a name"),
        ("name", "x" * 3000, "at most 150 characters; this has 3,000"),
        ("yearly_cost", "-5", "negative"),
        ("yearly_cost", "99 USD", "is in USD. Amounts here are in EUR"),
        ("yearly_cost", "$ 99", "is in USD"),
        ("seats", "many", "is no whole number"),
        ("renews_on", "tomorrow", "is no day"),
        ("status", "fine", "is no status"),
        ("note", "x" * 3000, "at most 1000 characters"),
    ],
)
def test_what_can_not_be_kept_is_refused_at_its_field(field: str, value: str, says: str) -> None:
    errors = check_form(_form({**FILLED, field: value}))
    assert list(errors) == [field]
    assert says in errors[field]


def test_a_detected_tool_is_in_the_register_until_somebody_decides_or_says_not_this(office: Office) -> None:
    office.says(MARKETER, "we use Zzyzx now", a_tool("Zzyzx"))
    assert "Zzyzx — not reviewed" in told(office, "tools unreviewed")
    office.presses(MARKETER, "dismiss")
    assert "Zzyzx" not in tools(office)
    office.submits(MARKETER, "new_tool", {"name": "Asked first"}, conversation=MARKETING)
    assert "Asked first" not in tools(office)


def _form(values: dict[str, str]) -> Request:
    return an_office().submits(LIAISON, "tool", values, currency="EUR")
