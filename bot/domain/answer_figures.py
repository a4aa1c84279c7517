"""How well questions were answered: what stood first, what stood among three, and whether it was known when not to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tried:
    """One question that was tried. `wanted`: the article that answers it, None if none does that the asker may read.

    `ranked`: the articles found, likeliest first; `answered`: whether the first one was quoted as the answer.
    """

    id: str
    wanted: str | None
    ranked: Sequence[str]
    answered: bool
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the first article is the one wanted."""
        return self.wanted is not None and self.ranked[:1] == [self.wanted]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1; None where there is nothing to take a share of.

    `top1`, `top3`: of the answerable questions, those whose article came first or among the first three. `abstain_auc`:
    how often an answerable question has a higher confidence than one that is not (the area under the ROC curve).
    `wrong_confident`: of all questions, those answered with a wrong article, or though nothing answers them.
    `answered_right`: of the answerable ones, those answered, and rightly.
    """

    questions: int
    top1: float | None
    top3: float | None
    abstain_auc: float | None
    wrong_confident: float | None
    answered_right: float | None


def figures(tried: Sequence[Tried]) -> Figures:
    """The figures of some questions."""
    answerable = [one for one in tried if one.wanted is not None]
    rest = [one.confidence for one in tried if one.wanted is None]
    return Figures(
        len(tried),
        _share([one.is_right for one in answerable]),
        _share([one.wanted in one.ranked[:3] for one in answerable]),
        area([one.confidence for one in answerable], rest),
        _share([one.answered and not one.is_right for one in tried]),
        _share([one.answered and one.is_right for one in answerable]),
    )


def area(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """How often one of the first is greater than one of the second, a tie counting half; None without one of either."""
    if not higher or not lower:
        return None
    won = sum((one > other) + (one == other) / 2 for one in higher for other in lower)
    return won / (len(higher) * len(lower))


def _share(found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None
