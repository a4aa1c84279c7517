"""`detection report`: how detection did, as the people of the workspace judged it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.domain.errors import Invalid

if TYPE_CHECKING:
    from bot.domain.judgement import Period, Tally
    from storage.store import Store

EMPTY = (
    "Nothing was opened or asked in the last {weeks} weeks. As soon as the bot speaks up in a marketing channel, "
    "its tickets and questions are counted here, and what people said of them."
)
HEAD = ("week", "channel", "opened", "right", "wrong", "precision", "asked", "yes", "no", "precision", "missed")
NOT_JUDGED = "–"


def report(
    weeks: Annotated[int, typer.Option(min=1, max=520, help="How many weeks to look back.")] = 12,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show how right detection was, as people judged it: by week and channel."""
    periods, names = _read(weeks)
    if as_json:
        print(json.dumps(described(periods, names), indent=2))
    elif not periods:
        print(EMPTY.format(weeks=weeks))
    else:
        print("\n".join(lines(periods, names)))


@contextmanager
def working_store() -> Iterator[Store | None]:
    """The database that the bot of these settings works with; without chat tokens the sandbox's, if there is one.

    None if nothing was ever stored. Raises StoreUnavailable, Invalid for settings or a database of another version.
    """
    from bot.ground import open_store
    from bot.practice import open_working_sandbox
    from bot.settings import load_settings

    settings = load_settings()
    practice = open_working_sandbox(settings)
    kind, _, file = settings.store_url.partition(":///")
    if practice is None and kind == "sqlite" and not Path(file).is_file():
        yield None
        return
    store = practice or open_store(settings)
    try:
        health = store.check()
        if health.revision and not health.is_up_to_date:
            raise Invalid("The database is of another version of the bot. It is migrated when the bot starts.")
        yield store if health.revision else None
    finally:
        store.close()


def described(periods: Mapping[Period, Tally], names: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """The report as plain JSON values; precisions are shares of 1, null where nobody has judged."""
    rows = []
    for period, found in periods.items():
        name = names.get((period.workspace, period.conversation), "")
        rows.append(period._asdict() | {"channel": name} | _figures(found))
    return {"periods": rows, "total": _figures(_total(periods))}


def lines(periods: Mapping[Period, Tally], names: Mapping[tuple[str, str], str]) -> list[str]:
    """The report as a table, with what its columns mean under it."""
    rows: list[tuple[str, ...]] = [HEAD]
    for period, found in periods.items():
        name = names.get((period.workspace, period.conversation)) or period.conversation
        rows.append((period.week, f"#{name}", *_cells(found)))
    rows.append(("all", "", *_cells(_total(periods))))
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [
        *table,
        "",
        "opened: tickets opened unasked; right = resolved, wrong = “Not this”. asked: private questions to the author.",
        "missed: messages that were ignored, for which somebody opened a ticket by hand.",
        "precision: of what people judged; – where nobody has yet.",
    ]


def _read(weeks: int) -> tuple[Mapping[Period, Tally], Mapping[tuple[str, str], str]]:
    from bot.now import utc_now
    from bot.services.intake.judgements import judged_precision

    with working_store() as store:
        if store is None:
            return {}, {}
        with store.unit_of_work() as uow:
            periods = judged_precision(uow, utc_now() - timedelta(weeks=weeks))
            places = {(one.workspace, one.conversation) for one in periods}
            channels = {place: uow.workspaces.channel(*place) for place in places}
    return periods, {place: channel.name for place, channel in channels.items() if channel}


def _total(periods: Mapping[Period, Tally]) -> Tally:
    from bot.domain.judgement import Tally

    counts = [asdict(one) for one in periods.values()]
    return Tally(**{name: sum(count[name] for count in counts) for name in asdict(Tally())})


def _figures(found: Tally) -> dict[str, Any]:
    return asdict(found) | {
        "opened_precision": _rounded(found.opened_precision),
        "asked_precision": _rounded(found.asked_precision),
    }


def _cells(found: Tally) -> tuple[str, ...]:
    opened, asked = found.right + found.wrong + found.unjudged, found.yes + found.no + found.unanswered
    judged = (found.right, found.wrong, _percent(found.opened_precision))
    answered = (found.yes, found.no, _percent(found.asked_precision))
    return tuple(str(cell) for cell in (opened, *judged, asked, *answered, found.missed))


def _percent(share: float | None) -> str:
    return NOT_JUDGED if share is None else f"{100 * share:.0f} %"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
