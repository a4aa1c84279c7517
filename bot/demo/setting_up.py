"""The first days: the channels are set up, roles named, tools and sites entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.demo.campaigns import EVENTS, SHOP
from bot.demo.cast import BRAND, HOLDERS, IT_MANAGER, LIAISONS, MARKETING_MANAGER, TEAMS, WORKSPACE
from bot.demo.diary import Diary, at_work
from bot.demo.floor import Floor
from bot.demo.tools import THERE
from bot.domain.capacity import VALID_DAYS
from bot.domain.policy import Policy
from bot.services.tools.catalogue_import import import_tools

CAPACITIES: Mapping[str, str] = {SHOP: "140", EVENTS: "60"}  # requests a second
MEASURED_AFTER = (0, 75, 150)  # days after the beginning


def set_up(floor: Floor, policy: Policy) -> None:
    """As an admin does it on the first morning: the IT manager, who is asked first, becomes the admin."""
    for team in TEAMS:
        floor.types_and_fills(
            IT_MANAGER, team.channel, "setup", liaison=team.liaison, it_manager=IT_MANAGER,
            marketing_manager=MARKETING_MANAGER, zone=team.zone, sync_weekday=str(team.sync_weekday),
            sync_hour=str(team.sync_hour),
        )  # fmt: skip
    liaisons = " ".join(f"<@{one}>" for one in LIAISONS)
    floor.types(IT_MANAGER, BRAND.channel, f"people liaison {liaisons}")
    for role, people in HOLDERS.items():
        named = " ".join(f"<@{one}>" for one in people)
        floor.types(IT_MANAGER, BRAND.channel, f"people {role.value} {named}")
    _enter_tools(floor, policy)


def plan_load_tests(floor: Floor, diary: Diary, begin: date) -> None:
    """Write down when the sites are measured: anew before a test is too old to count."""
    for days in MEASURED_AFTER:
        diary.add(at_work(begin + timedelta(days=days), 16, BRAND.zone), lambda: _measure(floor))


def _measure(floor: Floor) -> None:
    for site, amount in CAPACITIES.items():
        test = {"site": site, "amount": amount, "how": "load test, 30 minutes", **_of(floor.clock().date())}
        floor.types_and_fills(BRAND.liaison, BRAND.channel, f"capacity {site}", **test)


def _of(day: date) -> dict[str, str]:
    return {"measured_on": day.isoformat(), "expires_on": (day + timedelta(days=VALID_DAYS)).isoformat()}


def _enter_tools(floor: Floor, policy: Policy) -> None:
    columns = ("name", "category", "status", "yearly_cost", "seats", "note")
    lines = [
        (number, dict(zip(columns, row, strict=True)) | {"owner": f"@{BRAND.liaison}"})
        for number, row in enumerate(THERE, 2)
    ]
    with floor.store.unit_of_work() as uow:
        import_tools(uow, WORKSPACE, lines, policy, floor.clock(), IT_MANAGER)
