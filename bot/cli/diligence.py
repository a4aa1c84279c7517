"""`diligence export` and `diligence import`: a ticket's questions to its vendor, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.services.desk import Rulebook

FAULTS_TOLD = 20
Ticket = Annotated[str, typer.Argument(help="Such as IT-12.")]
Workspace = Annotated[str, typer.Option(help="Which workspace, if the database holds several.")]


def register(app: typer.Typer) -> None:
    """Add the group `diligence`."""
    group = typer.Typer(
        no_args_is_help=True, help="The questions to a tool's vendor, as a sheet to send and read back."
    )
    group.command("export")(export)
    group.command("import")(import_)
    app.add_typer(group, name="diligence")


def export(
    ticket: Ticket,
    to: Annotated[
        Path | None, typer.Option(help="Where to; .xlsx for a workbook. Without one, CSV is printed.")
    ] = None,
    workspace: Workspace = "",
) -> None:
    """Write the vendor's questions that the ticket's risk calls for, with what is known filled in."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.domain.diligence import Asker
    from bot.files import questionnaire
    from bot.services.diligence.diligence import known, require_standing
    from bot.services.tickets.tickets import number_of

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        found = require_standing(_rules(), uow, uow.tickets.get(where, number_of(ticket)))
    asked, answers = found.of(Asker.VENDOR), known(found)
    if to is None:
        sys.stdout.buffer.write(questionnaire.as_csv(asked, answers))
        return
    write = questionnaire.as_xlsx if to.suffix.lower() == ".xlsx" else questionnaire.as_csv
    to.write_bytes(write(asked, answers))
    print(f"✓ {len(asked)} questions in {to}, {len(found.open_with(Asker.VENDOR))} of them open.")


def import_(
    ticket: Ticket,
    file: Annotated[
        Path, typer.Argument(help="CSV or XLSX, with the columns “key” and “answer”, as export writes them.")
    ],
    workspace: Workspace = "",
) -> None:
    """Take the vendor's answers over: all of them, or none and a list of what is wrong."""
    from bot.cli.files import bytes_of
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.domain.answers import VENDOR
    from bot.domain.diligence import Asker
    from bot.domain.errors import Invalid
    from bot.files import questionnaire
    from bot.services.diligence.diligence_answers import import_answers
    from bot.services.diligence.own_questions import questions_of
    from bot.services.tickets.tickets import number_of

    rules, content = _rules(), bytes_of(file)
    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        theirs = [one for one in questions_of(rules, uow, where) if one.asker is Asker.VENDOR]
    back = questionnaire.read(content, theirs, VENDOR, rules.at().date())
    if back.faults:
        more = [f"and {len(back.faults) - FAULTS_TOLD} more"] if len(back.faults) > FAULTS_TOLD else []
        raise Invalid("\n  ".join(["Nothing was imported.", *back.faults[:FAULTS_TOLD], *more]))
    with store.unit_of_work() as uow:
        kept = import_answers(rules, uow, uow.tickets.get(where, number_of(ticket)), back.answers)
    print(f"✓ {kept} answers are new, {len(back.answers) - kept} as they were, {back.unanswered} not given.")


def _rules() -> Rulebook:
    from bot.ground import rulebook

    return rulebook()
