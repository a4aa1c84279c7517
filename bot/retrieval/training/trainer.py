"""Training the reader of answers anew: from public questions and near misses to `judge.onnx`."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bot.domain.answer_figures import area
from bot.retrieval.judge import MODEL, PACKAGE, WORDS, Judge
from bot.retrieval.pieces import read_pieces, read_tensors
from bot.retrieval.training.examples import batches, example, lengths, mixed
from bot.retrieval.training.near_misses import Told, near_pairs
from bot.retrieval.training.pairs import Pair, pairs
from bot.retrieval.training.squad import Item

NEAR_MISSES = MODEL.with_name("near_misses.txt")
SEED = 7
_HELD = 9  # every ninth article is only tried
_TRIED = 300  # pairs

Tell = Callable[[str], None]


def train(items: Sequence[Item], told: Sequence[Told], pace: tuple[int, int], out: Path, tell: Tell) -> Path:
    """Train a reader in so many steps of so many examples, write it to a folder and try it on articles it has not read.

    Raises ImportError without torch, onnx or the encoder to begin with; ValueError if that is another; OSError if the
    folder can't be made.
    """
    from bot.retrieval.training import export, finetune, reader  # noqa: PLC0415 - torch is there for training only

    steps, size = pace
    begin = base()
    out.mkdir(parents=True, exist_ok=True)
    pieces = read_pieces(begin)
    learned, held = split(items)
    model, source = reader.begun(read_tensors(begin)), random.Random(SEED)
    cut = partial(example, pieces=pieces, lengths=lengths(pieces))
    for number, stage in enumerate(finetune.STAGES):
        tell(stage.name)
        public, near = partial(pairs, learned, source), partial(near_pairs, told, source)
        draw = mixed(public, near, stage.own, SEED + number)
        count = max(1, round(steps * stage.share))
        finetune.train(model, stage, count, batches(draw, cut, size, source), pieces, tell)
    export.export(model, out / MODEL.name)
    if held:
        tell(tried(out / MODEL.name, held))
    return out / MODEL.name


def base() -> Path:
    """The file of the encoder to begin with. Raises ImportError if its package is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ImportError(f"No module named {PACKAGE!r}", name=PACKAGE)
    return Path(found.origin).with_name(WORDS)


def split(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What is learned from, and what is only tried: every ninth article, in all languages; none of fewer than nine."""
    titles = sorted({item.title for item in items})
    apart = set(titles[_HELD - 1 :: _HELD])
    ids = {item.id for item in items if item.title in apart}
    return [item for item in items if item.id not in ids], [item for item in items if item.id in ids]


def tried(model: Path, held: Sequence[Item]) -> str:
    """How a written model and the shipped one tell answers from near misses, in words."""
    source = random.Random(SEED)
    chosen = list(pairs(source.sample(held, min(len(held), _TRIED)), source))
    new, shipped = (_area(Judge(file), chosen) for file in (model, MODEL))
    return (
        f"AUC on {len(chosen)} questions about articles it has not read: {new}; "
        f"the shipped one, which may have read them: {shipped}"
    )


def _area(judge: Judge, chosen: Sequence[Pair]) -> str:
    if judge.fault:
        return judge.fault
    odds = [(judge.judge(pair.question, pair.lead + pair.text) or 0.0, pair.is_answered) for pair in chosen]
    found = area([odd for odd, yes in odds if yes], [odd for odd, yes in odds if not yes])
    return "–" if found is None else f"{found:.2f}"
