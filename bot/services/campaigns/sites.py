"""The sites campaigns lead to, and what they take: told by form, or by a load test."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from bot.domain.campaign_words import host_of, share_of
from bot.domain.capacity import HEADROOM, VALID_DAYS, Capacity, Measured, latest, recorded
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.people import Side, side_of
from bot.domain.sites import KnownSite, site_called
from bot.messages import Card, Choice, Field, FieldKind, Form, Request, say
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.intake.intake import shorten

CAPACITY = "capacity"
ONLY_IT = "Only the IT side or an admin can say what it takes. Your liaison knows, or knows whom to ask."
REQUESTS, SESSIONS = "requests_per_s", "sessions"
UNITS = (Choice("Requests a second that reach the servers", REQUESTS), Choice("Visitors at once", SESSIONS))
FIGURES = ("usual_visits_per_min", "pages_per_visit", "session_s", "dynamic_requests_per_page")
_GROUPS = re.compile(r"(?<=\d)[, '](?=\d{3}(?:\D|$))")  # 1,300 and 1'300, but 90,5
MOST = {"aliases": 300, "how": 300}


def capacity_form(desk: Desk, request: Request, words: str) -> Form:
    """The form for a site, filled with what is known of it. Raises NotAllowed for who may not say it."""
    require_it(desk, request)
    with desk.look() as uow:
        sites, records = uow.sites.of(request.workspace), uow.sites.measured(request.workspace)
    site = site_called(sites, words)
    today = request.at.date()
    record = latest(records, site.host, today) if site else None
    known = ", ".join(_short(one, records, today) for one in sites) or "no site yet"
    return Form(
        CAPACITY,
        "What a site takes",
        _fields(site or KnownSite("example.com"), site.host if site else host_of(words), record, today),
        submit="Save",
        intro=say("Measured by a load test, or seen on a busy day. Known so far: {known}.", known=shorten(known, 300)),
        context={"conversation": request.conversation},
    )


def check_capacity(values: Mapping[str, str], today: date) -> Mapping[str, str]:
    """What is missing or wrong in a filled form, by field."""
    errors: dict[str, str] = {}
    for key, read in _READERS.items():
        try:
            read(values.get(key, "").strip())
        except Invalid as error:
            errors[key] = error.words
    measured, expires = _day(values.get("measured_on", ""), today), _day(values.get("expires_on", ""), None)
    if measured is not None and measured > today:
        errors["measured_on"] = "That day is still to come. When was it measured?"
    if measured and expires and expires < measured:
        errors["expires_on"] = "It can't expire before it was measured."
    return errors


def keep_capacity(desk: Desk, request: Request) -> Card:
    """Store the site and the record of a filled form. Raises NotAllowed, or Invalid as `check_capacity` says."""
    require_it(desk, request)
    today = request.at.date()
    for key, words in check_capacity(request.values, today).items():
        raise Invalid(words, key)
    site, record = _site_in(request.values), _record_in(request.values, request.actor, today)
    with desk.unit_of_work() as uow:
        uow.sites.save(request.workspace, site)
        uow.sites.measure(request.workspace, record)
    return _kept_card(site, record)


def keep_test(
    uow: UnitOfWork, workspace: str, words: str, test: Measured, on: date, by: str
) -> tuple[KnownSite, Capacity]:
    """Store the record of a load test of a site, which is new if nobody named it before. Raises Invalid."""
    known = site_called(uow.sites.of(workspace), words)
    site = known or KnownSite(host_of(words) or words.strip())
    record = recorded(site.host, test, on, by)
    if known is None:
        uow.sites.save(workspace, site)
    uow.sites.measure(workspace, record)
    return site, record


def names_in(words: str) -> tuple[str, ...]:
    """What somebody typed with commas, each once."""
    return tuple(dict.fromkeys(" ".join(one.split()) for one in words.split(",") if one.strip()))


def _kept_card(site: KnownSite, record: Capacity) -> Card:
    """What is told of a kept record."""
    usable = site.rate(record) * site.headroom
    words = say(
        "✓ {site} takes {what} ({how}), until {day}. I plan with {usable} requests a second at most.",
        site=site.host, what=taken_words(record), how=record.how or "as told", day=day_words(record.expires_on),
        usable=f"{usable:,.0f}",
    )  # fmt: skip
    return Card(text=words, note=say("The answers on campaigns that lead there follow by themselves."))


def taken_words(record: Capacity) -> str:
    """What a record says, with its unit."""
    if record.requests_per_s is not None:
        return f"{record.requests_per_s:,.4g} requests a second"
    return f"{record.sessions:,.0f} visitors at once"


def _fields(site: KnownSite, host: str, record: Capacity | None, today: date) -> tuple[Field, ...]:
    amount = (record.requests_per_s or record.sessions) if record else None
    unit = SESSIONS if record and record.sessions is not None else REQUESTS
    until, per_page = today + timedelta(days=VALID_DAYS), f"{site.dynamic_requests_per_page:g}"

    def line(key: str, label: str, value: object, hint: str = "", *, required: bool = False) -> Field:
        return Field(key, label, value=str(value), hint=hint, required=required, most=MOST.get(key, 100))

    return (
        line("site", "Which site?", host, "Its address, such as shop.example.com", required=True),
        line("amount", "How much does it take?", f"{amount:g}" if amount else "", "Such as 120", required=True),
        Field("unit", "Of what?", FieldKind.CHOICE, unit, required=True, choices=UNITS),
        Field("measured_on", "Measured on", FieldKind.DATE, today.isoformat()),
        line("how", "How was it measured?", record.how if record else "", "Such as: load test with k6, 30 minutes"),
        Field("expires_on", "It counts until", FieldKind.DATE, until.isoformat(), "Or until the next release"),
        line("headroom", "How much of it may be used, in %?", f"{site.headroom * 100:g}", "The rest is kept free"),
        line("usual_visits_per_min", "Usual visits a minute", f"{site.usual_visits_per_min:g}", "Without a campaign"),
        line("pages_per_visit", "Pages a visit", f"{site.pages_per_visit:g}"),
        line("session_s", "Seconds a visit lasts", f"{site.session_s:g}"),
        line("dynamic_requests_per_page", "Requests a page that reach the servers", per_page),
        line("aliases", "Other names of it", ", ".join(site.aliases), "With commas: our shop, store.example.com"),
    )  # fmt: skip


def require_it(desk: Desk, request: Request) -> None:
    """Raises NotAllowed for who is neither of the IT side nor an admin."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        roles = uow.workspaces.roles(request.workspace)
    if who.is_guest or not (side_of(roles.of(who.id)) is Side.IT or may_set_up(who, roles)):
        raise NotAllowed(ONLY_IT)


