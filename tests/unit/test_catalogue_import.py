"""The catalogue as a sheet: all or nothing, every fault with its line; what goes out comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.catalogue import Decided, Tool, ToolStatus
from bot.domain.errors import Invalid
from bot.domain.money import Money, money_of
from bot.files import policy_text, sheets
from bot.ports import ToolFilter
from bot.services.tools.catalogue_import import Imported, export_tools, import_tools
from bot.services.tools.tool_fields import COLUMNS
from tests.builders import MONDAY_NINE, TEAM
from tests.support.memory import MemoryStore

POLICY = policy_text.read(policy_text.template())
MAILCHIMP = Tool(
    "=Mailchimp",
    "email_automation",
    "mailchimp.com",
    ("MC", "Mandrill"),
    ToolStatus.TRIAL,
    "U1",
    yearly=Money(Decimal("1200.5"), "EUR"),
    seats=3,
    renews_on=date(2027, 3, 1),
    notice_days=60,
    trial_until=date(2026, 12, 1),
    decided=Decided(MONDAY_NINE, "U2"),
    note='-1, for "the" newsletter; 🙂',
)
SHEET = """name,category,status,yearly cost,owner
Klaviyo,E-mail and automation,approved,"12,000 EUR",@U7
Matomo,analytics,trial,,
"""


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: MONDAY_NINE)


def take(store: MemoryStore, sheet: str | bytes) -> Imported:
    lines = sheets.read(sheet.encode() if isinstance(sheet, str) else sheet)
    with store.unit_of_work() as uow:
        return import_tools(uow, TEAM, lines, POLICY, MONDAY_NINE)


def tools(store: MemoryStore) -> dict[str, Tool]:
    with store.unit_of_work() as uow:
        return {tool.name: tool for tool in uow.catalogue.search(TEAM, ToolFilter())}


def test_a_sheet_adds_and_changes_tools_and_the_same_one_again_changes_nothing(store: MemoryStore) -> None:
    assert take(store, SHEET) == Imported(2, 0, 0)
    assert take(store, SHEET) == Imported(0, 0, 2)
    klaviyo = tools(store)["Klaviyo"]
    assert (klaviyo.category, klaviyo.yearly, klaviyo.owner) == ("email_automation", Money(Decimal(12000), "EUR"), "U7")
    assert klaviyo.decided == Decided(MONDAY_NINE, "")
    assert take(store, "name;seats\nklaviyo;5\nNew one;\n") == Imported(1, 1, 0)
    assert (tools(store)["klaviyo"].seats, tools(store)["klaviyo"].owner) == (5, "U7")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_back_as_it_was(store: MemoryStore, kind: str) -> None:
    with store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, MAILCHIMP, Tool("Matomo"))
        rows = export_tools(uow, TEAM)
    written = sheets.write_csv(COLUMNS, rows) if kind == "csv" else sheets.write_xlsx("Tools", COLUMNS, rows)
    assert take(store, written) == Imported(0, 0, 2)
    other = MemoryStore(lambda: MONDAY_NINE)
    assert take(other, written) == Imported(2, 0, 0)
    assert tools(other)["=Mailchimp"] == replace(MAILCHIMP, decided=Decided(MONDAY_NINE, ""))


def test_every_fault_is_told_with_its_line_and_nothing_is_done(store: MemoryStore) -> None:
    broken = (
        "name,category,status,yearly_cost,renews_on,note\n"
        "Good one,analytics,approved,12,2027-01-31,\n"
        "🚀,analytics,approved,12,,\n"
        "Klaviyo,gardening,approved,-12,,\n"
        "Brevo,analytics,wonderful,12 USD,31.1.2027,\n"
        f"Matomo,analytics,trial,,,{'x' * 3000}\n"
        "good-one,analytics,trial,,,\n"
    )
    with pytest.raises(Invalid) as error:
        take(store, broken)
    told = error.value.words.splitlines()
    assert told[0] == "Nothing was imported."
    assert [line.partition(":")[0] for line in told[1:]] == [
        "line 3, name", "line 4, category", "line 4, yearly_cost", "line 5, status", "line 5, yearly_cost",
        "line 5, renews_on", "line 6, note", "line 7, name",
    ]  # fmt: skip
    for words in (
        "is no name",
        "There is no category “gardening”",
        "negative",
        "is in USD",
        "the same tool as in line 2",
    ):
        assert words in error.value.words
    assert tools(store) == {}


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("name,price\nA,1\n", "there is no column “price”"),
        ("owner\nU1\n", "there must be a column “name”"),
        ("name\n", "The sheet has no lines"),
        ("name\n" + "🚀\n" * 30, "and 10 more"),
    ],
)
def test_a_sheet_that_is_none_of_ours_is_refused_in_words(store: MemoryStore, sheet: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        take(store, sheet)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12,000", "12000"), ("12.000", "12000"), ("1.200,50 EUR", "1200.50"), ("€ 99", "99"), ("EUR 0", "0"),
        ("99.5", "99.5"), ("1 200 000", "1200000"), ("1,234.56", "1234.56"), ("1'000 eur", "1000"),
        ("6k", "6000"), ("1.5k EUR", "1500"), ("2,5 Mio. EUR", "2500000"), ("€ 12 k", "12000"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(written: str, amount: str) -> None:
    assert money_of(written, "EUR") == Money(Decimal(amount), "EUR")


@pytest.mark.parametrize("written", ["", "many", "1.2.3", "12,3456.7", "1e5", "1,2,3k", "99999999999999", "5 apples"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(Invalid, match="is no amount"):
        money_of(written, "EUR")
