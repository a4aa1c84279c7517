"""What every store promises about the catalogue of tools."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import Tool, ToolStatus
from tests.conftest import AnyStore

MAILCHIMP = Tool("Mailchimp", "Email & SMS", "https://mailchimp.com", ("MC",), ToolStatus.APPROVED, "U1")
KLAVIYO = Tool("Klaviyo", "Email & SMS")


def test_a_tool_comes_back_as_it_was_last_saved(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", MAILCHIMP)
        uow.catalogue.save("T1", replace(MAILCHIMP, status=ToolStatus.RETIRING, aliases=("Mandrill",)))
    with store.unit_of_work() as uow:
        (found,) = uow.catalogue.of_category("T1", "Email & SMS")
        assert found == replace(MAILCHIMP, status=ToolStatus.RETIRING, aliases=("Mandrill",))
        assert list(uow.catalogue.like("T1", "mandrill")) == [found]
        assert list(uow.catalogue.like("T1", "mc")) == []


def test_tools_are_found_by_what_they_may_be_called(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.catalogue.save("T1", MAILCHIMP)
        uow.catalogue.save("T1", KLAVIYO)
        assert list(uow.catalogue.like("T1", "mailchmp")) == [MAILCHIMP]
        assert list(uow.catalogue.like("T1", "mc")) == [MAILCHIMP]
        assert list(uow.catalogue.like("T1", "klaviyo")) == [KLAVIYO]
        assert list(uow.catalogue.like("T1", "zapier")) == list(uow.catalogue.like("T2", "mailchimp")) == []


def test_the_tools_of_a_category_come_by_name(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for tool in (MAILCHIMP, KLAVIYO, Tool("Asana", "Productivity & PM")):
            uow.catalogue.save("T1", tool)
        assert list(uow.catalogue.of_category("T1", "Email & SMS")) == [KLAVIYO, MAILCHIMP]
        assert list(uow.catalogue.of_category("T2", "Email & SMS")) == []
