"""The sentence encoder: a small BERT in ONNX, run by onnxruntime on one core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bot.detection.features import Floats
from bot.detection.view import View
from bot.detection.wordpiece import WordPiece

MOST_PIECES, MOST_CONTEXT = 112, 48  # pieces of the text and of its context that are read


class Encoder:
    """Turns a message into one vector."""

    def __init__(self, session: Any, words: WordPiece) -> None:
        self._session = session
        self._words = words

    @classmethod
    def load(cls, model: Path, vocabulary: Path) -> Encoder:
        """Read model and vocabulary. Raises ImportError or OSError where onnxruntime can't be loaded, ValueError
        where it can't read the model."""
        import onnxruntime  # noqa: PLC0415 - heavy, and may be missing or broken: then we do without

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except RuntimeError as error:  # what onnxruntime raises for a file it can't read
            raise ValueError("onnxruntime can't read the encoder") from error
        return cls(session, WordPiece.load(vocabulary))

    def vector(self, view: View) -> Floats:
        """The message as a vector (384): the mean of the encoder's last states."""
        read = self._words.read(view.text, view.context, MOST_PIECES, MOST_CONTEXT)
        ids = np.array([read.ids], np.int64)
        given = {"ids": ids, "mask": np.ones_like(ids), "segments": np.array([read.segments], np.int64)}
        return np.asarray(self._session.run(None, given)[0][0], np.float32)
