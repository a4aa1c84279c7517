"""Targets and working hours: edited in a form, kept in editions, and followed by what runs."""

from __future__ import annotations

import pytest

from bot.messages import Form
from bot.services.sla import recounting
from bot.services.sla.recounting import recount_clocks
from handlers.routing import check_form
from tests.builders import ADMIN, LIAISON, MARKETER, MARKETING, TEAM, Office, a_tool, an_office, words
from tests.support.clock_stories import assert_the_log_tells_the_same, clocks, shown, sweep
from tests.unit.test_sla_sweep import notices

TARGETS = {
    "response": "urgent 15 min, high 1 h, normal 2 h, low 1 day",
    "resolution": "urgent 4 h, high 1 day, normal 2 days, low 5 days",
    "of_kinds": "New tool: normal 1 day",
    "lead": "10,000 people 2 days; more 10 days",
    "brief": "1 day",
    "sign_off": "2 days",
    "shares": "50, 75",
}
HOURS = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-12:00, 13:00-17:00", "region": "", "dates": ""}


@pytest.fixture
def office() -> Office:
    """A ticket since Monday at nine, to be answered by 13:00 and settled by Wednesday at 17:00."""
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    return office


def test_new_targets_are_followed_by_what_runs_and_what_has_elapsed_stays(office: Office) -> None:
    sweep(office, hours=1)
    save(office, ADMIN, "targets", TARGETS)
    assert [shown(clock) for clock in clocks(office)] == ["first_response due 23 11:00", "resolution due 23 17:00"]
    assert "by 2026-11-23 11:00" in words(office.card())
    sweep(office, minutes=30)
    assert ["75 %" in line for line in notices(office)] == [True]
    assert_the_log_tells_the_same(office)


def test_what_is_done_stays_as_it_was_judged(office: Office) -> None:
    sweep(office, hours=3)
    office.says(LIAISON, "yes", thread=office.ticket().place.thread)
    before = clocks(office)[0]
    save(office, ADMIN, "targets", TARGETS)
    assert clocks(office)[0] == before
    assert_the_log_tells_the_same(office)


def test_the_form_shows_what_stands_and_a_saved_one_comes_back_the_same(office: Office) -> None:
    form = shown_form(office, ADMIN, "targets")
    assert value(form, "response") == "urgent 15 min, high 1 h, normal 4 h, low 1 day"
    assert value(form, "lead") == (
        "10,000 people 2 days; 100,000 people 5 days; 1,000,000 people 15 days; more 40 days"
    )
    assert check_form(office.submits(ADMIN, "targets", {one.key: one.value for one in form.fields})) == {}
    save(office, ADMIN, "targets", TARGETS)
    assert {one.key: one.value for one in shown_form(office, ADMIN, "targets").fields} == TARGETS | {
        "resolution": "urgent 4 h, high 1 day, normal 2 days, low 5 days"
    }


def test_two_admins_who_edit_the_same_version_do_not_overwrite_each_other(office: Office) -> None:
    form = shown_form(office, ADMIN, "targets")
    for _ in range(2):
        office.submits(ADMIN, "targets", TARGETS, **form.context)
    assert len(office.store.state.targets[TEAM]) == 1
    assert "changed this just now" in office.direct(ADMIN)[-1]


@pytest.mark.parametrize("command", ["targets", "hours team", "hours workspace"])
def test_only_an_admin_edits_what_counts_for_all(office: Office, command: str) -> None:
    typed = office.types(MARKETER, command)
    assert "Only an admin" in words(office.chat.forms[typed.view])
    form = command.split(maxsplit=1)[0]
    office.submits(MARKETER, form, TARGETS | HOURS, owner=f"channel:{MARKETING}")
    assert (office.store.state.targets, office.store.state.calendars) == ({}, {})


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("response", "urgent 0 min, high 1 h, normal 4 h, low 1 day", "can't be kept"),
        ("resolution", "urgent 4 h, high 1 day, normal 3 days, low 365 days", "between 1 minute and 120 working days"),
        ("response", "urgent 15 min", "Please also say how long for high, normal, low."),
        ("response", "soon 15 min", "“soon” is no priority"),
        ("brief", "a while", "“a while” is no time. Write it like 15 min, 4 h or 3 days."),
        ("of_kinds", "Holiday: normal 1 day", "begins with no kind of ticket"),
        ("lead", "many people 2 days", "I can't read “many people 2 days”"),
        ("lead", "10,000 people 2 days", "Please give at least one size and the rest"),
        ("shares", "75, 100", "between 1 and 99"),
    ],
)
def test_a_target_that_cannot_be_is_refused_at_its_field(office: Office, field: str, typed: str, said: str) -> None:
    errors = check_form(office.submits(ADMIN, "targets", TARGETS | {field: typed}))
    assert list(errors) == [field]
    assert said in errors[field]


