"""The meaning of a text as a vector: the shipped encoder, asked for nothing else."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np

from bot.detection import learned, shipped
from bot.detection.encoder import Encoder
from bot.detection.view import View
from bot.queues import Finding


class Meaning:
    """The encoder of a folder, read when it is first asked; without one there are no vectors."""

    def __init__(self, folder: Path = shipped.FOLDER) -> None:
        self._folder = folder

    def vector(self, text: str) -> list[float] | None:
        """A text's vector of length 1 (384), None where the encoder can't be read."""
        if self._encoder is None:
            return None
        found = self._encoder.vector(View(text, "", text))
        return [float(part) for part in found / max(float(np.linalg.norm(found)), 1e-9)]

    @cached_property
    def _encoder(self) -> Encoder | None:
        model = shipped.load(self._folder).model
        return model.encoder if model else None


def finding(folder: Path = shipped.FOLDER) -> Finding:
    """What `doctor` says of answering questions."""
    loaded = shipped.load(folder)
    if loaded.model is None or loaded.model.encoder is None:
        return Finding("Answers", False, f"Articles are found by their words alone: {loaded.fault}.", learned.MEND)
    return Finding("Answers", True, "Articles are found by words and by meaning.")
