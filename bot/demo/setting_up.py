"""The first days: the channels are set up, roles named, tools and sites entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.demo.campaigns import EVENTS, SHOP
from bot.demo.cast import BRAND, HOLDERS, IT_MANAGER, LIAISONS, MARKETING_MANAGER, TEAMS, WORKSPACE
from bot.demo.floor import Floor
from bot.domain.policy import Policy
from bot.services.tools.catalogue_import import import_tools

# Name, category, status, yearly cost in EUR, seats, note.
TOOLS: Sequence[tuple[str, str, str, str, str, str]] = (
    ("Mailchimp", "email_automation", "approved", "6000", "12", "The newsletter and its lists"),
    ("Matomo", "analytics", "approved", "1900", "", "Visits of shop and events"),
    ("Canva", "collaboration", "approved", "2400", "20", "Pictures for social media"),
    ("Hootsuite", "social_listening", "approved", "4300", "6", "Publishing in one place"),
    ("Salesforce", "crm", "approved", "52000", "30", "Customers and their orders"),
    ("Contentful", "content_management", "approved", "11000", "8", "Pages of shop and events"),
)
CAPACITIES: Mapping[str, str] = {SHOP: "140", EVENTS: "60"}


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
    for site, amount in CAPACITIES.items():
        floor.types_and_fills(
            BRAND.liaison, BRAND.channel, f"capacity {site}", site=site, amount=amount, how="load test, 30 minutes"
        )
    _enter_tools(floor, policy)


def _enter_tools(floor: Floor, policy: Policy) -> None:
    columns = ("name", "category", "status", "yearly_cost", "seats", "note")
    lines = [
        (number, dict(zip(columns, row, strict=True)) | {"owner": f"@{BRAND.liaison}"})
        for number, row in enumerate(TOOLS, 2)
    ]
    with floor.store.unit_of_work() as uow:
        import_tools(uow, WORKSPACE, lines, policy, floor.clock(), IT_MANAGER)
