"""Whether a layer learned from answers may take the place of the one before: figures before and after, and the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.detection.features import Floats
from bot.detection.training.adapting import Told
from bot.detection.training.corpus import Row
from bot.detection.training.figures import Figures, measure
from bot.domain.detection import THRESHOLDS, Sensitivity

F1_FALLS_BY, PRECISION_FALLS_BY, OPENED_FALLS_BY = 0.005, 0.01, 0.05
ALARMS_RISE_BY, RIGHT_FALLS_BY = 0.01, 0.01
RULE = (
    "It is swapped in only if, on the shipped held-out messages, macro-F1 falls by no more than 0.005, the precision of"
    " what is opened by no more than 1 point, the positives opened by no more than 5 points, and alarms on hard"
    " negatives rise by no more than 1 point; and if, on the answers, the share judged right falls by no more than"
    " 1 point and the log loss falls."
)
_LEAST_SURE = 1e-6


@dataclass(frozen=True)
class Judged:
    """How a model does on the held-out messages and on the answers.

    `right`: the share of answers where it would speak up for a yes (from the threshold `ask` on) and not for a no.
    """

    held_out: Figures
    right: float
    log_loss: float


@dataclass(frozen=True)
class Compared:
    """The model before and after; `faults` say which parts of the rule are broken."""

    before: Judged
    after: Judged

    @property
    def faults(self) -> tuple[str, ...]:
        """What got worse, in words; empty if it may be swapped in."""
        old, new = self.before, self.after
        parts = (
            (old.held_out.macro_f1 - new.held_out.macro_f1 > F1_FALLS_BY, "macro-F1 on the held-out messages"),
            (
                _share(old.held_out.open_precision) - _share(new.held_out.open_precision) > PRECISION_FALLS_BY,
                "precision of what is opened of the held-out messages",
            ),
            (
                _share(old.held_out.open_share) - _share(new.held_out.open_share) > OPENED_FALLS_BY,
                "positives opened of the held-out messages",
            ),
            (
                _share(new.held_out.hard_alarms) - _share(old.held_out.hard_alarms) > ALARMS_RISE_BY,
                "alarms on hard negatives of the held-out messages",
            ),
            (old.right - new.right > RIGHT_FALLS_BY, "share of the answers judged right"),
            (new.log_loss >= old.log_loss, "log loss of the answers"),
        )
        return tuple(words for broken, words in parts if broken)


def judge(held_out: tuple[Floats, Sequence[Row]], answers: tuple[Floats, Told]) -> Judged:
    """How confidences (rows, labels) do on held-out rows and on answered messages."""
    sure, rows = held_out
    wanted = np.array([row.wanted for row in rows], bool)
    said, told = answers
    likely, is_one = said[told.known], told.wanted[told.known]
    asked = likely >= THRESHOLDS[Sensitivity.NORMAL].ask
    chance = np.clip(np.where(is_one, likely, 1 - likely), _LEAST_SURE, 1)
    return Judged(
        held_out=measure(sure, wanted, [row.hard for row in rows]),
        right=float((asked == is_one).mean()),
        log_loss=float(-np.log(chance).mean()),
    )


def table(found: Compared, held_out: int, answers: int) -> list[str]:
    """The comparison in lines."""
    old, new = found.before, found.after
    return [
        f"{'':52}{'before':>9}{'after':>9}",
        f"shipped held-out messages, never trained on ({held_out})",
        _line("macro-F1", old.held_out.macro_f1, new.held_out.macro_f1),
        _line("precision of what is opened, %", *_percents(old.held_out.open_precision, new.held_out.open_precision)),
        _line("positives opened, %", *_percents(old.held_out.open_share, new.held_out.open_share)),
        _line("hard negatives asked or opened, %", *_percents(old.held_out.hard_alarms, new.held_out.hard_alarms)),
        f"this workspace's answers, each judged unseen ({answers})",
        _line("judged right, %", *_percents(old.right, new.right)),
        _line("log loss", old.log_loss, new.log_loss),
    ]


def _line(name: str, before: float, after: float) -> str:
    return f"  {name:50}{before:9.3f}{after:9.3f}"


def _percents(*shares: float | None) -> tuple[float, ...]:
    return tuple(100 * _share(share) for share in shares)


def _share(share: float | None) -> float:
    return 0.0 if share is None else share
