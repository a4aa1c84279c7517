"""The campaign calendar from sheets and calendar files: all of a file, or nothing and where it is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.domain.errors import Invalid
from bot.domain.planned import Planned, PlannedKind
from bot.files import calendar_file, calendar_text, sheets
from bot.files.recurrence import time_in
from bot.services.calendar.planned_fields import COLUMNS
from bot.services.calendar.planned_import import EVER, Imported, export_lines, import_events, import_lines
from tests.builders import MONDAY_NINE, TEAM, a_new_office

BERLIN = ZoneInfo("Europe/Berlin")
SHEET = """kind,name,start,end,site,grants,note
freeze,Black Friday,2026-11-27,2026-11-30,all,@U2,"Ask, first"
maintenance,Patch,2026-12-02 22:00,2026-12-03 02:00,shop.example,,
"""
FOLDED = """BEGIN:VCALENDAR
VERSION:2.0
{events}END:VCALENDAR
"""


class Shelf:
    """A store to import into."""

    def __init__(self) -> None:
        self.store = a_new_office().store

    def sheet(self, text: str, now: datetime = MONDAY_NINE) -> Imported:
        with self.store.unit_of_work() as uow:
            return import_lines(uow, TEAM, sheets.read(text.encode()), BERLIN, now)

    def events(self, *events: str, kind: str = "", now: datetime = MONDAY_NINE) -> Imported:
        with self.store.unit_of_work() as uow:
            return import_events(uow, TEAM, calendar_file.read(a_file(*events), BERLIN, now, kind), now)

    def planned(self) -> list[Planned]:
        with self.store.unit_of_work() as uow:
            return list(uow.plans.between(TEAM, *EVER))

    def starts(self) -> list[str]:
        return [f"{one.start.astimezone(BERLIN):%m-%d %H:%M}" for one in self.planned()]

    def export(self) -> str:
        with self.store.unit_of_work() as uow:
            return sheets.write_csv(COLUMNS, export_lines(uow, TEAM, BERLIN)).decode("utf-8-sig")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def a_file(*events: str) -> bytes:
    made = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return FOLDED.format(events=made).replace("\n", "\r\n").encode()


def test_a_sheet_goes_in_once_and_comes_out_as_it_went_in(shelf: Shelf) -> None:
    assert shelf.sheet(SHEET) == Imported(2, 0, 0)
    assert shelf.sheet(SHEET) == Imported(0, 0, 2)
    freeze, patch = shelf.planned()
    assert (freeze.name, freeze.site, freeze.granter, freeze.note) == ("Black Friday", "", "U2", "Ask, first")
    assert (patch.start, patch.site) == (datetime(2026, 12, 2, 21, tzinfo=UTC), "shop.example")
    exported = shelf.export()
    assert shelf.sheet(exported) == Imported(0, 0, 2)
    assert shelf.sheet(exported.replace("2026-11-30", "2026-11-29")) == Imported(0, 1, 1)
    assert shelf.sheet(exported.replace("2026-11-30", "2026-11-29"), MONDAY_NINE + timedelta(days=60)).same == 2


def test_every_fault_of_a_sheet_is_told_with_its_line_and_nothing_is_taken(shelf: Shelf) -> None:
    shelf.sheet(SHEET)
    wrong = SHEET + "freeze,Old,2025-01-01,2025-01-02,,,\nlaunch,,2026-12-01,2026-11-01,,,\nlaunch,New,soon,,,,\n"
    with pytest.raises(Invalid) as told:
        shelf.sheet(wrong.replace("2026-11-30", "2026-11-20"))
    assert told.value.words.splitlines() == [
        "Nothing was imported.",
        "line 2, end: It ends before it begins. Please give an end after the start.",
        "line 4, end: This was over on 2025-01-02. Please check its year.",
        "line 5, name: Please give it a name.",
        "line 6, start: “soon” is no time I understand. Write 2026-11-20, or 2026-11-20 08:00.",
    ]
    assert len(shelf.planned()) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind,name\nfreeze,A\n", "there must be a column “start”"),
        ("kind,name,start,colour\nfreeze,A,2026-12-01,red\n", "there is no column “colour”"),
        ("kind,name,start\n", "The sheet has no lines."),
        ("kind,name,start\nfreeze,A,2026-12-01\nfreeze, a ,2026-12-01\n", "line 3, name: the same entry as in line 2."),
    ],
)
def test_a_sheet_that_is_none_says_why(shelf: Shelf, text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        shelf.sheet(text)


WEEKLY = "UID:w1\nSUMMARY:Maintenance\nDTSTART;TZID=Europe/Berlin:20261019T220000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY"
RULES: dict[str, tuple[str, list[str]]] = {
    "a single one": ("UID:1\nSUMMARY:Freeze\nDTSTART;VALUE=DATE:20261127\nDTEND;VALUE=DATE:20261201", ["11-27 00:00"]),
    "in UTC": ("UID:1\nSUMMARY:Launch\nDTSTART:20261127T090000Z", ["11-27 10:00"]),
    "without a zone, in ours": ("UID:1\nSUMMARY:Launch\nDTSTART:20261127T090000", ["11-27 09:00"]),
    "in a zone of Windows": (
        "UID:1\nSUMMARY:Launch\nDTSTART;TZID=Eastern Standard Time:20261127T090000", ["11-27 15:00"],
    ),
    "so many times, of which some are over": (f"{WEEKLY};COUNT=7", ["11-23 22:00", "11-30 22:00"]),
    "until a day in another zone": (f"{WEEKLY};UNTIL=20261130T210000Z", ["11-23 22:00", "11-30 22:00"]),
    "less an exception": (
        f"{WEEKLY};COUNT=7\nEXDATE;TZID=Europe/Berlin:20261123T220000,20261102T220000", ["11-30 22:00"],
    ),
    "with a further date": (
        f"{WEEKLY};COUNT=6\nRDATE;TZID=Europe/Berlin:20261124T080000", ["11-23 22:00", "11-24 08:00"],
    ),
    "days of every month": (
        "UID:1\nSUMMARY:Freeze\nDTSTART;VALUE=DATE:20260930\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231",
        ["11-30 00:00", "12-31 00:00"],
    ),
    "called off": ("UID:1\nSUMMARY:Freeze\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20261127", []),
    "over": ("UID:1\nSUMMARY:What?\nDTSTART;VALUE=DATE:20251127", []),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_an_event_comes_as_often_as_its_rule_says(shelf: Shelf, name: str) -> None:
    event, expected = RULES[name]
    shelf.events(event)
    assert shelf.starts() == expected


def test_over_the_change_of_the_clocks_it_stays_at_its_hour_and_ends_with_the_horizon(shelf: Shelf) -> None:
    shelf.events(WEEKLY)
    assert {start[6:] for start in shelf.starts()} == {"22:00"}
    assert {one.start.hour for one in shelf.planned()} == {20, 21}
    assert {one.end - one.start for one in shelf.planned()} == {timedelta(hours=2)}
    assert max(one.start for one in shelf.planned()) <= MONDAY_NINE + timedelta(days=400)
    assert len(shelf.planned()) == 58


def test_one_time_of_a_series_that_was_moved_stands_where_it_was_moved_to(shelf: Shelf) -> None:
    moved = (
        "UID:w1\nSUMMARY:Maintenance\nRECURRENCE-ID;TZID=Europe/Berlin:20261123T220000"
        "\nDTSTART;TZID=Europe/Berlin:20261124T230000"
    )
    shelf.events(f"{WEEKLY};COUNT=7", moved)
    assert shelf.starts() == ["11-24 23:00", "11-30 22:00"]


def test_a_series_that_was_changed_leaves_nothing_behind_but_what_is_over(shelf: Shelf) -> None:
    shelf.sheet(SHEET)
    assert shelf.events(f"{WEEKLY};COUNT=8") == Imported(3, 0, 0, 0, 5)
    assert shelf.events(f"{WEEKLY};COUNT=8", now=MONDAY_NINE + timedelta(days=2)).same == 2
    later = WEEKLY.replace("T220000", "T230000")
    assert shelf.events(f"{later};COUNT=8", now=MONDAY_NINE + timedelta(days=2)) == Imported(2, 0, 0, 2, 6)
    assert shelf.starts() == ["11-23 22:00", "11-27 00:00", "11-30 23:00", "12-02 22:00", "12-07 23:00"]
    assert shelf.events(f"{later}\nSTATUS:CANCELLED", now=MONDAY_NINE + timedelta(days=2)).removed == 2


FAULTS: dict[str, tuple[str, str]] = {
    "a start that is none": ("SUMMARY:Freeze\nDTSTART:2026112", "“Freeze”: DTSTART can't be read"),
    "no start": ("SUMMARY:Freeze", "There must be one start"),
    "an end before the start": ("SUMMARY:Freeze\nDTSTART:20261127T09\nDTEND:20261127T08", "can't be read"),
    "ends before": ("SUMMARY:Freeze\nDTSTART:20261127T090000Z\nDTEND:20261127T080000Z", "It ends before it begins."),
    "a day and a time": ("SUMMARY:Freeze\nDTSTART;VALUE=DATE:20261127\nDTEND:20261128T080000Z", "begins on a day"),
    "an unknown zone": ("SUMMARY:Freeze\nDTSTART;TZID=Mars/Base:20261127T090000", "time zone “Mars/Base”"),
    "no kind": ("SUMMARY:Team lunch\nDTSTART:20261127T090000Z", "I can't tell what this is."),
    "no name": ("CATEGORIES:freeze\nDTSTART:20261127T090000Z", "Please give it a name."),
    "a rule that is none": ("SUMMARY:Freeze\nDTSTART:20261127T090000Z\nRRULE:FREQ=OFTEN", "RRULE can't be read"),
    "every minute": ("SUMMARY:Freeze\nDTSTART:20261127T090000Z\nRRULE:FREQ=MINUTELY", "more often than daily"),
    "a line that is none": ("SUMMARY:Freeze\nwhat is this\nDTSTART:20261127T090000Z", "a line can't be read"),
    "the year 1": ("SUMMARY:Freeze\nDTSTART:00010101T090000Z\nRRULE:FREQ=DAILY", "The year 1 can't be meant"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_event_is_told_with_its_place_and_nothing_is_taken(shelf: Shelf, name: str) -> None:
    event, said = FAULTS[name]
    with pytest.raises(Invalid) as told:
        shelf.events("UID:1\nSUMMARY:Freeze\nDTSTART;VALUE=DATE:20261127", f"UID:2\n{event}")
    first, place = told.value.words.splitlines()
    assert first == "Nothing was imported."
    assert place.startswith("line 8, event 2")
    assert said in place
    assert shelf.planned() == []


@pytest.mark.parametrize(
    "content", [b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nFOO\r\n", a_file(), b"BEGIN:VCALENDAR\xff\xfe"]
)
def test_a_file_that_is_no_calendar_says_so(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"no calendar file|has no events"):
        calendar_file.read(content, BERLIN, MONDAY_NINE)


def test_what_an_event_does_not_say_of_itself_can_be_said_for_all(shelf: Shelf) -> None:
    shelf.events("UID:1\nSUMMARY:Lunch\nLOCATION:Room 4\nDTSTART:20261127T090000Z", kind="maintenance")
    assert [(one.kind, one.site) for one in shelf.planned()] == [(PlannedKind.MAINTENANCE, "")]
    with pytest.raises(Invalid, match="“party” is no kind"):
        shelf.events("UID:1", kind="party")


def test_what_is_written_comes_back_the_same(shelf: Shelf) -> None:
    shelf.sheet(SHEET.replace("Black Friday", '"Black; Friday, “ü” 🧊\\nBEGIN:VEVENT"'))
    shelf.events(f"{WEEKLY};COUNT=7")
    written = calendar_text.write(shelf.planned(), BERLIN, MONDAY_NINE)
    before = shelf.planned()
    with shelf.store.unit_of_work() as uow:
        done = import_events(uow, TEAM, calendar_file.read(written, BERLIN, MONDAY_NINE), MONDAY_NINE)
    assert done == Imported(0, 0, 4)
    assert shelf.planned() == before


def test_the_feed_says_when_and_what_but_no_note_and_nobody(shelf: Shelf) -> None:
    shelf.sheet(SHEET)
    written = calendar_text.write_feed(shelf.planned(), BERLIN, MONDAY_NINE)
    freeze, patch = Calendar.from_ical(written).walk("VEVENT")
    assert (str(freeze["SUMMARY"]), str(time_in(freeze, "DTEND"))) == ("🧊 Freeze: Black Friday", "2026-12-01")
    assert (str(patch["LOCATION"]), str(time_in(patch, "DTSTART"))) == ("shop.example", "2026-12-02 21:00:00+00:00")
    assert b"Ask" not in written
    assert b"U2" not in written
