"""`ask train`: the model that reads a question and a passage together, trained anew from public questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

OUT = Path("data/answer-model")
STEPS, BATCH = 400, 32
MISSING = "Training the reader of answers needs the group “train” of pyproject.toml: {missing} is missing."
COMPARE = """Written: {model}. To compare it with the one that ships:
  python -m bot ask eval
  python -m bot ask eval --judge {model}
If it is better, it takes the place of {shipped}; then `python -m bot ask fit` says the weights that
bot/domain/answering.py should hold for it."""


def train(
    squad: Annotated[list[Path], typer.Option(help="A JSON file in the format of SQuAD; may be repeated.")],
    near_misses: Annotated[Path | None, typer.Option(help="Near misses, instead of those that ship.")] = None,
    steps: Annotated[int, typer.Option(min=2, help="How many batches are learned from.")] = STEPS,
    batch: Annotated[int, typer.Option(min=1, help="How many questions a batch has.")] = BATCH,
    out: Annotated[Path, typer.Option(help="The folder that judge.onnx is written to.")] = OUT,
) -> None:
    """Train what tells answers from near misses anew (15 minutes on an idle core), and write it as judge.onnx.

    Files whose questions have the same ids are taken as the same questions in several languages.
    """
    from bot.domain.errors import Invalid
    from bot.retrieval.judge import MODEL
    from bot.retrieval.training import trainer
    from bot.retrieval.training.near_misses import read_near_misses
    from bot.retrieval.training.squad import read_squad

    try:
        items = [item for file in squad for item in read_squad(file)]
        told = read_near_misses(near_misses or trainer.NEAR_MISSES)
        _tell(f"{len(items)} public questions, {len(told)} passages with near misses")
        model = trainer.train(items, told, (steps, batch), out, _tell)
    except ValueError as error:
        raise Invalid(str(error)) from error
    except OSError as error:
        raise Invalid(f"{error.filename or out} can't be used ({type(error).__name__}).") from error
    except ImportError as error:
        raise Invalid(MISSING.format(missing=error.name or error)) from error
    print(COMPARE.format(model=model, shipped=MODEL.relative_to(Path(__file__).parents[2])))


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
