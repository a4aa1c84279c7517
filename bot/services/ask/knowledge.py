"""Articles of a workspace: imported as a whole folder, indexed in the same unit of work, exported again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import Invalid
from bot.domain.knowledge import Article, Passage, passages
from bot.ports import Read, Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles of an import are new, changed, and as they were; how many passages all of them have."""

    added: int
    changed: int
    same: int
    passages: int


def import_articles(uow: UnitOfWork, workspace: str, articles: Sequence[Article], reader: Reader) -> Imported:
    """Add and change articles by their titles; the others stay. All are indexed anew, also those as they were."""
    before = {article.key: article for article in uow.articles.of(workspace)}
    parts = [save_article(uow, workspace, article, reader) for article in articles]
    same = sum(before.get(article.key) == article for article in articles)
    added = sum(article.key not in before for article in articles)
    return Imported(added, len(articles) - same - added, same, sum(parts))


def save_article(uow: UnitOfWork, workspace: str, article: Article, reader: Reader) -> int:
    """Store an article with its index; how many passages it has. Raises Invalid for one without words."""
    parts = passages(article.body)
    if not parts:
        raise Invalid(f"“{article.title}” has no words in it.")
    uow.articles.save(workspace, article, [(part, read_passage(reader, article, part)) for part in parts])
    return len(parts)


def read_passage(reader: Reader, article: Article, passage: Passage) -> Read:
    """A passage as it is searched: with the article's title and the headings above it, which often say what it is."""
    return reader.read(". ".join(filter(None, (article.title, passage.place, passage.text))))
