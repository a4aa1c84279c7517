"""The sets that a model's figures are taken on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from bot.detection import shipped
from bot.detection.features import Floats
from bot.detection.learned import LearnedDetector
from bot.detection.shipped import Model
from bot.detection.training import corpus, pick
from bot.detection.training.card import by_language
from bot.detection.training.corpus import Row
from bot.detection.training.trainer import Trained
from bot.detection.view import look
from bot.domain.detection import NEW_TOOL, Heard

Judged = tuple[Sequence[Row], Floats]
_DAY = date(2026, 1, 15)  # names do not depend on the day


def judge(model: Model, rows: Sequence[Row]) -> Floats:
    """What the model as it ships says of rows (rows, labels; 0 to 1)."""
    return np.array([model.confidence(look(row.text, row.context or None)) for row in rows])


def sets(rows: Sequence[Row], trained: Trained, folder: Path) -> dict[str, Judged]:
    """The held-out voice judged by the model in the folder, whole and by language, then each voice out of fold.

    Rows without an out-of-fold answer (not a number) are left out. Raises ValueError where the model can't be read.
    """
    model = shipped.load(folder).model
    if model is None:
        raise ValueError("the model that was just written can't be read")
    unseen = corpus.voice(corpus.HELD_OUT)
    sure = judge(model, unseen)
    out_of_fold = trained.out_of_fold
    found: dict[str, Judged] = {"held-out voice": (unseen, sure)}
    found |= {f"held-out voice, {lang}": pair for lang, pair in by_language(unseen, sure).items()}
    for name in dict.fromkeys(row.voice for row in rows):
        places = [at for at, row in enumerate(rows) if row.voice == name and not np.isnan(out_of_fold[at]).any()]
        if places:
            found[f"{name}, {trained.how}"] = ([rows[at] for at in places], out_of_fold[np.array(places)])
    return found


def names(rows: Sequence[Row], folder: Path, *, noticed: bool = False) -> tuple[float, float]:
    """Precision and recall of the tool names that the model in the folder gives for rows, over all messages, or over
    those that are rightly `noticed` as new tools."""
    detector = LearnedDetector(folder)
    hits = given = wanted = 0
    for row in rows:
        heard = Heard(row.text, _DAY, row.context or None)
        said = detector.detect(heard)
        if noticed and NEW_TOOL not in row.labels.intersection(said.labels):
            continue
        found = {pick.plain(name) for name in said.tools}
        own = {pick.plain(name) for name in row.tools}
        hits, given, wanted = hits + len(found & own), given + len(found), wanted + len(own)
    return hits / max(1, given), hits / max(1, wanted)
