"""Guests of a workspace read along and ask; what is between colleagues stays between them."""

from __future__ import annotations

import pytest

from tests.builders import GUEST, an_office


@pytest.mark.parametrize("words", ["agenda add Who pays?", "sla report"])
def test_a_guest_is_told_whom_to_ask(words: str) -> None:
    office = an_office()
    office.types(GUEST, words)
    assert "Guests can't do that" in office.whispers(GUEST)[-1]
