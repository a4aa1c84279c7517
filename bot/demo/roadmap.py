"""The road map of the demo: imported, signed, changed by new items and by what each review decides."""

from __future__ import annotations

import random
from datetime import date, timedelta

from bot.demo.cast import BRAND, IT_MANAGER, MARKETING_MANAGER, WORKSPACE
from bot.demo.diary import Diary, at_work
from bot.demo.floor import Floor
from bot.demo.items import FIRST, GOALS, LATER, Idea
from bot.demo.paper import direct
from bot.domain.quarters import Quarter
from bot.domain.roadmap import Item, ItemStatus
from bot.services.roadmap.item_import import import_items

IMPORTED_AFTER = 3  # days after the beginning
SIGNED_AFTER = (10, 80, 145)
ADDED_AFTER = (40, 62, 88, 118, 150)
LIMIT = 75_000  # EUR a quarter
DECIDED_MOST = 9  # of one review
SLIPS = (
    "the vendor answers late", "the data had more gaps than we knew", "the team was needed for the sale",
    "legal wants to see the contract first",
)  # fmt: skip
BEGUN, DONE = ("the team is free now", "what it waits for is done"), ("it is live, and both sides use it",)


def plan_road_map(floor: Floor, diary: Diary, begin: date, source: random.Random) -> Maker:
    """Write down when it is imported, put before both sides, added to; who keeps it."""
    maker = Maker(floor, diary, begin, source)

    def on(days: int, hour: float) -> None:
        diary.add(at_work(begin + timedelta(days=days), hour, BRAND.zone), maker.submit)

    diary.add(at_work(begin + timedelta(days=IMPORTED_AFTER), 10, BRAND.zone), maker.begin_it)
    for days in SIGNED_AFTER:
        on(days, 15)
    for days, idea in zip(ADDED_AFTER, LATER, strict=True):
        maker.expect(begin + timedelta(days=days), idea)
    return maker


class Maker:
    """Who keeps the road map, and changes it in the draft."""

    def __init__(self, floor: Floor, diary: Diary, begin: date, source: random.Random) -> None:
        self._floor, self._diary, self._begin, self._source = floor, diary, begin, source

    def begin_it(self) -> None:
        """The first items from a sheet, the goals, and what a quarter may cost."""
        rows = []
        for number, idea in enumerate(FIRST, 1):
            status = "in progress" if idea.starts < IMPORTED_AFTER else "planned"
            row = idea.answers(self._begin) | idea.more(self._begin, number) | {"status": status}
            rows.append((number + 1, row))
        with self._floor.store.unit_of_work() as uow:
            import_items(uow, WORKSPACE, rows)
        for figure, percent in GOALS.items():
            self._floor.types(BRAND.liaison, BRAND.channel, f"roadmap goal {figure} {percent}")
        quarter = Quarter.of(self._begin)
        for _ in range(5):
            self._floor.types(IT_MANAGER, BRAND.channel, f"roadmap limit {quarter.name} {LIMIT}")
            quarter = quarter.after

    def submit(self) -> None:
        """Put the draft before both managers, who sign within two days."""
        self._floor.types(BRAND.liaison, BRAND.channel, "roadmap sign")
        number = str(self._floor.read(lambda uow: uow.roadmap_revisions.heads(WORKSPACE))[-1].number)
        today = self._floor.clock().date()
        for days, manager in enumerate((MARKETING_MANAGER, IT_MANAGER), 1):
            at = at_work(today + timedelta(days=days), 9.5 + days, BRAND.zone)
            self._diary.add(at, lambda who=manager: self._floor.presses(who, "roadmap_yes", number, direct(who)))  # type: ignore[misc]

    def expect(self, day: date, idea: Idea) -> None:
        """Marketing proposes an item; the liaison takes it in on the next day."""
        self._diary.add(at_work(day, 11, idea.side.zone), lambda: self._propose(idea))
        self._diary.add(at_work(day + timedelta(days=1), 15, idea.side.zone), lambda: self._take_in(idea))

    def decide(self, month: str) -> None:
        """What the meeting decides on the review of a month: what has begun, is done, or comes later."""
        last = self._floor.read(lambda uow: uow.roadmap_reviews.last(WORKSPACE))
        if last is None or last.slot.name != month:
            return
        decided = 0
        for item in self._items():
            answers = self._verdict(item)
            if answers and decided < DECIDED_MOST:
                self._floor.fills(
                    BRAND.liaison,
                    "roadmap_decide",
                    month,
                    BRAND.channel,
                    item=item.key,
                    by=MARKETING_MANAGER,
                    **answers,
                )
                decided += 1

    def _verdict(self, item: Item) -> dict[str, str]:
        today = self._floor.clock().date()
        if item.status is ItemStatus.PLANNED and item.start <= today:
            return {"verdict": ItemStatus.IN_PROGRESS.value, "why": self._source.choice(BEGUN)}
        if item.status in {ItemStatus.IN_PROGRESS, ItemStatus.LAUNCH} and item.end < today + timedelta(days=5):
            if self._source.random() < 0.65:
                return {"verdict": ItemStatus.DONE.value, "why": DONE[0]}
            end = item.end + timedelta(days=self._source.choice((21, 35)))
            return {"end": str(max(end, today + timedelta(days=14))), "why": self._source.choice(SLIPS)}
        if item.status is ItemStatus.IN_PROGRESS and item.end < today + timedelta(days=25):
            return {"verdict": ItemStatus.LAUNCH.value, "why": "what is left is the switch-over"}
        return {}

    def _items(self) -> list[Item]:
        draft = self._floor.read(lambda uow: uow.roadmap_drafts.get(WORKSPACE))
        return [one for one in draft.road_map.ranked if one.is_open]

    def _propose(self, idea: Idea) -> None:
        by = idea.side.marketers[2]
        self._floor.types_and_fills(by, idea.side.channel, "roadmap add", **idea.answers(self._begin))

    def _take_in(self, idea: Idea) -> None:
        key = next(one.key for one in self._items() if one.need == idea.need)
        rank = FIRST.index(FIRST[-1]) + 2 + LATER.index(idea)
        people = {name: value.removeprefix("@") for name, value in idea.more(self._begin, rank).items()}
        self._floor.types_and_fills(
            idea.side.liaison, idea.side.channel, f"roadmap people {key}", why="marketing asked for it", **people
        )
        self._floor.types_and_fills(
            idea.side.liaison, idea.side.channel, f"roadmap edit {key}", status="planned", why="there is room for it"
        )
