"""What a workspace's own answers have taught: a last layer in the data folder, beside the shipped model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.detection import shipped
from bot.detection.features import Floats
from bot.detection.shipped import Damaged, Loaded
from bot.findings import Finding

LAYER, LIST = "learned.npz", "learned.json"
FORMAT = 1
_AGAIN = "Run python -m bot detection train --with-feedback again, or python -m bot detection reset."


@dataclass(frozen=True)
class Layer:
    """The last layer over the encoder's vector: `weights` (labels, size of the vector) and `bias` (labels)."""

    weights: Floats
    bias: Floats


def adapted(loaded: Loaded, base: Path, folder: Path | None) -> Loaded:
    """The shipped model of the folder `base` with the learned layer of `folder` in it, if there is one that fits."""
    model = loaded.model
    if folder is None or model is None or model.encoder is None:
        return loaded
    try:
        layer = read(folder, base)
    except Damaged:
        return loaded
    if layer is None or layer.weights.shape != model.head.weights.shape or layer.bias.shape != model.head.bias.shape:
        return loaded
    return replace(loaded, model=replace(model, head=replace(model.head, weights=layer.weights, bias=layer.bias)))


def read(folder: Path, base: Path = shipped.FOLDER) -> Layer | None:
    """The learned layer, None if nothing was learned. Raises Damaged, in words, for one that can't be used."""
    described = describe(folder)
    if described is None:
        return None
    if described.get("base") != shipped.fingerprint(base / shipped.LIST):
        raise Damaged("it was learned on another version of the shipped model")
    try:
        if shipped.fingerprint(folder / LAYER) != described["sha256"]:
            raise Damaged(f"{LAYER} is not the file that was written")
        with np.load(folder / LAYER, allow_pickle=False) as arrays:
            return Layer(arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32))
    except (OSError, ValueError, KeyError) as error:
        raise Damaged(f"{LAYER} can't be read") from error


def describe(folder: Path) -> Mapping[str, Any] | None:
    """What is written beside the layer: when, from how many answers; None if nothing was learned. Raises Damaged."""
    if not (folder / LIST).is_file():
        return None
    try:
        described = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(f"{LIST} can't be read") from error
    if not isinstance(described, dict) or described.get("format") != FORMAT:
        raise Damaged(f"{LIST} is not of format {FORMAT}")
    return described


def write(layer: Layer, folder: Path, answers: int, at: datetime, base: Path = shipped.FOLDER) -> None:
    """Put a layer into the folder, in place of the one before; whoever reads meanwhile finds a whole one or none."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LIST).unlink(missing_ok=True)
    with (folder / f"{LAYER}.new").open("wb") as file:
        np.savez_compressed(file, weights=layer.weights, bias=layer.bias)
    (folder / f"{LAYER}.new").replace(folder / LAYER)
    described = {
        "format": FORMAT,
        "at": at.isoformat(),
        "answers": answers,
        "base": shipped.fingerprint(base / shipped.LIST),
        "sha256": shipped.fingerprint(folder / LAYER),
    }
    (folder / f"{LIST}.new").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
    (folder / f"{LIST}.new").replace(folder / LIST)


def remove(folder: Path) -> bool:
    """Back to the shipped model. False if nothing was learned."""
    there = (folder / LIST).exists() or (folder / LAYER).exists()
    for name in (LIST, LAYER):
        (folder / name).unlink(missing_ok=True)
    return there


def finding(folder: Path, base: Path = shipped.FOLDER) -> Finding:
    """What `doctor` says of it."""
    what = "Learned from answers"
    try:
        layer, described = read(folder, base), describe(folder)
    except Damaged as error:
        return Finding(what, False, f"Not used: {error}. The shipped model decides.", _AGAIN)
    if layer is None or described is None:
        mend = "/itcheck setup switches learning on; then, in time: python -m bot detection train --with-feedback"
        return Finding(what, None, "Nothing yet: the shipped model decides.", mend)
    return Finding(what, True, f"{described.get('answers')} answers, on {str(described.get('at'))[:10]}.")
