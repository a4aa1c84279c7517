"""The light model: a logistic regression over hashed words and runs of characters. NumPy only, well under 1 ms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.detection.features import Floats, Sparse, counted, counted_signs, weighed
from bot.detection.view import View


@dataclass(frozen=True)
class Light:
    """`rarity` of each bucket (ROOM), `weights` of each bucket for each label (labels, ROOM), `bias` (labels)."""

    rarity: Floats
    weights: Floats
    bias: Floats

    def log_odds(self, view: View) -> Floats:
        """How much a message speaks for each label (labels), above 0 for rather yes."""
        said = [self.weights[:, part.at] @ part.value for part in parts(view, self.rarity)]
        return np.asarray(sum(said) + self.bias, np.float32)


def parts(view: View, rarity: Floats) -> tuple[Sparse, Sparse]:
    """The two vectors a message is seen as: its words, and its words with names as signs."""
    return weighed(counted(view.text, view.context), rarity), weighed(counted_signs(view.marked), rarity)