def _short(site: KnownSite, records: Sequence[Capacity], today: date) -> str:
    record = latest(records, site.host, today)
    return f"{site.host} ({taken_words(record)})" if record else f"{site.host} (not measured)"


def _site_in(values: Mapping[str, str]) -> KnownSite:
    figures = {key: _number(values.get(key, "").strip()) for key in FIGURES}
    headroom = _headroom(values.get("headroom", "").strip())
    return KnownSite(
        host_of(values["site"]),
        names_in(values.get("aliases", "")),
        headroom=headroom,
        **{k: v for k, v in figures.items() if v},
    )


def _record_in(values: Mapping[str, str], by: str, today: date) -> Capacity:
    amount, on = _number(values["amount"].strip()), _day(values.get("measured_on", ""), today) or today
    sessions = values.get("unit") == SESSIONS
    until = _day(values.get("expires_on", ""), None) or on + timedelta(days=VALID_DAYS)
    how = " ".join(values.get("how", "").split())
    return Capacity(
        host_of(values["site"]), None if sessions else amount, on, by, how, until, amount if sessions else None
    )


def _host(words: str) -> str:
    if not host_of(words):
        raise Invalid(f"“{words[:60]}” is no site. Give its address, such as shop.example.com.")
    return host_of(words)


def _number(words: str) -> float | None:
    """A number of zero or more; None where nothing was typed."""
    if not words:
        return None
    plain = _GROUPS.sub("", words)
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        raise Invalid(f"“{words[:40]}” is no number. Type it like 120 or 4.5.") from None
    if not 0 <= value <= 1e9:
        raise Invalid("Please give a number of zero or more, below a billion.")
    return value


def _above_zero(words: str) -> float | None:
    value = _number(words)
    if value == 0:
        raise Invalid("That must be above zero.")
    return value


def _amount(words: str) -> float:
    value = _above_zero(words)
    if value is None:
        raise Invalid("Please fill this in: a number above zero, such as 120.")
    return value


def _headroom(words: str) -> float:
    share = share_of(words) if words else HEADROOM
    if share == 0:
        raise Invalid("Then nothing could be used. 75 % is usual.")
    return share


def _day(words: str, otherwise: date | None) -> date | None:
    try:
        return date.fromisoformat(words.strip()) if words.strip() else otherwise
    except ValueError:
        return otherwise


_READERS: Mapping[str, Callable[[str], object]] = {
    "site": _host, "amount": _amount, "headroom": _headroom, "usual_visits_per_min": _number,
    "pages_per_visit": _above_zero, "session_s": _above_zero, "dynamic_requests_per_page": _above_zero,
}  # fmt: skip
