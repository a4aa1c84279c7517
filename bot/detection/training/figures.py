"""How well a model does: precision, recall and F1 of the labels, what it opens, and its false alarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.detection.features import Floats
from bot.domain.detection import LABEL_FROM, THRESHOLDS, Sensitivity

CLASSES = ("new_tool", "campaign", "none")
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 by class that occurs; opened tickets that were right, positives opened, false alarms.

    Shares of 1; None where there is nothing to take a share of.
    """

    count: int
    by_class: Mapping[str, tuple[float, float, float]]
    open_precision: float | None
    open_share: float | None
    hard_alarms: float | None
    hard_opened: float | None
    plain_alarms: float | None

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the classes that occur."""
        return float(np.mean([found[2] for found in self.by_class.values()]))


def measure(
    sure: Floats, wanted: Flags, hard: Sequence[bool], sensitivity: Sensitivity = Sensitivity.NORMAL
) -> Figures:
    """The figures of confidences (rows, labels) against what was wanted (rows, labels)."""
    limits = THRESHOLDS[sensitivity]
    found, surest = np.asarray(sure >= LABEL_FROM), sure.max(axis=1)
    opened, alarmed = surest >= limits.open, surest >= limits.ask
    right = np.asarray(wanted.any(axis=1))
    tricky = np.array(hard, bool) & ~right
    columns: dict[str, tuple[Flags, Flags]] = {
        "new_tool": (found[:, 0], wanted[:, 0]),
        "campaign": (found[:, 1], wanted[:, 1]),
        "none": (np.asarray(~found.any(axis=1)), ~right),
    }
    return Figures(
        count=len(sure),
        by_class={name: _scores(*columns[name]) for name in CLASSES if columns[name][1].any()},
        open_precision=_mean(right[opened]),
        open_share=_mean(opened[right]),
        hard_alarms=_mean(alarmed[tricky]),
        hard_opened=_mean(opened[tricky]),
        plain_alarms=_mean(alarmed[~right & ~tricky]),
    )


def _scores(found: Flags, wanted: Flags) -> tuple[float, float, float]:
    hits = float((found & wanted).sum())
    precision, recall = hits / max(1, found.sum()), hits / max(1, wanted.sum())
    return float(precision), float(recall), float(2 * hits / max(1, found.sum() + wanted.sum()))


def _mean(flags: Flags) -> float | None:
    return float(flags.mean()) if len(flags) else None
