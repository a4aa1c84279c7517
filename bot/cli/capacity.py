"""`capacity`: what a load test says a site takes; `import` keeps it, `list` shows what is known."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.domain.capacity import Measured

BROUGHT = "k6's summary (JSON), JMeter's samples or Locust's statistics (CSV)."
NO_FILE = (
    "Say which file with --file, or keep a test for a site: capacity import FILE --site HOST. "
    "What is known already: capacity list."
)
COMMAND_LINE = "command line"


def register(app: typer.Typer) -> None:
    """Add the group `capacity`."""
    group = typer.Typer(help="What a load test says a site takes.", invoke_without_command=True)
    group.callback()(capacity)
    group.command("import")(import_)
    group.command("list")(list_)
    app.add_typer(group, name="capacity")


def capacity(
    context: typer.Context,
    file: Annotated[Path | None, typer.Option(help=BROUGHT)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
) -> None:
    """Read a load test: the requests a second it held, for capacity_requests_per_s of a `load` case."""
    from dataclasses import asdict

    from bot.cli.files import text_of
    from bot.domain.errors import Invalid
    from bot.files import load_test

    if context.invoked_subcommand is not None:
        return
    if file is None:
        raise Invalid(NO_FILE)
    found = load_test.read(text_of(file))
    print(json.dumps(asdict(found) | {"held": found.held}) if as_json else words(found))


def import_(
    file: Annotated[Path, typer.Argument(help=BROUGHT)],
    site: Annotated[str, typer.Option(help="The site it tested, such as shop.example.com.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When; today if left out.")] = None,
    by: Annotated[str, typer.Option(help="Who measured it.")] = COMMAND_LINE,
    workspace: Annotated[str, typer.Option(help="Which workspace, if the database holds several.")] = "",
) -> None:
    """Keep what a load test found as a site's capacity; answers on campaigns that lead there follow."""
    from bot.cli.files import text_of
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.domain.errors import Invalid
    from bot.files import load_test
    from bot.now import utc_now
    from bot.services.campaigns.sites import keep_test, taken_words

    found, today = load_test.read(text_of(file)), utc_now().date()
    day = on.date() if on else today
    if day > today:
        raise Invalid(f"{day} is still to come. When was it measured?")
    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        site_, record = keep_test(uow, where, site, found, day, by)
    print(f"✓ {site_.host} takes {taken_words(record)} ({record.how}), until {record.expires_on}.")


def list_(
    workspace: Annotated[str, typer.Option(help="Which workspace, if the database holds several.")] = "",
) -> None:
    """Show what is known of every site and system: what it takes, whom to ask, since when."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.domain.capacity import latest
    from bot.now import utc_now
    from bot.services.campaigns.limits import most_words
    from bot.services.campaigns.sites import taken_words

    store = open_up_to_date()
    where, today = only_workspace(store, workspace), utc_now().date()
    with store.unit_of_work() as uow:
        sites, records, limits = uow.sites.of(where), uow.sites.measured(where), uow.limits.of(where)
    for site in sites:
        record = latest(records, site.host, today)
        known = f"{taken_words(record)} ({record.how or 'as told'}), until {record.expires_on}" if record else ""
        print(f"{site.host}: {known or 'not measured, or no longer true'}")
    for one in limits:
        beyond = f"; more would take: {one.beyond}" if one.beyond else ""
        print(f"{one.system}: {most_words(one)}, ask {one.owner or 'IT'}, as of {one.told_on}{beyond}")
    if not sites and not limits:
        print("Nothing yet. Sites: /itcheck capacity or capacity import; other systems: /itcheck limits.")


def words(found: Measured) -> str:
    """The test for people."""
    from bot.domain.capacity import MOST_ERRORS, VALID_DAYS

    slow = f", 95 % answered within {found.p95_ms:.0f} ms" if found.p95_ms is not None else ""
    users = f" with {found.users} users" if found.users else ""
    first = f"{found.tool}: {found.requests_per_s:.1f} requests a second{users}, {found.errors:.1%} failed{slow}."
    if found.held:
        return f"{first}\nThe site held it. Count on it for {VALID_DAYS} days, and until the next release."
    return f"{first}\nThe site did not hold it: more than {MOST_ERRORS:.0%} failed. Test again with fewer requests."
