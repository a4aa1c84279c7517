"""How fast a question finds its passages among 50,000: by meaning, by words, and both, on SQLite."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.domain.knowledge import Article, Audience, Passage
from bot.now import utc_now
from bot.ports import Read, UnitOfWork
from bot.services.ask.ask import CANDIDATES, ranking
from storage.engine import make_engine
from storage.store import Store

AIMS = "aims: meaning ≤ 50 ms at 50,000 passages of 1,152 numbers; 30 questions of 8 to 14 words; encoding not counted"
PASSAGES, QUESTIONS = 50_000, 30
_ARTICLES, _SIZE, _VOCABULARY, _LENGTH = 50, 1_152, 20_000, 60
_SKEW = 1.2  # of how often words are used, as in any language some much more than others (Zipf)
_TEAM = "T0BENCH"
_ALL = (Audience.EVERYONE, Audience.IT)

Tell = Callable[[str], None]


def take(sizes: Sizes, tell: Tell, passages: int = PASSAGES) -> Report:
    """Fill a database with random passages, and ask."""
    chance = np.random.default_rng(sizes.seed)
    with TemporaryDirectory() as folder:
        store = Store(make_engine(f"sqlite:///{Path(folder) / 'bench.sqlite3'}"), utc_now)
        store.migrate()
        try:
            tell(f"{passages:,} passages go in")
            for part in range(_ARTICLES):
                with store.unit_of_work() as uow:
                    _fill(uow, chance, part, passages // _ARTICLES)
            tell(f"{QUESTIONS} questions")
            figures = _ask(store, chance)
        finally:
            store.close()
    rows = [
        [name, f"{figures[f'{name}_median_ms']:.1f}", f"{figures[f'{name}_slowest_ms']:.1f}"]
        for name in ("meaning", "words", "whole")
    ]
    notes = f"{AIMS}; the first question after a start reads the vectors: {figures['first_ms']:.0f} ms"
    return Report("ask", figures, ["found by", "median ms", "slowest ms"], rows, notes=notes)


def _ask(store: Store, chance: np.random.Generator) -> dict[str, float]:
    asked = [_read(chance, int(chance.integers(8, 15))) for _ in range(QUESTIONS)]
    with store.unit_of_work() as uow:
        figures = {"first_ms": _timed(_by_meaning, uow, asked[0])}
        for name, work in (("meaning", _by_meaning), ("words", _by_words), ("whole", _by_both)):
            taken = [_timed(work, uow, one) for one in asked]
            figures |= {f"{name}_median_ms": median(taken), f"{name}_slowest_ms": max(taken)}
    return figures


def _timed(work: Callable[[UnitOfWork, Read], None], uow: UnitOfWork, one: Read) -> float:
    begun = time.perf_counter()
    work(uow, one)
    return 1000 * (time.perf_counter() - begun)


def _by_meaning(uow: UnitOfWork, one: Read) -> None:
    uow.passages.find(_TEAM, _ALL, {}, one.vector, CANDIDATES)


def _by_words(uow: UnitOfWork, one: Read) -> None:
    counts = uow.passages.counts(_TEAM, _ALL, one.words)
    uow.passages.find(_TEAM, _ALL, {word: 1.0 for word in one.words if counts.of[word]}, None, CANDIDATES)


def _by_both(uow: UnitOfWork, one: Read) -> None:
    ranking(uow, _TEAM, "Where?", one, _ALL)


def _fill(uow: UnitOfWork, chance: np.random.Generator, part: int, passages: int) -> None:
    audience = Audience.IT if part % 5 == 0 else Audience.EVERYONE
    article = Article(f"Article {part}", "Words.", "IT", date(2026, 1, 1), audience)
    uow.articles.save(_TEAM, article, [(Passage("Words."), _read(chance, _LENGTH)) for _ in range(passages)])


def _read(chance: np.random.Generator, length: int) -> Read:
    vector = chance.standard_normal(_SIZE).astype(np.float32)
    words = np.minimum(chance.zipf(_SKEW, length), _VOCABULARY)
    return Read(tuple(f"w{word}" for word in words), (vector / np.linalg.norm(vector)).tolist())
