"""`knowledge import`, `export`, `list` and `reindex`: the articles that questions are answered from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Workspace = Annotated[str, typer.Option(help="Which workspace, if the database holds several.")]


def register(app: typer.Typer) -> None:
    """Add the group `knowledge`."""
    group = typer.Typer(no_args_is_help=True, help="The articles that questions are answered from.")
    group.command("import")(import_)
    group.command("export")(export)
    group.command("list")(list_)
    group.command("reindex")(reindex)
    app.add_typer(group, name="knowledge")


def import_(
    folder: Annotated[Path, typer.Argument(help="Markdown files with title, owner, updated, audience, lang on top.")],
    workspace: Workspace = "",
) -> None:
    """Add and change articles by their titles: every file of the folder, or none and a list of what is wrong."""
    from bot.app import make_reader
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.files.articles import read_folder
    from bot.services.ask.knowledge import import_articles, indexed

    articles = read_folder(folder)
    store = open_up_to_date()
    where = only_workspace(store, workspace)
    reader = make_reader()
    ready = [indexed(article, reader) for article in articles]
    with store.unit_of_work() as uow:
        done = import_articles(uow, where, ready)
    print(f"✓ {done.added} added, {done.changed} changed, {done.same} as they were; {done.passages} passages.")


def export(
    folder: Annotated[Path, typer.Argument(help="Where to; it is made if it is not there.")],
    workspace: Workspace = "",
) -> None:
    """Write every article as a Markdown file that import takes back."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.files.articles import write_folder

    store = open_up_to_date()
    with store.unit_of_work() as uow:
        articles = uow.articles.of(only_workspace(store, workspace))
    write_folder(folder, articles)
    print(f"✓ {len(articles)} articles in {folder}.")


def reindex(workspace: Workspace = "") -> None:
    """Read every article anew, after the encoders have changed."""
    from bot.app import make_reader
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.services.ask.knowledge import import_articles, indexed

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        known = uow.articles.of(where)
    reader = make_reader()
    ready = [indexed(article, reader) for article in known]
    with store.unit_of_work() as uow:
        done = import_articles(uow, where, ready)
    print(f"✓ {done.same} articles read anew, {done.passages} passages.")


def list_(workspace: Workspace = "") -> None:
    """Print the articles there are, one a line."""
    from bot.cli.stores import only_workspace, open_up_to_date

    store = open_up_to_date()
    with store.unit_of_work() as uow:
        articles = uow.articles.of(only_workspace(store, workspace))
    for one in articles:
        review = f", review {one.review_on}" if one.review_on else ""
        print(f"{one.title} [{one.lang}, {one.audience.value}] {one.owner}, {one.updated}{review}")
    if not articles:
        print("None yet. `python -m bot knowledge import DIR` adds some.")
