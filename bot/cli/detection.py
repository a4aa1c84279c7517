"""`detection train` and `detection check`: the model behind `detect`, and the messages it learns from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.feedback import report
from bot.cli.learning import learn, reset

if TYPE_CHECKING:
    from bot.detection.training.corpus import Row
    from bot.detection.training.trainer import Trained

CARD = Path("docs/detection-model-card.md")
OUT = Path("data/detection-model")
WHOLE = "Training the encoder needs the packages of the group “train” in pyproject.toml: {missing} is missing."


def register(app: typer.Typer) -> None:
    """Add the group `detection`."""
    group = typer.Typer(no_args_is_help=True, help="Train the model that detects, and check what it learns from.")
    group.command("train")(train)
    group.command("check")(check)
    group.command("report")(report)
    group.command("reset")(reset)
    app.add_typer(group, name="detection")


def train(
    out: Annotated[Path, typer.Option(help="The folder that the model is written to.")] = OUT,
    also: Annotated[list[Path] | None, typer.Option(help="More labelled messages; may be repeated.")] = None,
    light: Annotated[bool, typer.Option("--light", help="Keep the shipped encoder, fit the rest.")] = False,
    with_feedback: Annotated[
        bool, typer.Option("--with-feedback", help="Only refit the last layer, to the answers of this workspace too.")
    ] = False,
) -> None:
    """Train the model anew (about half an hour on two cores; a few minutes with --light) and print its card."""
    if with_feedback:
        learn()
        return
    from bot.detection.training import corpus, trainer
    from bot.domain.errors import Invalid

    try:
        rows = [*corpus.shipped(), *(row for file in also or [] for row in corpus.read(file))]
    except (ValueError, OSError) as error:
        raise Invalid(str(error)) from error
    if not light:
        try:
            trained = trainer.train(rows, out, _tell)
        except ImportError as error:
            _tell(WHOLE.format(missing=error.name or error) + " Going on with the shipped encoder.")
            light = True
    if light:
        trained = trainer.refit(rows, out, _tell)
    _write_card(rows, trained, out)


def check() -> None:
    """Look for broken rules, near-duplicates and doubtful labels in the shipped messages."""
    from bot.detection.training import corpus, review

    found = review.review([*corpus.shipped(), *corpus.voice(corpus.HELD_OUT)])
    for name, count in found.counts.items():
        print(f"{name}: {count}")
    print(f"\n{len(found.doubtful)} labels that a model finds unlikely, the least likely first:")
    for line in found.doubtful[:40]:
        print(f"  {line}")
    print(f"\n{len(found.faults)} faults")
    for line in found.faults:
        print(f"  {line}")
    if found.faults:
        raise typer.Exit(code=1)


def _write_card(rows: list[Row], trained: Trained, out: Path) -> None:
    from bot.detection import shipped
    from bot.detection.training.card import card
    from bot.detection.training.corpus import HELD_OUT, voice
    from bot.detection.training.judging import names, sets

    unseen = voice(HELD_OUT)
    named = {
        "held-out voice": names(unseen, out),
        "held-out voice, only messages that are rightly noticed": names(unseen, out, noticed=True),
    }
    words = card(sets(rows, trained, out), named, rows, out)
    (out / CARD.name).write_text(words, encoding="utf-8")
    if out.resolve() == shipped.FOLDER.resolve():
        (out / CARD.name).replace(shipped.FOLDER.parents[2] / CARD)
    print(words)


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
