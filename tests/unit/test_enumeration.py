"""Lists of names: which names of a text stand side by side, and what that means for picking them."""

from datetime import date

import numpy as np
import pytest

from bot.detection.candidates import Candidate, candidates
from bot.detection.enumeration import lists
from bot.detection.picking import TELLING, telling
from bot.detection.reading import read

DAY = date(2026, 3, 4)


def together(text: str, *names: str) -> list[set[str]]:
    """The names by the list they stand in."""
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    found: dict[int, set[str]] = {}
    for name, number in zip(names, lists(text, places), strict=True):
        found.setdefault(number, set()).add(name)
    return list(found.values())


@pytest.mark.parametrize(
    "text",
    [
        "Quotes from Ploop, Zorply and Fenwick",
        "Ploop 3.4p, Zorply £2 / Fenwick by Friday",
        "1. Ploop\n2. Zorply\n3. Fenwick",
        "Ploop oder Zorply oder Fenwick?",
    ],
)
def test_names_with_only_signs_numbers_and_ands_between_them_stand_in_one_list(text: str) -> None:
    assert together(text, "Ploop", "Zorply", "Fenwick") == [{"Ploop", "Zorply", "Fenwick"}]


@pytest.mark.parametrize("text", ["Ploop instead of Zorply", "We have Ploop. Zorply is new", "Ploop Zorply"])
def test_names_with_words_a_stop_or_nothing_between_them_do_not(text: str) -> None:
    assert together(text, "Ploop", "Zorply") == [{"Ploop"}, {"Zorply"}]


def test_the_order_in_which_places_come_does_not_matter() -> None:
    assert together("Ploop, Zorply, Fenwick", "Fenwick", "Ploop", "Zorply") == [{"Ploop", "Zorply", "Fenwick"}]


def test_a_name_is_told_apart_by_what_is_known_of_its_neighbours_in_the_list() -> None:
    found = candidates(read("We go with Zorply or Fenwicko, not Quoblix's offer", DAY), None)
    ranks = {one.name: 5.0 if one.name == "Zorply" else -5.0 for one in found}
    assert set(ranks) == {"Zorply", "Fenwicko", "Quoblix"}
    told = told_by(found, ranks)
    assert told["Fenwicko"] > 0 > told["Zorply"] > -1
    assert told["Quoblix"] == 0


def told_by(found: list[Candidate], words: dict[str, float]) -> dict[str, float]:
    """Of each name, what is said of the surest of its neighbours by their words."""
    table = telling(found, [words[one.name] for one in found], 0.9)
    assert table.shape == (len(found), TELLING)
    changed = telling(found, [0.0] * len(found), 0.9)
    column = int(np.flatnonzero((table != changed).any(axis=0))[-1])
    return {one.name: float(value) for one, value in zip(found, table[:, column], strict=True)}
