"""Articles as Markdown files with front matter: a folder read and checked as a whole, one article written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.domain.errors import Invalid
from bot.domain.knowledge import Article, Audience
from bot.files.yaml_text import MOST_TOLD, parse

MOST_CHARACTERS = 200_000
ENDINGS = frozenset({".md", ".markdown"})
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_NO_FRONT = "it must begin with a line ---, then title, owner, updated, audience and lang, then a line ---"
_NOT_NAME = re.compile(r"[^a-z0-9]+")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Front(BaseModel):
    """The front matter. Fields of other programs are left alone; the audience must be said, never guessed."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    title: Words
    owner: Words
    updated: date
    audience: Audience
    lang: Annotated[str, StringConstraints(to_lower=True, pattern=r"^[a-zA-Z]{2}(-[a-zA-Z]{2})?$")] = "en"
    review: date | None = Field(default=None)


def read_folder(folder: Path) -> tuple[Article, ...]:
    """Every article under a folder, by file name. Raises Invalid with all that is wrong and where."""
    if not folder.is_dir():
        raise Invalid(f"{folder} is not a folder; give the one that holds the Markdown files.")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    if not files:
        raise Invalid(f"There is no file in {folder}.")
    articles, faults = [], []
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            articles.append(read(name, _text(path)))
        except Invalid as error:
            faults.append(error.words)
    faults += same_titles(articles)
    if faults:
        more = len(faults) - MOST_TOLD
        raise Invalid("\n".join([*faults[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]))
    return tuple(articles)


def read(name: str, text: str) -> Article:
    """One article from its file's name and text. Raises Invalid with the name and the line or field."""
    found = _FRONT.match(text.replace("\r\n", "\n"))
    if found is None:
        raise Invalid(f"{name}, line 1: {_NO_FRONT}.")
    try:
        front = parse(f"\n{found[1] or ''}", Front)
    except Invalid as error:
        raise Invalid(f"{name}: {error.words}") from None
    body = text.replace("\r\n", "\n")[found.end() :].strip("\n")
    if not body.strip():
        raise Invalid(f"{name}: there is nothing below the front matter.")
    return Article(front.title, body, front.owner, front.updated, front.audience, front.lang, front.review, name)


def same_titles(articles: Iterable[Article]) -> list[str]:
    """A line for each article whose title another before it has."""
    first: dict[str, str] = {}
    return [
        f"{one.file}: the title “{one.title}” is also that of {before}; articles are known by their titles."
        for one in articles
        if (before := first.setdefault(one.key, one.file)) != one.file
    ]


def write(article: Article) -> str:
    """An article as a file that `read` takes back."""
    front = {
        "title": article.title,
        "owner": article.owner,
        "updated": article.updated,
        "audience": article.audience.value,
        "lang": article.lang,
    }
    if article.review_on:
        front["review"] = article.review_on
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{head}---\n\n{article.body.strip()}\n"


def write_folder(folder: Path, articles: Sequence[Article]) -> None:
    """Write each article as a file of its own. Raises Invalid in words if a file can't be written."""
    for article, name in zip(articles, file_names(articles), strict=True):
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(write(article), encoding="utf-8")
        except OSError as error:
            raise Invalid(f"{folder / name} can't be written: {error.strerror}.") from None


def file_names(articles: Sequence[Article]) -> list[str]:
    """A file name for each article: the one it came with, else one of its title; each only once."""
    taken: set[str] = set()
    names = []
    for article in articles:
        stem = _safe(article.file.removesuffix(Path(article.file).suffix)) or _named(article.title)
        name, number = f"{stem}.md", 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}.md", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _text(path: Path) -> str:
    if path.suffix.lower() not in ENDINGS:
        raise Invalid(f"{path.name} is not Markdown: only files that end in .md are read.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{path.name} can't be read as text ({type(error).__name__}).") from None
    if len(text) > MOST_CHARACTERS:
        raise Invalid(f"{path.name} is too long: {MOST_CHARACTERS:,} characters at most.")
    return text


def _safe(stem: str) -> str:
    """A file's name without the ways out of a folder."""
    return "/".join(part for part in stem.split("/") if part.strip(". ")).replace("\\", "-")


def _named(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_NAME.sub("-", letters).strip("-") or "article"
