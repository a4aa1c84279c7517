"""The verbs that train and check, and the numbers that join the models."""

from pathlib import Path

import numpy as np
import typer
from typer.testing import CliRunner

from bot.cli import detection
from bot.detection.shipped import Head
from bot.detection.training import card, fitting, trainer
from bot.detection.training.corpus import Row
from bot.domain.errors import Invalid


def app() -> typer.Typer:
    made = typer.Typer()
    detection.register(made)
    return made


def test_the_group_tells_its_verbs() -> None:
    result = CliRunner().invoke(app(), ["detection", "--help"])
    assert result.exit_code == 0
    assert all(verb in result.stdout for verb in ("train", "check"))


def test_a_file_of_messages_that_is_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "more.jsonl"
    file.write_text("nonsense\n")
    result = CliRunner().invoke(app(), ["detection", "train", "--also", str(file)])
    assert isinstance(result.exception, Invalid)
    assert "more.jsonl, line 1 is no labelled message" in str(result.exception)


def test_the_joined_numbers_are_calibrated() -> None:
    source = np.random.default_rng(1)
    truth = (source.normal(size=(4000, 2)) * 2).astype(np.float32)
    wanted = source.random((4000, 2)) < fitting.share(truth)
    over_confident = (3 * truth + 1).astype(np.float32)
    mix = fitting.joined(over_confident, np.zeros_like(over_confident), wanted)
    assert np.allclose(mix[:, 0], 1 / 3, atol=0.04)
    assert np.allclose(mix[:, 2], -1 / 3, atol=0.12)


def test_the_cascade_answers_out_of_fold_as_it_will_later() -> None:
    zeros = np.zeros(2, np.float32)
    head = Head(
        np.zeros((2, 4), np.float32), zeros, np.array([[1, 0, 0]] * 2, np.float32), np.array([[1, 0]] * 2, np.float32)
    )
    light = np.array([[-5, -5], [0, -5], [0, 0]], np.float32)
    encoder = np.array([[9, 9], [9, -9], [np.nan, np.nan]], np.float32)
    found = trainer.out_of_fold(head, 0.1, encoder, light)
    assert found[0].max() < 0.01
    assert found[1, 0] > 0.99
    assert np.isnan(found[2]).all()


def test_the_card_shows_figures_by_language_and_leaves_out_what_does_not_occur(tmp_path: Path) -> None:
    for name in ("encoder.onnx", "vocabulary.txt", "light.npz", "head.npz", "names.npz"):
        (tmp_path / name).write_bytes(b"x")
    rows = [Row(str(number), "voice-a", "hi", "", frozenset(), lang="de") for number in range(30)]
    sure = np.zeros((30, 2), np.float32)
    names = {"all": (0.5, 0.25)}
    words = card.card({"all": (rows, sure)} | card.by_language(rows, sure), names, rows, tmp_path)
    assert "| de | 30 | 1.000 | – | – | 1.00 / 1.00 / 1.00 | – | – | – | – | 0.0 % |" in words
    assert "- all: precision 0.50, recall 0.25" in words
    assert "# Model card" in words
