"""`decision export`: the record of a decision about a tool, as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the group `decision`."""
    group = typer.Typer(no_args_is_help=True, help="What was decided about a tool, and why.")
    group.command("export")(export)
    app.add_typer(group, name="decision")


def export(
    ticket: Annotated[str, typer.Argument(help="Its number, such as IT-12.")],
    to: Annotated[Path | None, typer.Option(help="Where to. Without one it is printed; people by their ids.")] = None,
    workspace: Annotated[str, typer.Option(help="Which workspace, if the database holds several.")] = "",
) -> None:
    """Print a ticket's decision record: what was asked, policy and rule, cost, answers, sign-offs, alternatives."""
    from bot.cli.files import write_text
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.ground import rulebook
    from bot.services.reviews.decision_record import record_of
    from bot.services.tickets.tickets import number_of

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        text = record_of(rulebook(), uow, uow.tickets.get(where, number_of(ticket)), {}).text
    if to is None:
        print(text, end="")
        return
    write_text(to, text)
    print(f"✓ The record of {ticket} is in {to}.")
