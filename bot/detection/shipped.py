"""The model as it lies in a folder: reading it, and what is left of it when something is missing or damaged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.detection.doubts import doubted
from bot.detection.encoder import Encoder, Seen
from bot.detection.features import Floats
from bot.detection.light import Light
from bot.detection.picking import TELLING, Picker
from bot.detection.view import View

FOLDER = Path(__file__).with_name("model")
LIST, ENCODER, VOCABULARY, LIGHT, HEAD = "model.json", "encoder.onnx", "vocabulary.txt", "light.npz", "head.npz"
NAMES = "names.npz"
FORMAT = 3


class Damaged(Exception):
    """A file of the model is missing or not the one that was shipped; says which."""


@dataclass(frozen=True)
class Head:
    """From the encoder's vector and the light model's log-odds to calibrated log-odds of the labels.

    `weights` (labels, 384) and `bias` (labels) belong to the vector; `mix` (labels, 3) weighs the encoder's log-odds,
    the light model's and 1; `alone` (labels, 2) the light model's and 1 where there is no encoder. `doubt` (labels) is
    taken from the light model's log-odds, before they are joined, where words make a label unlikely.
    """

    weights: Floats
    bias: Floats
    mix: Floats
    alone: Floats
    doubt: Floats = field(default_factory=lambda: np.zeros(2, np.float32))

    def joined(self, vector: Floats, light: Floats) -> Floats:
        """The log-odds of both models together (labels)."""
        encoder = self.weights @ vector + self.bias
        both = self.mix[:, 0] * encoder + self.mix[:, 1] * light + self.mix[:, 2]
        return np.asarray(both, np.float32)

    def by_light(self, light: Floats) -> Floats:
        """The log-odds of the light model alone (labels)."""
        return self.alone[:, 0] * light + self.alone[:, 1]


@dataclass(frozen=True)
class Judged:
    """How sure each label is (labels, 0 to 1), and what the encoder saw where it was asked."""

    sure: Floats
    seen: Seen | None = None


@dataclass(frozen=True)
class Model:
    """What could be loaded. Messages that the light model takes for neither (below `dismiss`) go no further."""

    light: Light
    head: Head
    picker: Picker
    dismiss: float
    encoder: Encoder | None

    def confidence(self, view: View) -> Floats:
        """How sure each label is (labels), 0 to 1."""
        return self.judged(view).sure

    def judged(self, view: View) -> Judged:
        """How sure each label is, and the tags of the words where the encoder was asked."""
        light = self.light.log_odds(view)
        alone = _share(self.head.by_light(light))
        if self.encoder is None or float(alone.max()) < self.dismiss:
            return Judged(alone)
        try:
            seen = self.encoder.see(view)
        except RuntimeError:  # onnxruntime out of memory or threads: the light answer is better than none
            return Judged(alone)
        return Judged(_share(self.head.joined(seen.vector, light - self.head.doubt * doubted(view))), seen)

    def at_a_glance(self, view: View) -> Floats:
        """How sure the light model alone is of each label (labels), 0 to 1."""
        return _share(self.head.by_light(self.light.log_odds(view)))

    def evidence(self, view: View) -> Floats:
        """The light model's log-odds as they are joined with the encoder's (labels)."""
        return self.light.log_odds(view) - self.head.doubt * doubted(view)


@dataclass(frozen=True)
class Loaded:
    """The model, or None where not even the light one is there; `fault` says what is missing, empty if nothing."""

    model: Model | None
    fault: str = ""


def load(folder: Path = FOLDER) -> Loaded:
    """Read the model. What is missing, damaged or can't be loaded is left out and named; nothing is raised."""
    try:
        described = _described(folder)
        light = _light(_checked(folder, LIGHT, described))
        head = _head(_checked(folder, HEAD, described))
        picker = _picker(_checked(folder, NAMES, described))
        dismiss = float(described["dismiss"])
    except (Damaged, OSError, ValueError, KeyError, TypeError) as error:
        return Loaded(None, f"the light model can't be read ({_said(error)})")
    try:
        encoder = Encoder.load(_checked(folder, ENCODER, described), _checked(folder, VOCABULARY, described))
    except (Damaged, ImportError, OSError, ValueError, KeyError) as error:
        return Loaded(Model(light, head, picker, dismiss, None), f"the encoder can't be read ({_said(error)})")
    return Loaded(Model(light, head, picker, dismiss, encoder))


def fingerprint(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _described(folder: Path) -> dict[str, Any]:
    described = json.loads((folder / LIST).read_text(encoding="utf-8"))
    if not isinstance(described, dict) or described.get("format") != FORMAT:
        raise Damaged(f"{LIST} is not of format {FORMAT}")
    return described


def _checked(folder: Path, name: str, described: dict[str, Any]) -> Path:
    file = folder / name
    if not file.is_file():
        raise Damaged(f"{name} is missing")
    if fingerprint(file) != described["sha256"][name]:
        raise Damaged(f"{name} is not the file that was shipped")
    return file


def _light(file: Path) -> Light:
    with np.load(file, allow_pickle=False) as arrays:
        return Light(*(arrays[name].astype(np.float32) for name in ("rarity", "weights", "bias")))


def _head(file: Path) -> Head:
    with np.load(file, allow_pickle=False) as arrays:
        return Head(*(arrays[name].astype(np.float32) for name in ("weights", "bias", "mix", "alone", "doubt")))


def _picker(file: Path) -> Picker:
    with np.load(file, allow_pickle=False) as arrays:
        bias, limit, joined_limit = (float(arrays[name]) for name in ("bias", "limit", "joined_limit"))
        weights, joined = (arrays[name].astype(np.float32) for name in ("weights", "joined"))
    if joined.shape != (TELLING,):
        raise Damaged(f"{NAMES} is of another version")
    return Picker(weights, bias, limit, joined, joined_limit)


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), np.float32)


def _said(error: Exception) -> str:
    """A fault in a few words, without paths of this machine."""
    return str(error) if isinstance(error, Damaged) else type(error).__name__
