"""What every store promises about articles, and about finding their passages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.anonymity import Seal
from bot.domain.helpfulness import Enquiry, Verdict
from bot.domain.knowledge import Article, Audience, Passage
from bot.ports import Read
from tests.conftest import AnyStore

ALL, EVERYONE = (Audience.EVERYONE, Audience.IT), (Audience.EVERYONE,)
DNS = Article(
    "DNS änderungen", "Ask a week before.", "Net team", date(2026, 3, 1), Audience.EVERYONE, "de", date(2027, 3, 1),
    "net/dns.md",
)  # fmt: skip
ROOT = Article("Root keys", "In the vault.", "Security", date(2026, 4, 2), Audience.IT)
ASK, VAULT = Passage("Ask a week before.", "DNS › When"), Passage("In the vault.")
EAST, NORTH, BETWEEN = (1.0, 0.0), (0.0, 1.0), (0.6, 0.8)


def test_an_article_comes_back_as_it_was_stored_and_is_replaced_by_its_title(store: AnyStore) -> None:
    changed = replace(DNS, title="Dns  Änderungen", body="Ask two weeks before.", review_on=None)
    with store.unit_of_work() as uow:
        for article in (ROOT, DNS):
            uow.articles.save("T1", article, [])
        assert uow.articles.get("T1", DNS.key) == DNS
        uow.articles.save("T1", changed, [])
    with store.unit_of_work() as uow:
        assert list(uow.articles.of("T1")) == [changed, ROOT]
        assert (list(uow.articles.of("T2")), uow.articles.get("T2", ROOT.key)) == ([], None)


def test_articles_that_are_due_come_in_their_order_and_no_others(store: AnyStore) -> None:
    sooner = replace(ROOT, review_on=date(2026, 12, 1))
    with store.unit_of_work() as uow:
        for article in (DNS, sooner, replace(DNS, title="Later", review_on=date(2027, 3, 2))):
            uow.articles.save("T1", article, [])
        uow.articles.save("T1", replace(DNS, title="Never", review_on=None), [])
        assert list(uow.articles.due("T1", date(2027, 3, 1))) == [sooner, DNS]
        assert list(uow.articles.due("T2", date(2027, 3, 1))) == []


def test_a_passage_is_found_by_its_words_and_by_its_meaning(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        (by_word,) = uow.passages.find("T1", ALL, {"vault": 2.0, "nowhere": 9.0}, None, 5)
        (nearest,) = uow.passages.find("T1", ALL, {}, EAST, 1)
        both = uow.passages.find("T1", ALL, {"vault": 2.0}, BETWEEN, 5)
    assert (by_word.article, by_word.passage, by_word.words) == (ROOT.key, VAULT, ("vault", "key"))
    assert by_word.similarity is None
    assert (nearest.passage, nearest.similarity) == (ASK, 1.0)
    assert [round(hit.similarity or 0, 3) for hit in both] == [0.6, 0.8]


def test_the_heaviest_words_come_first(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        assert [hit.passage for hit in uow.passages.find("T1", ALL, {"week": 1.0, "vault": 2.0}, None, 1)] == [VAULT]
        assert [hit.passage for hit in uow.passages.find("T1", ALL, {"week": 2.0, "vault": 1.0}, None, 1)] == [ASK]


def test_what_only_it_may_read_is_neither_found_nor_counted_for_others(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        assert uow.passages.find("T1", EVERYONE, {"vault": 2.0}, None, 5) == []
        assert [hit.passage for hit in uow.passages.find("T1", EVERYONE, {}, NORTH, 5)] == [ASK]
        everyone, all_ = (uow.passages.counts("T1", who, ["vault", "week", "key"]) for who in (EVERYONE, ALL))
    assert (everyone.total, dict(everyone.of)) == (1, {"vault": 0, "week": 1, "key": 0})
    assert (all_.total, dict(all_.of)) == (2, {"vault": 1, "week": 1, "key": 1})


def test_another_workspace_finds_nothing(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        assert uow.passages.find("T2", ALL, {"vault": 2.0}, NORTH, 5) == []
        assert uow.passages.counts("T2", ALL, ["vault"]).total == 0


def test_a_changed_or_removed_article_is_no_longer_found_by_what_it_said(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        uow.articles.save("T1", DNS, [(ASK, Read(("month",), NORTH))])
        assert uow.passages.find("T1", ALL, {"week": 1.0}, None, 5) == []
        assert [round(hit.similarity or 0) for hit in uow.passages.find("T1", EVERYONE, {}, EAST, 5)] == [0]
        assert uow.articles.remove("T1", DNS.key)
        assert uow.passages.find("T1", EVERYONE, {"month": 1.0}, NORTH, 5) == []
        assert not uow.articles.remove("T1", DNS.key)


def test_an_article_that_turns_internal_is_hidden_at_once(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        uow.articles.save("T1", replace(DNS, audience=Audience.IT), [(ASK, Read(("week",), EAST))])
        assert uow.passages.find("T1", EVERYONE, {"week": 1.0}, EAST, 5) == []


@pytest.mark.parametrize("word", ["it's", 'a"b', "a & b", "(", "\\", "NEAR", "*"])
def test_signs_in_a_word_are_no_operators(store: AnyStore, word: str) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        assert uow.passages.counts("T1", ALL, [word]).of == {word: 0}
        assert uow.passages.find("T1", ALL, {word: 1.0}, None, 5) == []


def test_what_changes_after_a_search_is_found_by_the_next_one(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        assert [hit.passage for hit in uow.passages.find("T1", ALL, {}, NORTH, 1)] == [VAULT]
    with store.unit_of_work() as uow:
        uow.articles.remove("T1", ROOT.key)
        uow.articles.save("T1", replace(DNS, title="New"), [(Passage("New."), Read(("week", "new"), BETWEEN))])
    with store.unit_of_work() as uow:
        found = uow.passages.find("T1", ALL, {}, NORTH, 5)
        counts = uow.passages.counts("T1", ALL, ["week", "vault", "new"])
    assert [(hit.passage.text, round(hit.similarity or 0, 2)) for hit in found] == [(ASK.text, 0.0), ("New.", 0.8)]
    assert (counts.total, dict(counts.of)) == (2, {"week": 2, "vault": 0, "new": 1})


def test_passages_of_another_encoder_are_found_by_their_words_alone(store: AnyStore) -> None:
    fill(store)
    with store.unit_of_work() as uow:
        (hit,) = uow.passages.find("T1", ALL, {"vault": 1.0}, (1.0, 0.0, 0.0), 5)
    assert (hit.passage, hit.similarity) == (VAULT, None)


def test_a_unit_of_work_that_fails_leaves_the_index_as_it_was(store: AnyStore) -> None:
    fill(store)
    with pytest.raises(ZeroDivisionError), store.unit_of_work() as uow:
        uow.articles.save("T1", DNS, [(ASK, Read(("month",), NORTH))])
        raise ZeroDivisionError
    with store.unit_of_work() as uow:
        (hit,) = uow.passages.find("T1", EVERYONE, {"week": 1.0}, EAST, 5)
    assert hit.similarity == 1.0


def test_what_became_of_answers_is_kept_by_period_and_place(store: AnyStore) -> None:
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    first, second = Enquiry("T1", "C1", at, "DNS"), Enquiry("T1", "C2", at + timedelta(hours=1), number=7)
    with store.unit_of_work() as uow:
        one, two = uow.enquiries.add(first), uow.enquiries.add(second)
        uow.enquiries.add(Enquiry("T2", "C1", at, "DNS"))
        uow.enquiries.rate("T1", one, Verdict.HELPS)
        uow.enquiries.rate("T2", two, Verdict.HELPS)
    rated = replace(first, id=one, verdict=Verdict.HELPS)
    with store.unit_of_work() as uow:
        assert list(uow.enquiries.between("T1", at, at + timedelta(days=1))) == [rated, replace(second, id=two)]
        assert list(uow.enquiries.between("T1", at, at + timedelta(hours=1))) == [rated]
        assert list(uow.enquiries.between("T1", at, at + timedelta(days=1), "C2")) == [replace(second, id=two)]


def test_a_seal_is_gone_once_it_was_dropped_and_an_unused_one_in_time(store: AnyStore) -> None:
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    seals = [Seal("T1", f"anonymous-{name}", name.encode(), b"sealed", at) for name in ("a", "b")]
    with store.unit_of_work() as uow:
        for seal in seals:
            uow.seals.put(seal)
        assert uow.seals.get("T1", "anonymous-a") == seals[0]
        assert uow.seals.get("T2", "anonymous-a") is None
        uow.seals.drop("T1", "anonymous-a")
        uow.seals.drop("T1", "anonymous-a")
    with store.unit_of_work() as uow:
        assert uow.seals.get("T1", "anonymous-a") is None
        assert uow.seals.drop_unused(at) == 0
        assert uow.seals.drop_unused(at + timedelta(seconds=1)) == 1


def fill(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.articles.save("T1", DNS, [(ASK, Read(("week", "ask"), EAST))])
        uow.articles.save("T1", ROOT, [(VAULT, Read(("vault", "key", "vault"), NORTH))])
