"""A ticket for a tool says at once what the catalogue knows of it, and what is approved for the same."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Tool, ToolStatus
from bot.messages import Came
from tests.builders import COLLEAGUE, IT_MANAGER, MARKETER, MARKETING, TEAM, Office, a_tool, an_office, words

MAIL = "email_automation"
KLAVIYO = Tool("Klaviyo", MAIL, aliases=("KVO",), use="Email & SMS")
ON_THE_MARKET = {"klaviyo": KLAVIYO, "kvo": KLAVIYO}


@pytest.fixture
def office() -> Office:
    """A workspace with a small catalogue, in which Klaviyo is not."""
    office = an_office()
    office.market = lambda name: ON_THE_MARKET.get(name.lower())
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, Tool("Mailchimp", MAIL, "mailchimp.com", ("MC",), ToolStatus.APPROVED, IT_MANAGER))
        uow.catalogue.save(TEAM, Tool("Sendgrid", MAIL, status=ToolStatus.REJECTED))
    return office


def test_a_new_tool_is_shown_what_is_approved_for_the_same(office: Office) -> None:
    office.says(MARKETER, "we buy Klaviyo", a_tool("Klaviyo"))
    assert "Approved already\nMailchimp (email automation)" in words(office.card())
    assert "In the catalogue" not in words(office.card())


@pytest.mark.parametrize("written", ["Mailchimp", "MC", "https://www.mailchimp.com/pricing", "Mailchmp"])
def test_a_tool_the_company_has_is_shown_with_its_status_and_owner(office: Office, written: str) -> None:
    office.says(MARKETER, "we buy it", a_tool(written))
    assert "In the catalogue\nMailchimp: approved, owner @it-manager" in words(office.card())
    assert office.ticket().title == written


def test_a_rejected_tool_is_shown_as_such_with_what_is_approved(office: Office) -> None:
    office.submits(MARKETER, "new_tool", {"name": "SendGrid"}, conversation=MARKETING)
    assert "In the catalogue\nSendgrid: rejected" in words(office.card())
    assert "Mailchimp (email automation)" in words(office.card())


def test_an_unknown_tool_keeps_the_words_of_the_message_and_nothing_else(office: Office) -> None:
    office.says(MARKETER, "we buy Zzyzx", a_tool("Zzyzx"))
    assert (office.ticket().title, office.ticket().facts) == ("Zzyzx", {})


def test_of_several_tools_each_is_looked_up(office: Office) -> None:
    office.says(MARKETER, "MC or Sendgrid or Klaviyo", a_tool("MC", "Sendgrid", "Klaviyo"))
    assert "In the catalogue\nMailchimp: approved; Sendgrid: rejected" in words(office.card())
    assert "Approved already" not in words(office.card())


@pytest.mark.parametrize(("first", "second"), [("MC", "mailchimp.com"), ("Klaviyo", "KVO"), ("Mailchimp", "Mailchmp")])
def test_two_names_of_one_tool_are_one_ticket(office: Office, first: str, second: str) -> None:
    office.says(MARKETER, "one", a_tool(first))
    office.says(COLLEAGUE, "two", a_tool(second))
    assert (office.tickets(), office.ticket().followers) == (1, (COLLEAGUE,))


def test_a_slip_that_may_be_another_tool_of_the_market_is_another_ticket(office: Office) -> None:
    office.market = lambda name: KLAVIYO
    office.says(MARKETER, "one", a_tool("Klaviyo"))
    office.says(COLLEAGUE, "two", a_tool("Klavio"))
    assert office.tickets() == 2


def test_a_renamed_ticket_is_looked_up_again(office: Office) -> None:
    said = office.says(MARKETER, "we buy Klaviyo", a_tool("Klaviyo"))
    office.detector.script["we buy MC"] = a_tool("MC")
    office.does(Came.EDIT, MARKETER, text="we buy MC", conversation=MARKETING, message=said.message)
    assert (office.ticket().title, office.ticket().topic) == ("MC", "mailchimp")
    assert "Mailchimp: approved" in words(office.card())
    assert "Approved already" not in words(office.card())


@pytest.mark.parametrize(
    ("category", "told"),
    [(MAIL, "Approved already\nAlike (Email & SMS), Mailchimp (Marketing automation)"), ("crm", "")],
)
def test_what_the_policy_has_in_one_category_is_for_the_same(office: Office, category: str, told: str) -> None:
    """The market's finer use only says which comes first."""
    klaviyo = Tool("Klaviyo", category, use="Email & SMS")
    listed = {"mailchimp": Tool("Mailchimp", MAIL, use="Marketing automation"), "klaviyo": klaviyo}
    listed["alike"] = Tool("Alike", MAIL, use="Email & SMS")
    office.market = lambda name: listed.get(name.lower())
    with office.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, Tool("Alike", MAIL, status=ToolStatus.APPROVED))
    office.says(MARKETER, "we buy Klaviyo", a_tool("Klaviyo"))
    card = words(office.card())
    assert told in card if told else "Approved already" not in card


def test_a_campaign_is_not_looked_up(office: Office) -> None:
    office.submits(MARKETER, "campaign", {"name": "Mailchimp"}, conversation=MARKETING)
    assert "In the catalogue" not in words(office.card())
