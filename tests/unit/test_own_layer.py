"""The learned layer in the data folder: used where it fits, ignored and named where it does not."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.detection import own, shipped
from bot.detection.learned import make_detector
from bot.detection.own import LAYER, LIST, Layer
from bot.detection.shipped import Loaded
from bot.domain.detection import Heard

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASKS = Heard("we signed up for a trial of Hotjar yesterday", NOON.date())


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The shipped model."""
    return shipped.load()


@pytest.fixture(scope="module")
def deaf(loaded: Loaded) -> Layer:
    """A layer that hears nothing."""
    assert loaded.model is not None
    return Layer(np.zeros_like(loaded.model.head.weights), np.full_like(loaded.model.head.bias, -30))


def test_before_anything_was_learned_the_shipped_model_decides(tmp_path: Path) -> None:
    assert own.read(tmp_path) is None
    assert own.finding(tmp_path).well is None
    assert own.remove(tmp_path) is False


def test_a_learned_layer_decides_until_it_is_removed(tmp_path: Path, loaded: Loaded, deaf: Layer) -> None:
    own.write(deaf, tmp_path / "detection", 34, NOON)
    assert make_detector(tmp_path / "detection").detect(ASKS).labels == ()
    found = own.finding(tmp_path / "detection")
    assert (found.well, found.words) == (True, "34 answers, on 2026-11-23.")
    assert own.remove(tmp_path / "detection") is True
    assert own.adapted(loaded, shipped.FOLDER, tmp_path / "detection") is loaded


def test_a_layer_learned_on_another_shipped_model_is_ignored_and_named(
    tmp_path: Path, loaded: Loaded, deaf: Layer
) -> None:
    own.write(deaf, tmp_path, 34, NOON)
    described = json.loads((tmp_path / LIST).read_text())
    (tmp_path / LIST).write_text(json.dumps(described | {"base": "another"}))
    found = own.finding(tmp_path)
    assert (found.well, "learned on another version of the shipped model" in found.words) == (False, True)
    assert "detection train --with-feedback again" in found.mend
    assert own.adapted(loaded, shipped.FOLDER, tmp_path) is loaded


@pytest.mark.parametrize("name", [LAYER, LIST])
@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}", b'{"format": 9}'])
def test_a_damaged_layer_is_ignored_and_named(
    tmp_path: Path, loaded: Loaded, deaf: Layer, name: str, content: bytes
) -> None:
    own.write(deaf, tmp_path, 34, NOON)
    (tmp_path / name).write_bytes(content)
    found = own.finding(tmp_path)
    assert (found.well, name in found.words) == (False, True)
    assert own.adapted(loaded, shipped.FOLDER, tmp_path) is loaded


def test_a_layer_of_another_size_is_not_used(tmp_path: Path, loaded: Loaded) -> None:
    own.write(Layer(np.zeros((2, 3), np.float32), np.zeros(2, np.float32)), tmp_path, 34, NOON)
    assert own.adapted(loaded, shipped.FOLDER, tmp_path) is loaded


def test_nothing_is_written_over_the_shipped_files(tmp_path: Path, deaf: Layer) -> None:
    base = tmp_path / "model"
    shutil.copytree(shipped.FOLDER, base)
    own.write(deaf, tmp_path / "data", 34, NOON, base)
    same = (shipped.fingerprint(file) == shipped.fingerprint(shipped.FOLDER / file.name) for file in base.iterdir())
    assert all(same)
    assert sorted(file.name for file in (tmp_path / "data").iterdir()) == [LIST, LAYER]
