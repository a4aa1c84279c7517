"""How fast a road map of 500 items with 800 dependencies is compared with another, reviewed, and drawn."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.domain.people import Side
from bot.domain.quarters import Quarter
from bot.domain.roadmap import Item, ItemStatus, RoadMap, Spend
from bot.domain.roadmap_diff import differences
from bot.domain.roadmap_edition import Draft, RoadMapRevision
from bot.domain.roadmap_review import Around, Awaited, review, standing
from bot.domain.workspace import Channel
from bot.now import utc_now
from bot.pictures.painter import AltairPainter
from bot.services.roadmap.changes import change_lines
from bot.services.roadmap.review_card import Told, review_card
from bot.services.roadmap.roadmap import View
from bot.services.roadmap.roadmap_card import shown_of
from bot.services.roadmap.roadmap_picture import roadmap_picture

ITEMS, NEEDS, ROUNDS = 500, 800, 5
TODAY = date(2026, 1, 5)
AIMS = (
    "aims: ≤ 1 s each; best of five rounds. The picture shows the 28 items that matter most, the rest stands in words"
)
STATUSES = (ItemStatus.PLANNED, ItemStatus.PROPOSED, ItemStatus.IN_PROGRESS, ItemStatus.DONE)


def take(sizes: Sizes, tell: Callable[[str], None]) -> Report:
    """Make a road map up, change half of it, and take the times."""
    source = random.Random(sizes.seed)
    old = _road_map(source)
    view = _view(old, _changed(old, source))
    around = Around([Awaited(f"Campaign {n}", TODAY + timedelta(days=7 * n), n) for n in range(1, 101)])
    before = standing(old, TODAY)
    tell("the difference of two")
    diff_s = _best(lambda: change_lines(differences(old, view.road_map), view))
    tell("a review")
    review_s = _best(lambda: review_card(Told(view, review(view.road_map, {}, before, around, TODAY), None)))
    tell("the picture")
    painter = AltairPainter()
    _draw(view, painter)  # what draws is loaded once a process
    picture_s = _best(lambda: _draw(view, painter))
    figures = {"diff_s": round(diff_s, 4), "review_s": round(review_s, 4), "picture_s": round(picture_s, 3)}
    rows = [[name.removesuffix("_s"), f"{seconds:.3f} s"] for name, seconds in figures.items()]
    return Report("roadmap", figures, [f"{ITEMS} items, {NEEDS} dependencies", "time"], rows, notes=AIMS)


def _draw(view: View, painter: AltairPainter) -> bytes:
    picture = roadmap_picture(shown_of(view, ()))
    return painter.png(picture.chart) if picture else b""


def _road_map(source: random.Random) -> RoadMap:
    """Two years of items, each of which may need earlier ones."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < NEEDS:
        one, other = sorted(source.sample(range(1, ITEMS + 1), 2))
        pairs.add((one, other))
    needs: dict[int, list[str]] = {}
    for one, other in sorted(pairs):
        needs.setdefault(other, []).append(f"RM-{one}")
    return RoadMap().put(*(_item(number, tuple(needs.get(number, ())), source) for number in range(1, ITEMS + 1)))


def _item(number: int, needs: tuple[str, ...], source: random.Random) -> Item:
    start = TODAY + timedelta(days=source.randrange(-60, 700))
    end = start + timedelta(days=source.randrange(5, 90))
    spend = (Spend(Quarter.of(start), Decimal(source.randrange(20_000)), Decimal(source.randrange(5_000))),)
    return Item(
        f"RM-{number}",
        f"What marketing needs, number {number}",
        start,
        end,
        technology=f"Tool {number % 40}",
        needs=needs,
        team=f"Team {number % 12}",
        serves=(number % 100,),
        spend=spend,
        sponsors={Side.IT: "@U1"} if number % 3 else {},
        status=source.choice(STATUSES),
    )


def _changed(old: RoadMap, source: random.Random) -> RoadMap:
    """Half of the items moved by some weeks, some with another rank, team or price."""
    later = timedelta(days=7 * source.randrange(1, 9))
    fresh = (replace(one, start=one.start + later, end=one.end + later, rank=at) for at, one in enumerate(old.items, 1))
    return old.put(*(one for one in fresh if source.random() < 0.5))


def _view(old: RoadMap, new: RoadMap) -> View:
    signed = RoadMapRevision(1, old, "U1", utc_now(), signed_at=utc_now())
    return View(Draft(new), signed, Channel("T1", "C1"), TODAY)


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)
