"""Finding passages in the database: by words in its full-text index, by meaning in vectors compared exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, cast, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from bot.domain.knowledge import Audience, Passage
from bot.ports.knowledge import Counts, Hit, Vector
from storage.knowledge import ALL_OF_THEM
from storage.tables_knowledge import PassageCountRow, PassageRow
from storage.vectors import Vectors

MOST_LOOKED_AT = 2_000  # passages whose words are compared one by one
_LEXEMES: ColumnElement[Any] = literal_column("array_to_tsvector(string_to_array(passage.words, ' '))")
_MATCHES = text("passage.id IN (SELECT rowid FROM passage_text WHERE passage_text MATCH :typed)")


class SqlPassages:
    """Implements bot.ports.Passages within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        bind: Any = session.get_bind()
        self._is_postgres = bind.dialect.name == "postgresql"
        self._vectors: Vectors = bind.engine.get_execution_options()["vectors"]

    def counts(self, workspace: str, audiences: Sequence[Audience], words: Sequence[str]) -> Counts:
        """How common some words are in what these audiences may read."""
        named = [ALL_OF_THEM, *dict.fromkeys(words)]
        wanted = (
            select(PassageCountRow.word, func.sum(PassageCountRow.passages))
            .where(PassageCountRow.workspace == workspace)
            .where(PassageCountRow.audience.in_([one.value for one in audiences]), PassageCountRow.word.in_(named))
            .group_by(PassageCountRow.word)
        )
        found = {word: int(number) for word, number in self._session.execute(wanted)}
        return Counts(found.get(ALL_OF_THEM, 0), {word: found.get(word, 0) for word in named[1:]})

    def find(
        self,
        workspace: str,
        audiences: Sequence[Audience],
        weights: Mapping[str, float],
        vector: Vector | None,
        most: int,
    ) -> Sequence[Hit]:
        """The `most` passages with the heaviest words in common and the `most` nearest in meaning, each once, by id."""
        mine = _readable(workspace, audiences)
        asked = None if vector is None else np.asarray(vector, np.float32)
        found = set(self._worded(workspace, audiences, weights, most)) if weights else set()
        if asked is not None:
            found |= set(self._vectors.nearest(self._session, workspace, audiences, asked, most))
        wanted = select(PassageRow).where(*mine, PassageRow.id.in_(sorted(found))).order_by(PassageRow.id)
        return [_hit(row, asked) for row in self._session.scalars(wanted)]

    def _worded(
        self, workspace: str, audiences: Sequence[Audience], weights: Mapping[str, float], most: int
    ) -> Sequence[int]:
        """The ids of passages by the sum of the weights of the words they have in common with the question."""
        mine = _readable(workspace, audiences)
        words = self._telling(workspace, audiences, weights)
        wanted = select(PassageRow.id, PassageRow.words).where(*mine)
        if self._is_postgres:
            wanted = wanted.where(_LEXEMES.op("@@")(_query(words)))
        else:
            wanted = wanted.where(_MATCHES.bindparams(typed=_quoted(words)))
        rows = [(_weight(held, weights), id_) for id_, held in self._session.execute(wanted.limit(MOST_LOOKED_AT))]
        return [id_ for _, id_ in sorted(rows, key=lambda row: (-row[0], row[1]))[:most]]

    def _telling(self, workspace: str, audiences: Sequence[Audience], weights: Mapping[str, float]) -> Sequence[str]:
        """The rarest of the words, as long as not too many passages hold them; the rarest one always."""
        of = self.counts(workspace, audiences, list(weights)).of
        telling: list[str] = []
        number = 0
        for word in sorted(weights, key=lambda one: (of[one], one)):
            number += of[word]
            if telling and number > MOST_LOOKED_AT:
                break
            telling.append(word)
        return telling


def _readable(workspace: str, audiences: Sequence[Audience]) -> tuple[ColumnElement[bool], ...]:
    return (PassageRow.workspace == workspace, PassageRow.audience.in_([one.value for one in audiences]))


def _weight(held: str, weights: Mapping[str, float]) -> float:
    return sum(weights.get(word, 0.0) for word in held.split(" "))


def _query(words: Sequence[str]) -> ColumnElement[Any]:
    """Any of the words, for PostgreSQL: quoted, so that no sign in them is an operator."""
    quoted = " | ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words)
    return cast(quoted, TSQUERY)


def _quoted(words: Sequence[str]) -> str:
    """Any of the words, for SQLite: quoted, so that no sign in them is an operator."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def _hit(row: PassageRow, asked: NDArray[np.float32] | None) -> Hit:
    similarity = None
    if asked is not None and row.vector is not None and len(row.vector) == 2 * len(asked):
        similarity = float(np.frombuffer(row.vector, "<f2").astype(np.float32) @ asked)
    return Hit(row.id, row.article, Passage(row.text, row.place), tuple(row.words.split()), similarity)
