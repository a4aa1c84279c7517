"""Training the shipped model anew: out-of-fold figures first, then the model of all rows, then its files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.detection import shipped
from bot.detection.encoder import Encoder
from bot.detection.features import Floats
from bot.detection.light import Light
from bot.detection.picking import Picker
from bot.detection.shipped import Head
from bot.detection.training import corpus, fitting, pick
from bot.detection.training.corpus import Row
from bot.detection.wordpiece import WordPiece

SEED = 7
LICENCE = "Apache-2.0; the encoder is all-MiniLM-L6-v2 (Apache-2.0), trained further"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Trained:
    """The parts of a model, and what models of the other folds said of each row (rows, labels; 0 to 1).

    `how` says it in the card: where the shipped encoder was kept, it had seen the rows.
    """

    light: Light
    head: Head
    picker: Picker
    dismiss: float
    out_of_fold: Floats
    how: str = "out of fold"


def train(rows: Sequence[Row], out: Path, tell: Tell) -> Trained:
    """Train everything end to end and write it to a folder. Raises ImportError without torch, onnx or the weights."""
    from bot.detection.training import export, finetune  # noqa: PLC0415 - torch is there for training only

    finetune.base()
    words = WordPiece.load(shipped.FOLDER / shipped.VOCABULARY)
    place = np.array(corpus.folds(rows))
    encoder = np.zeros((len(rows), 2), np.float32)
    for fold in range(corpus.FOLDS):
        tell(f"fold {fold + 1} of {corpus.FOLDS}")
        tried = np.flatnonzero(place == fold).tolist()
        model = finetune.train([rows[at] for at in np.flatnonzero(place != fold).tolist()], words, SEED, tell)
        encoder[tried] = finetune.log_odds(model, [rows[at] for at in tried], words)
    tell("all rows")
    model = finetune.train(rows, words, SEED, tell)
    out.mkdir(parents=True, exist_ok=True)
    export.export(model, out / shipped.ENCODER)
    outlet = model.outlet.weight.detach().numpy(), model.outlet.bias.detach().numpy()
    return finish(rows, encoder, outlet, out, tell)


def refit(rows: Sequence[Row], out: Path, tell: Tell) -> Trained:
    """Keep the shipped encoder, fit the light model and the joining numbers anew; minutes, without torch.

    The encoder has seen the shipped rows: what it says of them is better than it would be of others.
    """
    loaded = shipped.load().model
    if loaded is None or loaded.encoder is None:
        raise ValueError("the shipped encoder can't be read")
    tell("reading every message with the shipped encoder")
    encoder = encoder_log_odds(loaded.encoder, loaded.head, rows)
    out.mkdir(parents=True, exist_ok=True)
    if out.resolve() != shipped.FOLDER.resolve():
        shutil.copyfile(shipped.FOLDER / shipped.ENCODER, out / shipped.ENCODER)
    return finish(rows, encoder, (loaded.head.weights, loaded.head.bias), out, tell, mix=loaded.head.mix)


def finish(
    rows: Sequence[Row], encoder: Floats, outlet: tuple[Floats, Floats], out: Path, tell: Tell, *,
    mix: Floats | None = None,
) -> Trained:  # fmt: skip
    """Fit what is light, join it with the encoder's log-odds, and write the files.

    `encoder` (rows, labels) is out of fold, not a number where a row was not tried.
    """
    seen, wanted, place = fitting.counts(rows), fitting.wanted(rows), np.array(corpus.folds(rows))
    light = np.zeros((len(rows), 2), np.float32)
    for fold in range(corpus.FOLDS):
        tell(f"light model, fold {fold + 1} of {corpus.FOLDS}")
        rest, held = np.flatnonzero(place != fold).tolist(), np.flatnonzero(place == fold).tolist()
        model = fitting.fit_light([seen[at] for at in rest], wanted[rest])
        light[held] = fitting.light_log_odds(model, [seen[at] for at in held])
    tell("light model, all rows")
    whole = fitting.fit_light(seen, wanted)
    tried = ~np.isnan(encoder).any(axis=1)
    fresh = mix is None
    mix = fitting.joined(encoder[tried], light[tried], wanted[tried]) if mix is None else mix
    head = Head(*outlet, mix, fitting.calibrated(light, wanted))
    dismiss = fitting.dismissal(head, light, wanted)
    tell("names")
    picker = pick.fit_picker(rows)
    how = "out of fold" if fresh else "seen by the encoder"
    trained = Trained(whole, head, picker, dismiss, out_of_fold(head, dismiss, encoder, light), how)
    write(trained, out, len(rows))
    return trained


def out_of_fold(head: Head, dismiss: float, encoder: Floats, light: Floats) -> Floats:
    """What the cascade says (rows, labels) where the two models said this (rows, labels)."""
    alone = fitting.share(head.alone[:, 0] * light + head.alone[:, 1])
    both = fitting.share(head.mix[:, 0] * encoder + head.mix[:, 1] * light + head.mix[:, 2])
    return np.where(np.isnan(both) | (alone.max(axis=1, keepdims=True) >= dismiss), both, alone)


def encoder_log_odds(encoder: Encoder, head: Head, rows: Sequence[Row]) -> Floats:
    """What the encoder as it ships says of messages (rows, labels)."""
    from bot.detection.view import look  # noqa: PLC0415 - the lists of names are heavy

    vectors = np.array([encoder.vector(look(row.text, row.context or None)) for row in rows])
    return np.asarray(vectors @ head.weights.T + head.bias, np.float32)


def write(trained: Trained, out: Path, count: int) -> None:
    """The files of the model, beside the encoder that is there, and the list with their fingerprints."""
    light, head = trained.light, trained.head
    with (out / shipped.LIGHT).open("wb") as file:
        np.savez_compressed(
            file, rarity=light.rarity.astype(np.float16), weights=light.weights.astype(np.float16), bias=light.bias
        )
    with (out / shipped.HEAD).open("wb") as file:
        np.savez_compressed(file, weights=head.weights, bias=head.bias, mix=head.mix, alone=head.alone)
    with (out / shipped.NAMES).open("wb") as file:
        picker = trained.picker
        np.savez_compressed(
            file, weights=picker.weights.astype(np.float16), bias=np.array(picker.bias), limit=np.array(picker.limit)
        )
    if not (out / shipped.VOCABULARY).exists():
        shutil.copyfile(shipped.FOLDER / shipped.VOCABULARY, out / shipped.VOCABULARY)
    names = (shipped.ENCODER, shipped.VOCABULARY, shipped.LIGHT, shipped.HEAD, shipped.NAMES)
    described = {
        "format": shipped.FORMAT,
        "licence": LICENCE,
        "messages": count,
        "dismiss": round(trained.dismiss, 5),
        "sha256": {name: shipped.fingerprint(out / name) for name in names},
    }
    (out / shipped.LIST).write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
