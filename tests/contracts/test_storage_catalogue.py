"""What every store promises about the catalogue of tools."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.catalogue import Decided, Tool, ToolStatus
from bot.domain.money import Money
from bot.ports import ToolFilter
from tests.conftest import AnyStore
from tests.support.samples import NOW

MAIL, ANALYTICS = "email_automation", "analytics"
MAILCHIMP = Tool(
    "Mailchimp",
    MAIL,
    "https://mailchimp.com",
    ("MC",),
    ToolStatus.APPROVED,
    "U1",
    yearly=Money(Decimal("12000.10"), "EUR"),
    seats=12,
    renews_on=date(2027, 3, 1),
    notice_days=60,
    trial_until=date(2026, 12, 1),
    decided=Decided(NOW, "U2", "3"),
    note="For the newsletter only 🙂",
)
KLAVIYO = Tool("Klaviyo", MAIL)
MATOMO = Tool("Matomo", ANALYTICS, aliases=("Piwik",), status=ToolStatus.TRIAL)


def test_a_tool_comes_back_as_it_was_last_saved(store: AnyStore) -> None:
    newer = replace(MAILCHIMP, status=ToolStatus.RETIRING, aliases=("Mandrill",), yearly=None, decided=None)
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", newer)
        uow.catalogue.save("T1", MAILCHIMP)
        assert list(uow.catalogue.like("T1", "mailchimp")) == [MAILCHIMP]
        uow.catalogue.save("T1", newer)
    with store.unit_of_work() as uow:
        assert list(uow.catalogue.search("T1", ToolFilter())) == [newer]
        assert list(uow.catalogue.like("T1", "mandrill")) == [newer]
        assert list(uow.catalogue.like("T1", "mc")) == []


def test_many_tools_are_saved_at_once_the_last_of_a_name_stays(store: AnyStore) -> None:
    many = [Tool(f"Tool {number}", MAIL) for number in range(1200)]
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", *many, replace(many[7], owner="U7"))
        found = uow.catalogue.search("T1", ToolFilter(limit=5000))
    assert len(found) == 1200
    assert [tool.name for tool in found if tool.owner] == ["Tool 7"]


def test_a_tool_is_found_by_every_name_and_by_a_misspelling_of_one(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", MAILCHIMP, KLAVIYO, Tool("Mailchamp", MAIL))
        assert list(uow.catalogue.like("T1", "mc")) == [MAILCHIMP]
        assert list(uow.catalogue.like("T1", "mailchimp")) == [MAILCHIMP]
        assert {tool.name for tool in uow.catalogue.like("T1", "mailchmp")} == {"Mailchimp", "Mailchamp"}
        assert list(uow.catalogue.like("T1", "klavyio")) == [KLAVIYO]
        assert list(uow.catalogue.like("T1", "zapier")) == list(uow.catalogue.like("T2", "mailchimp")) == []
        assert list(uow.catalogue.like("T1", "md")) == []


def test_tools_are_searched_by_category_status_and_renewal_page_by_page(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", MAILCHIMP, KLAVIYO, MATOMO)
        uow.catalogue.save("T2", Tool("Other", MAIL))
        search = uow.catalogue.search
        assert list(search("T1", ToolFilter())) == [MATOMO, KLAVIYO, MAILCHIMP]
        assert list(search("T1", ToolFilter(limit=1, offset=1))) == [KLAVIYO]
        assert list(search("T1", ToolFilter(category=MAIL))) == [KLAVIYO, MAILCHIMP]
        assert list(search("T1", ToolFilter(statuses=(ToolStatus.TRIAL, ToolStatus.APPROVED)))) == [MATOMO, MAILCHIMP]
        assert list(search("T1", ToolFilter(renews_until=date(2027, 3, 1)))) == [MAILCHIMP]
        assert list(search("T1", ToolFilter(renews_until=date(2027, 2, 28)))) == []
        assert list(uow.catalogue.workspaces()) == ["T1", "T2"]


def test_a_removed_tool_is_gone_under_all_its_names(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", MAILCHIMP, MATOMO)
        uow.catalogue.remove("T1", "mailchimp")
        uow.catalogue.remove("T1", "nothing")
        assert list(uow.catalogue.search("T1", ToolFilter())) == [MATOMO]
        assert list(uow.catalogue.like("T1", "mc")) == list(uow.catalogue.like("T1", "mailchimp")) == []
