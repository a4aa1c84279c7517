"""Articles of a workspace: read first, which takes long, then stored with their index in one short unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import Invalid
from bot.domain.knowledge import Article, Passage, passages
from bot.ports import Read, Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article with each of its passages as it is found."""

    article: Article
    parts: Sequence[tuple[Passage, Read]]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles of an import are new, changed, and as they were; how many passages all of them have."""

    added: int
    changed: int
    same: int
    passages: int


def indexed(article: Article, reader: Reader) -> Indexed:
    """An article made ready to be stored. Raises Invalid for one without words."""
    parts = passages(article.body)
    if not parts:
        raise Invalid(f"“{article.title}” has no words in it.")
    title = article.title
    return Indexed(article, [(part, reader.read_passage(title, part.place, part.text)) for part in parts])


def import_articles(uow: UnitOfWork, workspace: str, ready: Iterable[Indexed]) -> Imported:
    """Add and change articles by their titles; the others stay. All are stored anew, also those as they were."""
    before = {article.key: article for article in uow.articles.of(workspace)}
    done = list(ready)
    for one in done:
        save_article(uow, workspace, one)
    same = sum(before.get(one.article.key) == one.article for one in done)
    added = sum(one.article.key not in before for one in done)
    return Imported(added, len(done) - same - added, same, sum(len(one.parts) for one in done))


def save_article(uow: UnitOfWork, workspace: str, ready: Indexed) -> None:
    """Store an article with its index, in place of the one with the same title."""
    uow.articles.save(workspace, ready.article, ready.parts)
