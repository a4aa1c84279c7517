"""The sentence encoder: a small BERT in ONNX, run by onnxruntime on one core. It reads a message and tags its words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.detection.features import Floats
from bot.detection.tags import Tag, Tagged
from bot.detection.view import View
from bot.detection.wordpiece import Pieces, WordPiece

MOST_PIECES, MOST_CONTEXT = 112, 48  # pieces of the text and of its context that are read


@dataclass(frozen=True)
class Seen:
    """What one pass sees of a message: its vector (384), and the tags of its text and of its context."""

    vector: Floats
    text: Tagged
    context: Tagged


class Encoder:
    """Turns a message into one vector, and its words into tags."""

    def __init__(self, session: Any, words: WordPiece) -> None:
        self._session = session
        self._words = words

    @classmethod
    def load(cls, model: Path, vocabulary: Path) -> Encoder:
        """Read model and vocabulary. Raises ImportError or OSError where onnxruntime can't be loaded, ValueError
        where it can't read the model."""
        return cls(open_session(model), WordPiece.load(vocabulary))

    def see(self, view: View) -> Seen:
        """The message as the encoder sees it; the vector is the mean of its last states."""
        read = self._words.read(view.text, view.context, MOST_PIECES, MOST_CONTEXT)
        ids = np.array([read.ids], np.int64)
        given = {"ids": ids, "mask": np.ones_like(ids), "segments": np.array([read.segments], np.int64)}
        vector, tags = self._session.run(None, given)
        return Seen(np.asarray(vector[0], np.float32), *tagged(view, read, np.asarray(tags[0], np.float32)))

    def vector(self, view: View) -> Floats:
        """The message as a vector alone."""
        return self.see(view).vector


def open_session(model: Path) -> Any:
    """A model in ONNX, ready to run on one core. Raises ImportError or OSError where onnxruntime can't be loaded,
    ValueError where it can't read the model."""
    import onnxruntime  # noqa: PLC0415 - heavy, and may be missing or broken: then we do without

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except RuntimeError as error:  # what onnxruntime raises for a file it can't read
        raise ValueError("onnxruntime can't read the encoder") from error


def tagged(view: View, read: Pieces, tags: Floats) -> tuple[Tagged, Tagged]:
    """The tags of text and context: `tags` (pieces, 2 * tags) are log-odds of lying in a span, then of beginning it."""
    places, segments = np.array(read.places, np.int64), np.array(read.segments)
    found = []
    for segment, text in enumerate((view.text, view.context)):
        at = np.flatnonzero((segments == segment) & (places[:, 0] >= 0))
        found.append(Tagged(text, places[at], tags[at, : len(Tag)], tags[at, len(Tag) :]))
    return found[0], found[1]
