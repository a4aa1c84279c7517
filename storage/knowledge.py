"""Articles in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.domain.knowledge import Article, Audience, Passage
from bot.ports.knowledge import Read, Vector
from storage.sql import insert_into
from storage.tables_knowledge import ArticleRow, KnowledgeVersionRow, PassageCountRow, PassageRow
from storage.vectors import CHANGED

_ALIKE = ("key", "title", "body", "owner", "updated", "lang", "review_on", "file")
_FIELDS = tuple(name for name in _ALIKE if name != "key")
ALL_OF_THEM = ""  # the word whose number is that of all passages
_FRESH = {"populate_existing": True}


class SqlArticles:
    """Implements bot.ports.Articles within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, workspace: str, article: Article, index: Sequence[tuple[Passage, Read]]) -> None:
        """Store an article and its passages, in place of the ones with the same title."""
        values = {name: getattr(article, name) for name in _ALIKE} | {"audience": article.audience.value}
        row = insert_into(self._session, ArticleRow).values(workspace=workspace, **values)
        fresh = {name: row.excluded[name] for name in values if name != "key"}
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace", "key"], set_=fresh))
        self._clear(workspace, article.key)
        of = {"workspace": workspace, "article": article.key, "audience": article.audience.value}
        rows = [of | _indexed(passage, read) for passage, read in index]
        if rows:
            self._session.execute(insert(PassageRow), rows)
            self._count(workspace, [(article.audience.value, str(row["words"])) for row in rows], 1)

    def get(self, workspace: str, key: str) -> Article | None:
        """The article with this key."""
        mine = (ArticleRow.workspace == workspace, ArticleRow.key == key)
        row = self._session.scalars(select(ArticleRow).where(*mine), execution_options=_FRESH).first()
        return _article(row) if row else None

    def of(self, workspace: str) -> Sequence[Article]:
        """The articles of a workspace, by key."""
        wanted = select(ArticleRow).where(ArticleRow.workspace == workspace)
        rows = self._session.scalars(wanted, execution_options=_FRESH)
        return sorted((_article(row) for row in rows), key=lambda one: one.key)

    def due(self, workspace: str, until: date) -> Sequence[Article]:
        """The articles that should be looked at again by a day, the most overdue first, then by key."""
        mine = (ArticleRow.workspace == workspace, ArticleRow.review_on <= until)
        wanted = select(ArticleRow).where(*mine).order_by(ArticleRow.review_on, ArticleRow.key)
        return [_article(row) for row in self._session.scalars(wanted, execution_options=_FRESH)]

    def remove(self, workspace: str, key: str) -> bool:
        """Delete an article with its passages. False if there is none."""
        self._clear(workspace, key)
        mine = (ArticleRow.workspace == workspace, ArticleRow.key == key)
        gone = self._session.execute(delete(ArticleRow).where(*mine).returning(ArticleRow.key))
        return gone.first() is not None

    def _clear(self, workspace: str, key: str) -> None:
        self._session.info[CHANGED] = True
        self._turn(workspace)
        mine = (PassageRow.workspace == workspace, PassageRow.article == key)
        gone = delete(PassageRow).where(*mine).returning(PassageRow.audience, PassageRow.words)
        self._count(workspace, [(audience, words) for audience, words in self._session.execute(gone)], -1)

    def _turn(self, workspace: str) -> None:
        """A new version; whoever else changes this workspace's passages waits here."""
        row = insert_into(self._session, KnowledgeVersionRow).values(workspace=workspace, version=1)
        newer = {"version": KnowledgeVersionRow.version + 1}
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace"], set_=newer))

    def _count(self, workspace: str, passages: Iterable[tuple[str, str]], by: int) -> None:
        found: Counter[tuple[str, str]] = Counter()
        for audience, words in passages:
            found.update((audience, word) for word in (ALL_OF_THEM, *words.split()))
        rows = [
            {"workspace": workspace, "audience": audience, "word": word, "passages": by * number}
            for (audience, word), number in found.items()
        ]
        if rows:
            row = insert_into(self._session, PassageCountRow)
            more = {"passages": PassageCountRow.passages + row.excluded.passages}
            alike = ["workspace", "audience", "word"]
            self._session.execute(row.on_conflict_do_update(index_elements=alike, set_=more), rows)


def packed(vector: Vector | None) -> bytes | None:
    """A vector as it is stored."""
    return None if vector is None else np.asarray(vector, "<f2").tobytes()


def _indexed(passage: Passage, read: Read) -> dict[str, object]:
    return {
        "place": passage.place,
        "text": passage.text,
        "words": " ".join(dict.fromkeys(read.words)),
        "vector": packed(read.vector),
    }


def _article(row: ArticleRow) -> Article:
    return Article(audience=Audience(row.audience), **{name: getattr(row, name) for name in _FIELDS})
