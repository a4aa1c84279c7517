"""The road map from sheets and Markdown: all of a file, or nothing and where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.errors import Invalid
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_edition import Draft
from bot.files import roadmap_text, sheets
from bot.services.roadmap.item_fields import COLUMNS, read_item, values_of
from bot.services.roadmap.item_import import ItemsImported, export_items, import_items
from tests.builders import TEAM, a_new_office
from tests.support.roadmaps import FULL, FULL_MAP

SAMPLE = Path(__file__).parents[2] / "docs" / "cases" / "roadmap.md"
SHEET = """id,need,start,end,needs,spend,why
search,Better search,2027-Q1,,feed,"2027-Q1: capex 10,000; 2027-Q2: opex 5",customers ask
feed,Clean product feed,2026-12,2026-12-20,,,
"""
CIRCLE = "id,need,start,needs\na,A,2027-Q1,b\nb,B,2027-Q2,c\nc,C,2027-Q2,a\n"
MARKDOWN = """# Road map

## Better search
- start: 2027-Q1
- spend: 2027-Q1: capex 10,000

## RM-9 Clean product feed
- start: 2026-12
* measured by: 2027-06-30
"""


class Shelf:
    """A store to import into."""

    def __init__(self) -> None:
        self.store = a_new_office().store

    def sheet(self, text: str) -> ItemsImported:
        with self.store.unit_of_work() as uow:
            return import_items(uow, TEAM, sheets.read(text.encode()))

    def markdown(self, text: str) -> ItemsImported:
        with self.store.unit_of_work() as uow:
            return import_items(uow, TEAM, roadmap_text.read(text.encode()))

    @property
    def draft(self) -> Draft:
        with self.store.unit_of_work() as uow:
            return uow.roadmap_drafts.get(TEAM)

    @property
    def road_map(self) -> RoadMap:
        return self.draft.road_map

    def holds(self, road_map: RoadMap) -> None:
        with self.store.unit_of_work() as uow:
            uow.roadmap_drafts.save(TEAM, Draft(road_map))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_sheet_goes_in_under_keys_of_ours_with_its_dependencies(shelf: Shelf) -> None:
    assert shelf.sheet(SHEET) == ItemsImported(2, 0, 0)
    search, feed = shelf.road_map.items
    assert (search.key, search.needs, feed.key) == ("RM-1", ("RM-2",), "RM-2")
    assert [one.quarter.name for one in search.spend] == ["2027-Q1", "2027-Q2"]
    assert shelf.draft.reasons == {"RM-1": "customers ask"}


def test_what_comes_out_goes_in_again_and_changes_nothing(shelf: Shelf) -> None:
    shelf.holds(FULL_MAP)
    rows = export_items(shelf.road_map)
    assert shelf.sheet(sheets.write_csv(COLUMNS, rows).decode("utf-8-sig")) == ItemsImported(0, 0, 2)
    assert shelf.markdown(roadmap_text.write(rows)) == ItemsImported(0, 0, 2)
    assert (shelf.road_map, shelf.draft.version) == (FULL_MAP, 1)


def test_an_item_reads_back_from_its_own_fields() -> None:
    assert read_item(values_of(FULL), FULL.key, "EUR") == (FULL, {})


def test_a_known_key_changes_that_item_and_leaves_what_the_file_does_not_name(shelf: Shelf) -> None:
    shelf.holds(FULL_MAP)
    assert shelf.sheet("id,technology,why\nrm-7,Findly,cheaper\n") == ItemsImported(0, 1, 0)
    item = shelf.road_map.by_key["RM-7"]
    assert (item.technology, item.spend, item.outcome) == ("Findly", FULL.spend, FULL.outcome)
    assert shelf.draft.reasons == {"RM-7": "cheaper"}


def test_the_road_map_in_the_docs_can_be_taken_over(shelf: Shelf) -> None:
    assert shelf.markdown(SAMPLE.read_text(encoding="utf-8")) == ItemsImported(3, 0, 0)
    assert [one.key for one in shelf.road_map.items] == ["RM-1", "RM-2", "RM-3"]
    assert shelf.draft.reasons == {"RM-2": "a third of the visitors search, and half of them leave"}


def test_markdown_reads_as_it_is_written(shelf: Shelf) -> None:
    assert shelf.markdown(MARKDOWN) == ItemsImported(2, 0, 0)
    assert [(one.key, one.need) for one in shelf.road_map.items] == [
        ("RM-10", "Better search"),
        ("RM-9", "Clean product feed"),
    ]
    assert str(shelf.road_map.by_key["RM-9"].measure.by) == "2027-06-30"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("need,start\nA,2027-Q5\nB,soon\n", "line 2, start: There is no quarter 5"),
        ("need,start\nA,2027-Q5\nB,soon\n", "line 3, start: “soon” is no day"),
        ("need,start,end\nA,2027-03-01,2027-02-01\n", "line 2, end: It ends on 2027-02-01, before it starts"),
        (CIRCLE, "line 2, line 3, line 4, needs: These would wait for each other for ever"),
        ("need,start,needs\nA,2027-Q1,RM-99\n", "line 2, needs: RM-99 is not on the road map"),
        ("need,start,price\nA,2027-Q1,3\n", "line 2: there is nothing called “price” here"),
        ("need,outcome\nA,B\n", "there must be a column “start”"),
        ("id,need,start\nx,A,2027-Q1\nX,B,2027-Q1\n", "line 3, id: the same as in line 2"),
        ("need,start,spend\nA,2027-Q1,2027-Q1: lots\n", "line 2, spend"),
        ("need,start\nA,2027-Q1\n,2027-Q1\n", "line 3, need: Please say what is needed"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_nothing_is_imported(shelf: Shelf, sheet: str, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        shelf.sheet(sheet)
    assert told in refused.value.words
    assert shelf.draft.version == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("## A\n- start 2027-Q1\n", "line 2: “- start 2027-Q1” is no line of an item"),
        ("## A\n- start: 2027-Q1\n- start: 2027-Q2\n", "line 3: “start” is there twice"),
        ("## A\n- start: 2027-Q1\n- price: 3\n", "line 1: there is nothing called “price” here"),
        ("nothing\n", "The file has no items"),
        ("## A\n- start: 2027-Q9\n", "line 1, start: There is no quarter 9"),
    ],
)
def test_a_fault_in_markdown_names_its_line(shelf: Shelf, text: str, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        shelf.markdown(text)
    assert told in refused.value.words
    assert shelf.draft.version == 0
