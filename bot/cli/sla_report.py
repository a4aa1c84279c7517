"""`sla report`: how the SLA was kept in a month, as text, CSV and picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.errors import Invalid

if TYPE_CHECKING:
    from bot.messages import Card


def report(
    month: Annotated[str, typer.Option(help="Such as 2026-11, november or “last month”; default this month.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Write a line for each clock into this CSV file.")] = None,
    picture: Annotated[Path | None, typer.Option(help="Draw the bars by week into this PNG file.")] = None,
    workspace: Annotated[str, typer.Option(help="Which workspace, if the database holds several.")] = "",
) -> None:
    """Print how each side kept the SLA in a month: in time, late, still open, and how long it took."""
    from bot.cli.feedback import working_store
    from bot.now import utc_now
    from bot.services.sla.sla_report import csv_of, month_of, report_card

    with working_store() as store:
        if store is None:
            raise Invalid("Nothing was ever stored here, so there is nothing to report.")
        with store.unit_of_work() as uow:
            record, chosen = month_of(uow, workspace, month, utc_now())
    card = report_card(record, chosen)
    print(words(card))
    if csv is not None:
        _write(csv, csv_of(record, chosen, {}).text.encode())
    if picture is not None:
        _draw(card, picture)


def words(card: Card) -> str:
    """A report for a terminal; people and tickets by their ids."""
    lines = [card.title.removeprefix("📊 "), plain(card.text), ""]
    lines += [f"{fact.label:28} {plain(fact.value).replace(chr(10), '; ')}" for fact in card.facts]
    for section in card.sections:
        lines += ["", section.title, *(f"  {plain(line.text)}" for line in section.lines)]
    return "\n".join([*lines, "", plain(card.note)]).strip()


def plain(text: object) -> str:
    """A text without any marks: the words of its spans, people by their ids."""
    if isinstance(text, str):
        return text
    if isinstance(text, tuple):
        return "".join(plain(one) for one in text)
    return next((str(getattr(text, name)) for name in ("words", "label", "person") if hasattr(text, name)), "")


def _draw(card: Card, file: Path) -> None:
    from bot.pictures.painter import AltairPainter

    if card.picture is None:
        raise Invalid("Nothing was decided in this month, so there is no picture.")
    _write(file, AltairPainter().png(card.picture.chart))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Invalid(f"{file} can't be written ({type(error).__name__}).") from None
