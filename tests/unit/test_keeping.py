"""Answers kept as knowledge: from a thread, found again, changed, retired, and looked at again in time."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.knowledge import Article, Audience
from bot.retrieval.reading import MeaningReader
from bot.services.ask.keeping_form import RETIRE, check_form
from bot.services.ask.knowledge import import_articles, indexed
from bot.services.ask.library import stale_lines
from tests.builders import LIAISON, MARKETER, TEAM, Office, an_office
from tests.support.written import Topics, by_topic

ASKED, SAID = "Who renews our newsletter tool?", "Ines does, each March."
FILLED = {"title": ASKED, "body": SAID, "owner": "Mail team", "review_on": "2027-12-01", "audience": "everyone"}
TODAY = date(2026, 11, 2)


def test_an_answer_from_a_thread_is_kept_and_quoted_to_the_next_who_asks(office: Office) -> None:
    form = office.form(office.presses(LIAISON, "knowledge_keep"))
    values = {field.key: field.value for field in form.fields}
    assert (values["title"], values["body"], values["audience"]) == (ASKED, SAID, "everyone")
    assert values["owner"]
    office.submits(LIAISON, "knowledge", values, **form.context)
    assert office.direct(LIAISON)[-1].startswith(f"Kept: {ASKED}")
    office.types(MARKETER, f"ask {ASKED}")
    assert office.whispers(MARKETER)[-1].startswith(f"“{SAID}”")


def test_what_is_written_down_already_is_shown_before_and_never_overwritten(office: Office) -> None:
    fill(office, ASKED, Audience.EVERYONE)
    form = office.form(office.presses(LIAISON, "knowledge_keep"))
    assert f"“{ASKED}” (Mail team)" in "".join(str(part) for part in form.intro)
    office.submits(LIAISON, "knowledge", FILLED, ticket="IT-1")
    assert "is written down already" in office.direct(LIAISON)[-1]


def test_only_it_keeps_changes_and_retires(office: Office) -> None:
    fill(office, ASKED, Audience.EVERYONE)
    office.presses(MARKETER, "knowledge_keep")
    office.submits(MARKETER, "knowledge", FILLED | {"becomes": RETIRE}, was=ASKED.casefold())
    assert "Only the IT side" in office.direct(MARKETER)[-1]
    office.types(MARKETER, "knowledge")
    assert ASKED in office.whispers(MARKETER)[-1]


def test_a_changed_article_keeps_its_place_and_a_retired_one_answers_nobody(office: Office) -> None:
    fill(office, ASKED, Audience.EVERYONE)
    form = office.form(office.presses(LIAISON, "knowledge_edit", ASKED.casefold()))
    values = {field.key: field.value for field in form.fields} | {"title": "Renewals", "review_on": "2027-12-01"}
    office.submits(LIAISON, "knowledge", values, **form.context)
    assert [one.title for one in articles(office)] == ["Renewals"]
    office.submits(LIAISON, "knowledge", values | {"becomes": RETIRE}, was="renewals")
    assert articles(office) == []


def test_a_list_shows_what_one_may_read_and_what_is_due_first(office: Office) -> None:
    fill(office, "Root keys", Audience.IT)
    fill(office, "Old rule", Audience.EVERYONE, date(2026, 1, 1))
    fill(office, "A rule", Audience.EVERYONE)
    office.types(LIAISON, "knowledge")
    shown = office.whispers(LIAISON)[-1]
    assert shown.index("Old rule") < shown.index("A rule") < shown.index("Root keys")
    assert "look at it again: due 1 Jan 2026" in shown
    office.types(MARKETER, "knowledge root")
    office.presses(MARKETER, "knowledge_read", "root keys")
    assert "Root keys" not in "".join(office.whispers(MARKETER))


def test_an_agenda_lists_what_is_due_but_never_what_only_it_may_read() -> None:
    made = [article(title, audience, TODAY) for title, audience in (("Open", Audience.EVERYONE), ("Keys", Audience.IT))]
    assert ["Open" in str(line.text) for line in stale_lines(made)] == [True]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (FILLED, set()),
        (FILLED | {"title": " ", "review_on": ""}, {"title", "review_on"}),
        (FILLED | {"review_on": "2026-11-02"}, {"review_on"}),
        (FILLED | {"review_on": "soon", "body": "x" * 3001}, {"review_on", "body"}),
    ],
)
def test_a_form_says_what_is_wrong_with_it(values: dict[str, str], wrong: set[str]) -> None:
    assert set(check_form(values, TODAY)) == wrong


@pytest.fixture
def office() -> Office:
    """An office in which a question was asked and answered."""
    made = an_office()
    made.reader = MeaningReader(by_topic, Topics())
    made.types(MARKETER, f"ask {ASKED}")
    made.submits(LIAISON, "answer", {"text": SAID}, ticket="IT-1")
    return made


def fill(office: Office, title: str, audience: Audience, review: date | None = None) -> None:
    assert office.reader
    ready = indexed(article(title, audience, review), office.reader)
    with office.store.unit_of_work() as uow:
        import_articles(uow, TEAM, [ready])


def article(title: str, audience: Audience, review: date | None) -> Article:
    return Article(title, SAID, "Mail team", TODAY, audience, review_on=review)


def articles(office: Office) -> list[Article]:
    with office.store.unit_of_work() as uow:
        return list(uow.articles.of(TEAM))
