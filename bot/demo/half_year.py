"""The half year of the demo's company, played day by day through the services up to the end of yesterday."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from bot.bench.dial import Dial
from bot.demo.campaigns import plan_campaigns
from bot.demo.cast import TEAMS, members_of, the_people
from bot.demo.diary import DAY, FRIDAY, Diary, at_work
from bot.demo.floor import Floor
from bot.demo.monthly import plan_months
from bot.demo.paper import Paper
from bot.demo.roadmap import plan_road_map
from bot.demo.setting_up import plan_load_tests, set_up
from bot.demo.tools import plan_tools
from bot.demo.weekly import plan_syncs
from bot.domain.policy import Policy

LOOKS = (8.0, 16.0)  # hours (UTC) of a working day at which the jobs look, beside the minute of each sync

Tell = Callable[[str], None]


def beginning(today: date, weeks: int) -> date:
    """The Monday on which it begins."""
    return today - timedelta(days=today.weekday(), weeks=weeks)


def morning_of(day: date) -> datetime:
    """Before anybody is at work."""
    return datetime.combine(day, time(6), UTC)


def on_paper(clock: Dial) -> Paper:
    """The chat of the company, empty."""
    rooms = {team.channel: members_of(team) for team in TEAMS}
    names = {team.channel: team.name.lower() for team in TEAMS}
    return Paper(the_people(), rooms, names, clock)


def play(floor: Floor, policy: Policy, span: tuple[date, date], seed: int, tell: Tell) -> None:
    """Play the days of a span, the last one not included, on an empty store."""
    begin, today = span
    source, diary = random.Random(seed), Diary()
    floor.clock.at = morning_of(begin)
    set_up(floor, policy)
    plan_load_tests(floor, diary, begin)
    plan_campaigns(floor, diary, begin, source)
    plan_tools(floor, diary, begin, source)
    plan_syncs(floor, diary, span, source)
    maker = plan_road_map(floor, diary, begin, source)
    plan_months(floor, diary, span, maker, source)
    day = begin
    while day < today:
        if day.day == 1 or day == begin:
            tell(f"{day:%B %Y}")
        for number, at in enumerate(looks_on(day)):
            _live(floor, diary, at, briefly=number > 0)
        day += DAY
    _live(floor, diary, datetime.combine(today, time(), UTC))


def looks_on(day: date) -> list[datetime]:
    """When the jobs look on a day: often enough for all that is due to be told on it."""
    if day.weekday() > FRIDAY:
        return []
    syncs = [at_work(day, team.sync_hour, team.zone) for team in TEAMS if team.sync_weekday == day.weekday()]
    return sorted({*syncs, *(at_work(day, hour, "UTC") for hour in LOOKS)})


def _live(floor: Floor, diary: Diary, until: datetime, *, briefly: bool = False) -> None:
    """Everything people do before a time, then what is due at it."""
    while (found := diary.due(until)) is not None:
        at, act = found
        floor.clock.at = max(at, floor.clock.at)
        act()
    floor.clock.at = until
    floor.look(briefly=briefly)
