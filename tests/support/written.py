"""An office whose answers a scripted language model writes, from a few articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from bot.domain.knowledge import Article, Audience
from bot.domain.usage import Prices
from bot.retrieval.reading import MeaningReader
from bot.retrieval.support import supported
from bot.services.ask.knowledge import import_articles, indexed
from bot.services.consultation import Consultation
from bot.services.writer import Writer
from tests.builders import ADMIN, TEAM, Office, an_office
from tests.support.scripted_model import Answer, ScriptedModel

ORDER = "Subdomains are ordered by ticket at least 5 working days before the launch."
COST = "Marketing pays the first 200 € of a subdomain."
VAULT = "The root password of subdomains lies in the vault called Granite."
ARTICLES = (
    Article("Subdomains", f"{ORDER} Write to net@corp.example.", "Net team", date(2026, 3, 1), Audience.EVERYONE),
    Article("Who pays for subdomains", COST, "Finance", date(2026, 5, 3), Audience.EVERYONE),
    Article("Root password", VAULT, "Security", date(2026, 4, 2), Audience.IT),
)
TOPICS = ("subdomain", "password", "newsletter")
QUESTION = "When are subdomains ordered?"


def a_writing_office(*answers: Answer, articles: Sequence[Article] = ARTICLES, on: bool = True) -> Office:
    """An office with these articles, and a writer that its admin has switched on."""
    office = an_office()
    office.reader = MeaningReader(by_topic, Topics())
    with office.store.unit_of_work() as uow:
        import_articles(uow, TEAM, [indexed(one, office.reader) for one in articles])
    return with_a_writer(office, *answers, on=on)


def with_a_writer(office: Office, *answers: Answer, on: bool = True) -> Office:
    """The office with a model that writes in it, as its admin wants."""
    with office.store.unit_of_work() as uow:
        uow.usage.let_write(TEAM, ADMIN, office.clock.at, on=on)
    asking = Consultation(ScriptedModel(list(answers)), office.store.unit_of_work, office.clock, wait=lambda _: None)
    office.writer = Writer(asking, supported, Prices(1.0, 2.0))
    return office


def model_of(office: Office) -> ScriptedModel:
    """The model that writes there."""
    assert office.writer and isinstance(office.writer.consultation.model, ScriptedModel)
    return office.writer.consultation.model


def a_written(*sentences: tuple[str, int]) -> str:
    """An answer by the schema: sentences, each with the number of its passage."""
    return json.dumps({"sentences": [{"text": text, "source": number} for text, number in sentences]})


def by_topic(text: str) -> Sequence[float]:
    """A vector that tells the topics apart, and all else from them."""
    named = [float(topic in text.lower()) for topic in TOPICS]
    return [*named, float(not any(named))]


class Topics:
    """The same for any language."""

    def question(self, text: str) -> Sequence[float]:
        return by_topic(text)

    def passage(self, text: str) -> Sequence[float]:
        return by_topic(text)
