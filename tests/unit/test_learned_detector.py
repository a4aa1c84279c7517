"""The detector that has learned: the cascade, and what it does when files are missing or damaged."""

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.detection import shipped
from bot.detection.encoder import Encoder, Seen
from bot.detection.features import ROOM
from bot.detection.learned import LearnedDetector, finding, make_detector
from bot.detection.light import Light
from bot.detection.picking import TELLING, Picker
from bot.detection.rules import RuleDetector
from bot.detection.shipped import Head, Model
from bot.detection.tags import Tag, Tagged
from bot.detection.view import View, look
from bot.domain.detection import Action, Heard, decide

DAY = date(2026, 3, 4)
ASKS = Heard("I just signed up for a trial of Hotjar, can IT connect it to our site?", DAY)
CHAT = Heard("thanks, see you at lunch", DAY)
DETECTOR = make_detector()


class CountingEncoder(Encoder):
    """Counts how often it is asked; speaks for the first label."""

    def __init__(self, fails: bool = False) -> None:
        self.asked, self.fails = 0, fails

    def see(self, view: View) -> Seen:
        self.asked += 1
        if self.fails:
            raise RuntimeError("out of memory")
        nothing = np.zeros((0, len(Tag)), np.float32)
        places = np.zeros((0, 2), np.int64)
        text, context = (Tagged(words, places, nothing, nothing) for words in (view.text, view.context))
        return Seen(np.ones(4, np.float32), text, context)


def model(encoder: Encoder | None, light_says: float) -> Model:
    """A model whose light part always says the same."""
    light = Light(np.ones(ROOM, np.float32), np.zeros((2, ROOM), np.float32), np.full(2, light_says, np.float32))
    weights = np.array([[1, 1, 1, 1], [-1, -1, -1, -1]], np.float32)
    mix, alone = np.array([[1, 0, 0], [1, 0, 0]], np.float32), np.array([[1, 0], [1, 0]], np.float32)
    picker = Picker(np.zeros(1 << 15, np.float32), 0.0, 0.0, np.zeros(TELLING, np.float32), 0.0)
    return Model(light, Head(weights, np.zeros(2, np.float32), mix, alone), picker, 0.1, encoder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped model, of which each file can be taken away."""
    for file in shipped.FOLDER.iterdir():
        (tmp_path / file.name).symlink_to(file)
    return tmp_path


def replace(file: Path, content: bytes) -> None:
    """Put other content where a file was."""
    file.unlink()
    file.write_bytes(content)


def test_a_message_that_adopts_a_tool_is_seen_with_its_name() -> None:
    found = DETECTOR.detect(ASKS)
    assert (found.labels, found.tools, decide(found)) == (("new_tool",), ("Hotjar",), Action.OPEN)
    assert found.why


def test_plain_chat_is_left_alone() -> None:
    found = DETECTOR.detect(CHAT)
    assert (found.labels, found.tools, found.campaign, decide(found)) == ((), (), None, Action.IGNORE)


def test_what_the_light_model_dismisses_the_encoder_never_sees() -> None:
    encoder = CountingEncoder()
    assert model(encoder, light_says=-5).confidence(look("hello")).max() < 0.01
    assert encoder.asked == 0


def test_what_the_light_model_is_not_sure_of_the_encoder_decides() -> None:
    encoder = CountingEncoder()
    sure = model(encoder, light_says=0).confidence(look("hello"))
    assert encoder.asked == 1
    assert sure[0] > 0.9
    assert sure[1] < 0.1


def test_an_encoder_that_fails_leaves_the_light_answer() -> None:
    assert np.allclose(model(CountingEncoder(fails=True), light_says=0).confidence(look("hello")), 0.5)


def test_the_model_is_read_once_and_only_when_a_message_comes(folder: Path) -> None:
    detector = LearnedDetector(folder)
    detector.detect(CHAT)
    for file in folder.iterdir():
        file.unlink()
    assert detector.loaded().model is not None


def test_a_damaged_encoder_leaves_the_light_model(folder: Path) -> None:
    replace(folder / shipped.ENCODER, b"no model")
    loaded = shipped.load(folder)
    assert loaded.model is not None
    assert loaded.model.encoder is None
    assert "encoder.onnx is not the file that was shipped" in finding(folder).words
    assert LearnedDetector(folder).detect(ASKS).labels == ("new_tool",)


def test_without_onnxruntime_the_light_model_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    found = finding()
    assert (found.well, "light model alone" in found.words) == (False, True)
    assert LearnedDetector().detect(ASKS).labels == ("new_tool",)


@pytest.mark.parametrize("name", [shipped.LIGHT, shipped.NAMES, shipped.LIST])
@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"format": 99}'])
def test_without_the_light_model_the_rules_answer(folder: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        replace(folder / name, content)
    found = finding(folder)
    assert (found.well, "rules alone" in found.words, bool(found.mend)) == (False, True, True)
    assert LearnedDetector(folder).detect(ASKS) == RuleDetector().detect(ASKS)


def test_a_picker_of_another_version_is_not_used(folder: Path) -> None:
    with np.load(folder / shipped.NAMES) as arrays:
        older = {name: arrays[name] for name in arrays}
    older["joined"] = older["joined"][:-1]
    (folder / shipped.NAMES).unlink()
    np.savez(folder / "names", **older)
    described = json.loads((folder / shipped.LIST).read_text(encoding="utf-8"))
    described["sha256"][shipped.NAMES] = shipped.fingerprint(folder / shipped.NAMES)
    replace(folder / shipped.LIST, json.dumps(described).encode())
    assert "names.npz is of another version" in finding(folder).words


def test_the_shipped_files_are_the_ones_the_list_names() -> None:
    assert finding().well is True
