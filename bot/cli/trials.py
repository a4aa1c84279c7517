"""Questions tried on articles in a database of their own, which is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.answer_figures import Tried
    from bot.domain.answering import Asked, Ranked
    from bot.domain.knowledge import Article
    from bot.files.asked import Question
    from bot.ports import Reader, UnitOfWork

SHIPPED = Path(__file__).parents[1] / "retrieval/evaluation"
SECOND = SHIPPED.with_name("second")
HELD_OUT = SHIPPED.with_name("held_out")
WORKSPACE = "evaluation"


@dataclass(frozen=True)
class Trial:
    """Articles that were imported, ready to be asked."""

    uow: UnitOfWork
    reader: Reader

    def answer(self, one: Question) -> Tried:
        """What the bot would do with a question."""
        from bot.domain.answer_figures import Tried
        from bot.services.ask.ask import find_answer

        read = self.reader.read(one.question)
        answer = find_answer(self.uow, WORKSPACE, one.question, read, one.audiences, self.reader.judge)
        ranked = [source.article.file for source in answer.sources]
        return Tried(one.id, one.article, ranked, answer.is_sure, answer.confidence)

    def ranking(self, one: Question) -> tuple[Asked, Sequence[Ranked]]:
        """The articles a question finds, with their scores."""
        from bot.services.ask.ask import ranking

        return ranking(self.uow, WORKSPACE, one.question, self.reader.read(one.question), one.audiences)


def try_folder(folder: Path, judge: Path | None = None) -> list[Tried]:
    """A set that ships, tried, with another judge's file if one is given."""
    from bot.files.articles import read_folder
    from bot.files.asked import read_questions

    return try_all(read_folder(folder / "articles"), read_questions(folder / "questions.jsonl"), judge)


def try_all(articles: Sequence[Article], asked: Sequence[Question], judge: Path | None = None) -> list[Tried]:
    """Each question, tried on all articles that its asker may read."""
    with trial(articles, judge) as on:
        return [on.answer(one) for one in asked]


@contextmanager
def trial(articles: Sequence[Article], judge: Path | None = None) -> Iterator[Trial]:
    """A database with some articles in it."""
    from tempfile import TemporaryDirectory

    from bot.app import make_reader
    from bot.now import utc_now
    from bot.services.ask.knowledge import import_articles, indexed
    from storage.engine import make_engine
    from storage.store import Store

    reader = make_reader(judge)
    ready = [indexed(article, reader) for article in articles]
    with TemporaryDirectory() as folder:
        store = Store(make_engine(f"sqlite:///{folder}/evaluation.sqlite3"), utc_now)
        store.migrate()
        try:
            with store.unit_of_work() as uow:
                import_articles(uow, WORKSPACE, ready)
            with store.unit_of_work() as uow:
                yield Trial(uow, reader)
        finally:
            store.close()
