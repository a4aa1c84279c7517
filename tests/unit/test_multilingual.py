"""The multilingual encoder where it can't be had: no vector, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.retrieval.multilingual import Multilingual, finding, is_able


@pytest.mark.parametrize(
    ("flags", "able"), [("fpu avx2 fma sse", True), ("fpu avx2 sse", False), ("fpu avx fma", False), ("", False)]
)
def test_a_processor_is_asked_before_the_engine_could_end_the_process(tmp_path: Path, flags: str, able: bool) -> None:
    said = tmp_path / "cpuinfo"
    said.write_text(f"processor : 0\nflags : {flags}\n")
    assert is_able(said) is able
    assert not is_able(tmp_path / "none")


def test_without_the_package_there_is_no_vector_and_doctor_says_why() -> None:
    encoder = Multilingual(package="not_there_at_all")
    assert (encoder.question("Where?"), encoder.passage("There.")) == (None, None)
    assert "is not installed" in finding(encoder).words