def test_a_clock_counts_in_the_hours_of_who_owes_it(office: Office) -> None:
    save(office, LIAISON, "hours", HOURS)
    assert [(clock.counted_in, shown(clock)) for clock in clocks(office)] == [
        ("person:liaison", "first_response due 23 14:00"),
        ("person:liaison", "resolution due 26 13:00"),
    ]
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    assert clocks(office)[0].counted_in == "office:UTC"
    assert_the_log_tells_the_same(office)


def test_without_their_own_the_hours_of_the_channel_count_and_then_those_of_the_workspace(office: Office) -> None:
    save(office, ADMIN, "hours workspace", HOURS | {"zone": "UTC", "hours": "Mon-Sun 00:00-24:00"})
    assert [shown(clock) for clock in clocks(office)] == ["first_response due 23 13:00", "resolution due 24 09:00"]
    save(office, ADMIN, "hours team", HOURS | {"zone": "America/Chicago", "hours": "Mon-Fri 09:00-17:00"})
    assert [shown(clock) for clock in clocks(office)] == ["first_response due 23 19:00", "resolution due 25 23:00"]
    assert clocks(office)[0].counted_in == f"channel:{MARKETING}"
    assert_the_log_tells_the_same(office)


def test_public_holidays_and_special_days_do_not_count(office: Office) -> None:
    special = {"zone": "UTC", "region": "US", "hours": "Mon-Fri 09:00-17:00", "dates": "2026-11-24 closed"}
    save(office, ADMIN, "hours team", HOURS | special)
    assert shown(clocks(office)[1]) == "resolution due 27 17:00"  # Tuesday is closed, Thursday is Thanksgiving
    form = shown_form(office, ADMIN, "hours team")
    assert (value(form, "region"), value(form, "dates")) == ("US", "2026-11-24 closed")


def test_a_new_zone_of_the_channel_moves_what_runs_and_not_what_is_done(office: Office) -> None:
    agreed = {"liaison": LIAISON, "it_manager": "it-manager", "marketing_manager": "marketing-manager"}
    office.submits(ADMIN, "setup", agreed | {"zone": "Europe/Berlin"}, conversation=MARKETING)
    recount(office)
    assert [shown(clock) for clock in clocks(office)] == ["first_response due 23 13:00", "resolution due 26 09:00"]
    assert_the_log_tells_the_same(office)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("zone", "Berlin", "There is no time zone “Berlin”. Did you mean Europe/Berlin?"),
        ("hours", "whenever", "I can't read “whenever”"),
        ("hours", "Mon-Fri closed", "nobody ever works"),
        ("hours", "Mon nine-17", "I can't read the hours in “Mon nine-17”"),
        ("hours", "Moon 09:00-17:00", "is no weekday"),
        ("hours", "Mon 09:00-25:00", "“25:00” is no time of day"),
        ("region", "Bavaria", "I don't know the public holidays of “Bavaria”. Write a country, such as DE or US, or"),
        ("region", "DE-XX", "Write DE alone, or such as DE-BB"),
        ("dates", "Christmas closed", "I can't read “Christmas closed”"),
        ("dates", "2026-02-30 closed", "There is no day 2026-02-30"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_field(office: Office, field: str, typed: str, said: str) -> None:
    errors = check_form(office.submits(LIAISON, "hours", HOURS | {field: typed}))
    assert list(errors) == [field]
    assert said in errors[field]


def test_many_tickets_are_counted_anew_in_portions_that_go_on_after_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "AT_ONCE", 2)
    office = an_office()
    for number in range(5):
        office.types(MARKETER, f"ask what is {number}?")
    office.submits(ADMIN, "targets", TARGETS)
    done = []
    while recount_clocks(office.desk):
        done.append([number for number in range(1, 6) if shown(clocks(office, number)[0]).endswith("11:00")])
    assert done == [[1, 2], [1, 2, 3, 4], [1, 2, 3, 4, 5]]


def save(office: Office, who: str, command: str, values: dict[str, str]) -> None:
    """Open the form, send it with these values, and let the recount run."""
    form = shown_form(office, who, command)
    request = office.submits(who, form.name, values, **form.context)
    assert check_form(request) == {}
    recount(office)


def recount(office: Office) -> None:
    while recount_clocks(office.desk):
        continue
    office.run()


def shown_form(office: Office, who: str, command: str) -> Form:
    return office.form(office.types(who, command))


def value(form: Form, key: str) -> str:
    return next(field.value for field in form.fields if field.key == key)
