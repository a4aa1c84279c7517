"""`detection train --with-feedback` from the answers in a database to the layer in the data folder, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import learning
from bot.detection import own
from bot.detection.training import comparing, corpus
from bot.domain.detection import NEW_TOOL, Action
from bot.domain.errors import Invalid
from bot.domain.judgement import Judgement
from bot.now import utc_now
from storage.engine import make_engine
from storage.store import Store
from tests.builders import MARKETING, TEAM

YES = "we just signed up for a trial of {name}, can IT have a look?"
NO = "could somebody open the {name} template for the banner again, I want to try another colour"
NAMES = (
    "Hotjar Klaviyo Canva Notion Asana Miro Figma Loom Buffer Later Trello Webflow Typeform Calendly Airtable Zapier"
).split()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty database in a data folder of its own, and a few shipped messages instead of all of them."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    rows, unseen = corpus.voice("mixed")[:60], corpus.voice(corpus.HELD_OUT)[:60]
    monkeypatch.setattr(corpus, "shipped", lambda: rows)
    monkeypatch.setattr(corpus, "voice", lambda name: unseen)
    store = Store(make_engine(f"sqlite:///{tmp_path / 'liaison.db'}"), utc_now)
    store.migrate()
    return store


def test_answers_teach_the_last_layer_and_reset_undoes_it(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for at, name in enumerate(NAMES):
        keep(store, f"yes{at}", YES.format(name=name), "yes")
        keep(store, f"no{at}", NO.format(name=name), "no")
    learning.learn()
    told = capsys.readouterr()
    assert "reading messages: 152 of 152" in told.err
    assert "macro-F1" in told.out
    assert "Swapped in" in told.out
    assert "next start" in told.out
    assert own.finding(tmp_path / "detection").words.startswith("32 answers")
    learning.reset()
    assert own.finding(tmp_path / "detection").well is None
    learning.reset()
    assert "nothing to undo" in capsys.readouterr().out


def test_a_layer_that_breaks_the_rule_is_not_swapped_in(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "RIGHT_FALLS_BY", -2.0)  # nothing can rise that much
    for at, name in enumerate(NAMES):
        keep(store, f"yes{at}", YES.format(name=name), "yes")
        keep(store, f"no{at}", NO.format(name=name), "no")
    learning.learn()
    assert "Nothing was changed. What got worse: share of the answers judged right." in capsys.readouterr().out
    assert own.read(tmp_path / "detection") is None


def test_answers_of_one_kind_are_refused_before_anything_is_read(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for at, name in enumerate(NAMES):
        keep(store, f"yes{at}", YES.format(name=name), "yes")
    with pytest.raises(Invalid, match="new_tool 16 yes, 0 no with their text"):
        learning.learn()
    assert "reading messages" not in capsys.readouterr().err
    assert not (tmp_path / "detection").exists()


def keep(store: Store, message: str, text: str, said: str) -> None:
    one = Judgement(TEAM, MARKETING, message, NEW_TOOL, Action.ASK, 0.8, utc_now(), text=text)
    with store.unit_of_work() as uow:
        uow.labels.keep(one.judged(said, utc_now()))
