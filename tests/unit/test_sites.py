"""What a site takes: who may say it, what is asked back, how sites are recognised."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.capacity import Capacity
from bot.domain.errors import Invalid
from bot.domain.sites import KnownSite, site_called
from bot.messages import Form
from handlers.routing import check_form
from tests.builders import ADMIN, CIO, COLLEAGUE, GUEST, IT_MANAGER, LIAISON, MARKETER, TEAM, Office, an_office

SHOP = KnownSite("shop.example", ("our shop", "https://store.example/"))
BLOG = KnownSite("blog.example")
FILLED = {
    "site": "https://www.shop.example/sale", "amount": "120", "unit": "requests_per_s", "measured_on": "2026-11-20",
    "how": "k6, 30 minutes", "headroom": "60", "usual_visits_per_min": "90,5", "aliases": "our shop",
}  # fmt: skip


@pytest.mark.parametrize("person", [LIAISON, IT_MANAGER, ADMIN, MARKETER, COLLEAGUE, GUEST, CIO])
def test_only_it_and_admins_say_what_a_site_takes(person: str) -> None:
    office, may = an_office(), person in {LIAISON, IT_MANAGER, ADMIN}
    for asked in (office.types(person, "capacity"), office.presses(person, "capacity", "shop.example")):
        assert isinstance(office.chat.forms[asked.view], Form) == may
    office.submits(person, "capacity", FILLED)
    assert bool(sites(office)) == may


def test_a_filled_form_becomes_a_site_and_a_record() -> None:
    office = an_office()
    sent = office.submits(LIAISON, "capacity", FILLED)
    assert check_form(sent) == {}
    assert "✓ shop.example takes 120 requests a second (k6, 30 minutes), until Thu 18 Feb" in office.direct(LIAISON)[-1]
    assert sites(office) == [KnownSite("shop.example", ("our shop",), usual_visits_per_min=90.5, headroom=0.6)]
    record = Capacity("shop.example", 120.0, date(2026, 11, 20), LIAISON, "k6, 30 minutes", date(2027, 2, 18))
    assert records(office) == [record]
    again = {field.key: field.value for field in office.form(office.types(LIAISON, "capacity our shop")).fields}
    assert (again["site"], again["amount"], again["headroom"], again["aliases"]) == (
        "shop.example", "120", "60", "our shop",
    )  # fmt: skip


def test_visitors_at_once_are_kept_as_they_were_told() -> None:
    office = an_office()
    office.submits(LIAISON, "capacity", {**FILLED, "amount": "1,300", "unit": "sessions"})
    (record,) = records(office)
    assert (record.requests_per_s, record.sessions) == (None, 1300.0)
    assert KnownSite("shop.example").rate(record) == pytest.approx(1300 / 130 * 5 * 5)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("site", "our shop", "is no site. Give its address"),
        ("amount", "", "Please fill this in"),
        ("amount", "0", "above zero"),
        ("amount", "-5", "zero or more"),
        ("amount", "many", "is no number"),
        ("headroom", "0", "nothing could be used"),
        ("headroom", "150", "more than everybody"),
        ("session_s", "0", "above zero"),
        ("usual_visits_per_min", "1e99", "below a billion"),
        ("measured_on", "2026-12-24", "still to come"),
        ("expires_on", "2026-01-01", "before it was measured"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field: str, typed: str, said: str) -> None:
    office = an_office()
    errors = check_form(office.submits(LIAISON, "capacity", {**FILLED, field: typed}))
    assert list(errors) == [field]
    assert said in errors[field]
    assert sites(office) == []


@pytest.mark.parametrize(
    ("called", "site"),
    [
        ("https://www.shop.example/sale?x=1", SHOP),
        ("<https://shop.example|shop.example>", SHOP),
        ("Our  Shop", SHOP),
        ("store.example/xmas", SHOP),
        ("the page on shop.example, as last year", SHOP),
        ("other.example", None),
        ("their shop", None),
        ("", None),
    ],
)
def test_a_site_is_known_by_its_host_and_its_other_names(called: str, site: KnownSite | None) -> None:
    assert site_called([BLOG, SHOP], called) == site
    assert site_called([SHOP], "") == SHOP


def test_what_is_no_site_is_refused() -> None:
    with pytest.raises(Invalid, match="shop.example.com"):
        KnownSite("our shop")


def sites(office: Office) -> list[KnownSite]:
    with office.store.unit_of_work() as uow:
        return list(uow.sites.of(TEAM))


def records(office: Office) -> list[Capacity]:
    with office.store.unit_of_work() as uow:
        return list(uow.sites.measured(TEAM))
