"""Answering from articles: what comes first, when it is sure, and what nobody is shown who may not read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.answer_figures import Tried, area, figures
from bot.domain.answering import (
    SURE_FROM,
    Asked,
    Candidate,
    Ranked,
    confidence,
    features,
    is_about_the_past,
    is_want_unmet,
    rank,
)
from bot.domain.errors import Invalid
from bot.domain.knowledge import Article, Audience, Passage
from bot.files.asked import Question, prediction_lines, read_questions
from bot.retrieval.reading import MeaningReader
from bot.services.ask.ask import Answer, Judge, checked, find_answer
from bot.services.ask.knowledge import Indexed, import_articles, indexed
from tests.support.memory import MemoryStore
from tests.support.samples import NOW

EVERYONE, ALL = (Audience.EVERYONE,), (Audience.EVERYONE, Audience.IT)
READER = MeaningReader(lambda _: None)
DNS = Article("Subdomains", "Order a subdomain a week before.", "Net team", date(2026, 3, 1), Audience.EVERYONE)
VAULT = Article("Root password", "The root password is in the vault.", "Security", date(2026, 4, 2), Audience.IT)


def test_the_article_that_shares_the_meaning_comes_first() -> None:
    assert [source.article for source in ask("Wie bestelle ich eine Subdomain?").sources][:1] == [DNS]


def test_what_is_for_it_alone_is_never_a_source_for_others() -> None:
    question = "Where is the root password?"
    assert ask(question, ALL).sources[0].article == VAULT
    assert VAULT not in [source.article for source in ask(question).sources]


def test_without_articles_or_words_nothing_is_found() -> None:
    assert ask("What is the …?").sources == ()
    store = MemoryStore(lambda: NOW)
    with store.unit_of_work() as uow:
        assert not find_answer(uow, "T1", "vault?", READER.read("vault"), ALL).is_sure


def test_an_import_tells_what_is_new_changed_and_the_same() -> None:
    store = filled()
    with store.unit_of_work() as uow:
        done = import_articles(
            uow, "T1", map(ready, [DNS, replace(VAULT, owner="Net team"), replace(DNS, title="New")])
        )
    assert (done.added, done.changed, done.same, done.passages) == (1, 1, 1, 3)


@pytest.mark.parametrize("question", ["", " \n ", "x" * 10_000])
def test_an_empty_or_endless_question_is_told(question: str) -> None:
    with pytest.raises(Invalid):
        checked(question)
    assert checked("  Where\n is it? ") == "Where is it?"


def test_the_nearer_the_meaning_the_surer_and_english_alone_never_is() -> None:
    asked = Asked("Where is the vault?", ("vault",), 10, {"vault": 1})
    found = [Candidate("a", Passage("In the vault."), frozenset({"vault"}), 4.0), candidate("b", 3.6)]
    assert [one.candidate.article for one in rank(asked, reversed(found))] == ["a", "b"]
    near, far = rank(asked, found)
    assert confidence(features(asked, near)) > SURE_FROM > confidence(features(asked, far))
    assert confidence(features(asked, Ranked(candidate("b", 1.0), 1.0))) < 0.01  # as near as English alone can be
    past = replace(asked, text="Where was the vault last year?")
    assert confidence(features(past, near)) < confidence(features(asked, near))


@pytest.mark.parametrize("odds", [0.0, 2.0, 4.0])
def test_what_was_read_together_counts_beside_how_near_it_is(odds: float) -> None:
    asked = Asked("Where is the vault?", ("vault",), 10, {"vault": 1})
    near, far = Ranked(candidate("a", 3.9), 4.3), Ranked(candidate("a", 3.6), 4.4)
    assert confidence(features(asked, near, odds)) > confidence(features(asked, far, odds))
    assert confidence(features(asked, near, odds)) < confidence(features(asked, near, odds + 1))


def test_what_was_read_and_does_not_answer_is_not_sure_however_near() -> None:
    asked = Asked("Who sells us the vault?", ("vault",), 10, {"vault": 1})
    assert confidence(features(asked, Ranked(candidate("who built the vault?", 5.0), 5.0), -0.6)) <= 0.5


def test_the_first_passage_is_read_with_its_title() -> None:
    read: list[str] = []

    def judge(question: str, passage: str) -> float:
        read.extend((question, passage))
        return 99.0

    question = "Wie bestelle ich eine Subdomain?"
    assert ask(question, judge=judge).is_sure
    assert read == [question, "Subdomains. Order a subdomain a week before."]
    assert not ask(question, judge=lambda *_: -99.0).is_sure


@pytest.mark.parametrize("question", ["subdomains?", "Subdomains", " SUBDOMAINS !"])
def test_an_article_that_is_called_as_the_question_is_answers_it(question: str) -> None:
    assert ask(question).is_sure
    assert ask(question).sources[0].article == DNS
    assert not ask(f"{question} and who pays").is_sure
    assert not ask("Root password?").is_sure  # only IT may read that


@pytest.mark.parametrize(
    ("question", "said", "unmet"),
    [
        ("How much does it cost?", "Ask the net team.", True),
        ("Was kostet das?", "Es kostet 20 Euro.", False),
        ("¿Cuántas personas?", "Muchas personas.", True),
        ("Quand est-ce que ça expire ?", "Au bout de six mois.", False),
        ("When is it done?", "By the net team.", True),
        ("Who does it?", "The net team.", False),
    ],
)
def test_who_asks_for_an_amount_a_number_or_a_time_must_be_told_one(question: str, said: str, unmet: bool) -> None:
    assert is_want_unmet(question, said) is unmet


def test_what_happened_is_only_answered_by_what_tells_of_it() -> None:
    assert is_about_the_past("How much did we spend last year?", "Spend at most 20 euros.")
    assert not is_about_the_past("Why was the shop down?", "The shop was down since a certificate had expired.")


def test_the_figures_count_wrong_answers_and_honest_silence() -> None:
    tried = [
        Tried("1", "a", ["a"], True, 0.9),
        Tried("2", "a", ["b", "c", "a"], False, 0.4),
        Tried("3", "a", ["b", "c", "d", "a"], True, 0.6),
        Tried("4", None, ["b"], False, 0.5),
    ]
    found = figures(tried)
    assert (found.top1, found.top3, found.wrong_confident, found.answered_right) == (1 / 3, 2 / 3, 1 / 4, 1 / 3)
    assert found.abstain_auc == 2 / 3
    assert figures(tried[:2]).abstain_auc is None
    assert area([0.5], [0.5]) == 0.5


def test_questions_are_read_line_by_line_and_faults_name_theirs(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": 7, "question": " a? ", "asker": "it", "lang": "de", "article": "x.md", "more": 1}\n\n')
    assert read_questions(file) == [Question(id="7", question="a?", asker="it", lang="de", article="x.md")]
    file.write_text('{"id": "1", "question": "a?"}\n{"id": "2", "asker": "boss"}')
    with pytest.raises(Invalid, match=r"q\.jsonl, line 2: question: this is missing"):
        read_questions(file)
    for empty in (tmp_path / "none.jsonl", file):
        file.write_text("")
        with pytest.raises(Invalid):
            read_questions(empty)
    assert list(prediction_lines([Tried("1", None, ["ä.md"], True, 0.91234)])) == [
        '{"id": "1", "ranked": ["ä.md"], "answered": true, "confidence": 0.9123}'
    ]


def candidate(article: str, similarity: float) -> Candidate:
    return Candidate(article, Passage("Nothing of it."), frozenset({"other"}), similarity)


def ask(question: str, audiences: tuple[Audience, ...] = EVERYONE, judge: Judge | None = None) -> Answer:
    with filled().unit_of_work() as uow:
        return find_answer(uow, "T1", question, READER.read(question), audiences, judge)


def filled() -> MemoryStore:
    store = MemoryStore(lambda: NOW)
    with store.unit_of_work() as uow:
        import_articles(uow, "T1", map(ready, [DNS, VAULT]))
    return store


def ready(article: Article) -> Indexed:
    return indexed(article, READER)
