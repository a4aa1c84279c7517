"""Training the shipped model anew: out-of-fold figures first, then the model of all rows, then its files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.detection import shipped
from bot.detection.encoder import Encoder
from bot.detection.features import Floats
from bot.detection.light import Light
from bot.detection.picking import Picker
from bot.detection.shipped import Head, Model
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


@dataclass(frozen=True)
class Said:
    """What an encoder says of rows: of the labels (rows, labels), not a number where it was not asked, and of the
    pieces (pieces, 2 * tags) by number of the row, where that is wanted."""

    labels: Floats
    tags: dict[int, Floats]


def train(rows: Sequence[Row], out: Path, tell: Tell) -> Trained:
    """Train everything end to end and write it to a folder. Raises ImportError without torch, onnx or the weights."""
    from bot.detection.training import export, finetune  # noqa: PLC0415 - torch is there for training only

    finetune.base()
    words = WordPiece.load(shipped.FOLDER / shipped.VOCABULARY)
    place = np.array(corpus.folds(rows))
    held = np.flatnonzero(place == corpus.TRIED).tolist()
    tell(f"the encoder without the {len(held)} messages it is tried on")
    model = finetune.train([rows[at] for at in np.flatnonzero(place != corpus.TRIED).tolist()], words, SEED, tell)
    said = Said(np.full((len(rows), 2), np.nan, np.float32), {})
    said.labels[held], tags = finetune.said(model, [rows[at] for at in held], words)
    said.tags.update(zip(held, tags, strict=True))
    tell("the encoder goes on, with all messages")
    model = finetune.train(rows, words, SEED, tell, model)
    out.mkdir(parents=True, exist_ok=True)
    export.export(model, out / shipped.ENCODER)
    outlet = model.outlet.weight.detach().numpy(), model.outlet.bias.detach().numpy()
    return finish(rows, said, outlet, out, tell)


def refit(rows: Sequence[Row], out: Path, tell: Tell) -> Trained:
    """Keep the shipped encoder, fit the light model and the joining numbers anew; minutes, without torch.

    The encoder has seen the shipped rows: what it says of them is better than it would be of others.
    """
    loaded = shipped.load().model
    if loaded is None or loaded.encoder is None:
        raise ValueError("the shipped encoder can't be read")
    tell("reading every message with the shipped encoder")
    said = Said(encoder_log_odds(loaded.encoder, loaded.head, rows), {})
    out.mkdir(parents=True, exist_ok=True)
    if out.resolve() != shipped.FOLDER.resolve():
        shutil.copyfile(shipped.FOLDER / shipped.ENCODER, out / shipped.ENCODER)
    return finish(rows, said, (loaded.head.weights, loaded.head.bias), out, tell, kept=loaded)


def finish(
    rows: Sequence[Row], said: Said, outlet: tuple[Floats, Floats], out: Path, tell: Tell, *, kept: Model | None = None,
) -> Trained:  # fmt: skip
    """Fit what is light, join it with what the encoder said, and write the files; where a model is `kept`, so are its
    numbers that join the encoder with the rest."""
    wanted, tried = fitting.wanted(rows), np.asarray(~np.isnan(said.labels).any(axis=1))
    whole, light = light_models(rows, tell)
    doubts = fitting.doubts(rows)
    mix, doubt = (kept.head.mix, kept.head.doubt) if kept else _joined(said, light, doubts, wanted, tried)
    head = Head(*outlet, mix, fitting.calibrated(light, wanted), doubt)
    dismiss = fitting.dismissal(head, light, wanted)
    sure = out_of_fold(head, dismiss, said.labels, light, doubts)
    tell("names")
    words = WordPiece.load(shipped.FOLDER / shipped.VOCABULARY)
    fresh = [pick.tried(rows[at], float(sure[at, 0]), tags, words) for at, tags in said.tags.items()]
    picker = pick.refit_words(kept.picker, rows) if kept else pick.fit_picker(rows, fresh)
    trained = Trained(whole, head, picker, dismiss, sure, "seen by the encoder" if kept else "out of fold")
    write(trained, out, len(rows))
    return trained


def _joined(
    said: Said, light: Floats, doubts: Floats, wanted: NDArray[np.bool_], tried: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """How the models are joined, and how much doubtful words count, on the rows that were tried."""
    doubt = fitting.doubt(said.labels[tried], light[tried], doubts[tried], wanted[tried])
    return fitting.joined(said.labels[tried], (light - doubt * doubts)[tried], wanted[tried]), doubt


def light_models(rows: Sequence[Row], tell: Tell) -> tuple[Light, Floats]:
    """The light model of all rows, and what light models of the other folds say of each (rows, labels)."""
    seen, wanted, place = fitting.counts(rows), fitting.wanted(rows), np.array(corpus.folds(rows))
    light = np.zeros((len(rows), 2), np.float32)
    for fold in range(corpus.FOLDS):
        tell(f"light model, fold {fold + 1} of {corpus.FOLDS}")
        rest, held = np.flatnonzero(place != fold).tolist(), np.flatnonzero(place == fold).tolist()
        model = fitting.fit_light([seen[at] for at in rest], wanted[rest])
        light[held] = fitting.light_log_odds(model, [seen[at] for at in held])
    tell("light model, all rows")
    return fitting.fit_light(seen, wanted), light


def out_of_fold(head: Head, dismiss: float, encoder: Floats, light: Floats, doubts: Floats | None = None) -> Floats:
    """What the cascade says (rows, labels) where the models said this and words made labels doubtful (likewise)."""
    alone = fitting.share(head.alone[:, 0] * light + head.alone[:, 1])
    evidence = light if doubts is None else light - head.doubt * doubts
    both = fitting.share(head.mix[:, 0] * encoder + head.mix[:, 1] * evidence + head.mix[:, 2])
    return np.where(np.isnan(both) | (alone.max(axis=1, keepdims=True) >= dismiss), both, alone)


def encoder_log_odds(encoder: Encoder, head: Head, rows: Sequence[Row]) -> Floats:
    """What the encoder as it ships says of messages (rows, labels)."""
    from bot.detection.view import look  # noqa: PLC0415 - the lists of names are heavy

    vectors = np.array([encoder.see(look(row.text, row.context or None)).vector for row in rows])
    return np.asarray(vectors @ head.weights.T + head.bias, np.float32)


def write(trained: Trained, out: Path, count: int) -> None:
    """The files of the model, beside the encoder that is there, and the list with their fingerprints."""
    light, head = trained.light, trained.head
    with (out / shipped.LIGHT).open("wb") as file:
        np.savez_compressed(
            file, rarity=light.rarity.astype(np.float16), weights=light.weights.astype(np.float16), bias=light.bias
        )
    with (out / shipped.HEAD).open("wb") as file:
        np.savez_compressed(
            file, weights=head.weights, bias=head.bias, mix=head.mix, alone=head.alone, doubt=head.doubt
        )
    with (out / shipped.NAMES).open("wb") as file:
        picker = trained.picker
        np.savez_compressed(
            file, weights=picker.weights.astype(np.float16), bias=np.array(picker.bias), limit=np.array(picker.limit),
            joined=picker.joined, joined_limit=np.array(picker.joined_limit),
        )  # fmt: skip
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
