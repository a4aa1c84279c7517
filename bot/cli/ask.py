"""`ask eval`: how well questions are answered from articles, those that ship or any others."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.domain.answer_figures import Figures, Tried
    from bot.domain.knowledge import Article
    from bot.files.asked import Question
    from bot.ports import Reader, UnitOfWork
    from storage.store import Store

SHIPPED = Path(__file__).parents[1] / "retrieval/evaluation"
WORKSPACE = "evaluation"


def register(app: typer.Typer) -> None:
    """Add the group `ask`."""
    group = typer.Typer(no_args_is_help=True, help="How questions are answered.")
    group.callback()(lambda: None)
    group.command("eval")(evaluate)
    app.add_typer(group, name="ask")


def evaluate(
    articles: Annotated[Path | None, typer.Option(help="A folder of Markdown files, instead of those shipped.")] = None,
    questions: Annotated[Path | None, typer.Option(help="JSON lines: id, question, asker, lang, article.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Where to write what was found, as JSON lines.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Try questions on articles and print top-1, top-3, abstention and wrong confident answers."""
    from bot.domain.answer_figures import figures
    from bot.domain.errors import Invalid
    from bot.files.articles import read_folder
    from bot.files.asked import prediction_lines, read_questions

    if (articles is None) != (questions is None):
        raise Invalid("Give both --articles and --questions, or neither for the set that ships.")
    asked = read_questions(questions or SHIPPED / "questions.jsonl")
    tried = _tried(read_folder(articles or SHIPPED / "articles"), asked)
    if predictions:
        predictions.write_text("".join(f"{line}\n" for line in prediction_lines(tried)), encoding="utf-8")
    parts = {"all": tried}
    if questions is None:  # the confidence was fitted to one half of the questions that ship
        parts |= {
            name: [one for one in tried if _half(one) == half] for half, name in enumerate(("fitted to", "kept apart"))
        }
    found = {name: figures(part) for name, part in parts.items()}
    print(json.dumps(_numbers(found["all"])) if as_json else "\n".join(_lines(found)))


def _tried(articles: Sequence[Article], asked: Sequence[Question]) -> list[Tried]:
    from bot.app import make_reader
    from bot.services.ask.knowledge import import_articles

    reader = make_reader()
    with _store() as store:
        with store.unit_of_work() as uow:
            import_articles(uow, WORKSPACE, articles, reader)
        with store.unit_of_work() as uow:
            return [_try(uow, one, reader) for one in asked]


def _try(uow: UnitOfWork, one: Question, reader: Reader) -> Tried:
    from bot.domain.answer_figures import Tried
    from bot.domain.knowledge import readable
    from bot.domain.people import Role
    from bot.services.ask.ask import find_answer

    audiences = readable([Role.LIAISON] if one.asker == "it" else [])
    answer = find_answer(uow, WORKSPACE, one.question, reader.read(one.question), audiences)
    ranked = [source.article.file for source in answer.sources]
    return Tried(one.id, one.article, ranked, answer.is_sure, answer.confidence)


def _half(one: Tried) -> int:
    """Which half of the questions this is of, by its name alone."""
    return zlib.crc32(one.id.encode()) % 2


@contextmanager
def _store() -> Iterator[Store]:
    """A store of its own, gone afterwards."""
    from tempfile import TemporaryDirectory

    from bot.now import utc_now
    from storage.engine import make_engine
    from storage.store import Store

    with TemporaryDirectory() as folder:
        store = Store(make_engine(f"sqlite:///{folder}/evaluation.sqlite3"), utc_now)
        store.migrate()
        try:
            yield store
        finally:
            store.close()


def _numbers(found: Figures) -> dict[str, float | int | None]:
    names = ("questions", "top1", "top3", "abstain_auc", "wrong_confident", "answered_right")
    values = {name: getattr(found, name) for name in names}
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


def _lines(found: dict[str, Figures]) -> Iterator[str]:
    rows = {name: _numbers(one) for name, one in found.items()}
    yield f"{'':16}" + "".join(f"{name:>12}" for name in rows)
    for figure in rows["all"]:
        values = (row[figure] for row in rows.values())
        yield f"{figure:16}" + "".join(f"{_written(value):>12}" for value in values)


def _written(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
