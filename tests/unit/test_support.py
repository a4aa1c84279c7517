"""A passage bears a sentence out only if it says the same: nothing added, nothing turned around."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.knowledge import passages
from bot.retrieval.support import LONGEST, supported

ARTICLES = Path(__file__).parents[2] / "bot/retrieval/evaluation/articles"
ENGLISH = (
    "Subdomains are ordered by ticket at least 5 working days before the launch. Hotjar is not approved for the shop; "
    "Matomo is. If a tool sees customer data, IT needs a signed contract (https://corp.example/dpa). "
    "Marketing pays the first 200 €, IT pays the rest. Klaviyo was replaced by Braze on 4 May 2026."
)
GERMAN = "Neue Werkzeuge werden nur mit Vertrag freigegeben. Newsletter gehen nie vor 9 Uhr hinaus."
FRENCH = "Les mots de passe ne sont jamais envoyés par e-mail. Le délai est de deux semaines."
SPANISH = "Los subdominios no se cambian durante una campaña. Se piden al menos 5 días antes."


@pytest.mark.parametrize(
    ("sentence", "passage", "lang"),
    [
        ("Subdomains are ordered by ticket at least 5 working days before the launch.", ENGLISH, "en"),
        ("Order the subdomain by ticket at least five working days before launch.", ENGLISH, "en"),
        ("Hotjar isn't approved for the shop [1].", ENGLISH, "en"),
        ("If a tool sees customer data, IT needs a signed contract (https://corp.example/dpa).", ENGLISH, "en"),
        ("If a tool sees customer data, IT needs a signed contract.", ENGLISH, "en"),
        ("Hotjar is not approved for the shop.", ENGLISH, "en"),
        ("Marketing pays the first 200 €, IT pays the rest.", ENGLISH, "en"),
        ("Klaviyo was replaced by Braze on 4 May 2026.", ENGLISH, "en"),
        ("Neue Werkzeuge werden nur mit Vertrag freigegeben.", GERMAN, "de"),
        ("Die Newsletter gehen nie vor 9 Uhr hinaus.", GERMAN, "de"),
        ("Les mots de passe ne sont jamais envoyés par e-mail.", FRENCH, "fr"),
        ("Le délai est de 2 semaines.", FRENCH, "fr"),
        ("Se piden al menos 5 días antes.", SPANISH, "es"),
    ],
)
def test_what_it_says_is_borne_out(sentence: str, passage: str, lang: str) -> None:
    assert supported(sentence, passage, "", lang)


@pytest.mark.parametrize(
    ("sentence", "passage", "lang"),
    [
        ("Hotjar is approved for the shop.", ENGLISH, "en"),
        ("Matomo is not approved for the shop.", ENGLISH, "en"),
        ("Subdomains are ordered by ticket at most 5 working days before the launch.", ENGLISH, "en"),
        ("Subdomains are ordered by ticket at least 5 weeks before the launch.", ENGLISH, "en"),
        ("Subdomains are ordered by ticket at least 6 working days before the launch.", ENGLISH, "en"),
        ("Subdomains are ordered by ticket at least 5 working days after the launch.", ENGLISH, "en"),
        ("Subdomains are ordered by ticket.", ENGLISH, "en"),
        ("Subdomains may be ordered by ticket at least 5 working days before the launch.", ENGLISH, "en"),
        ("IT needs a signed contract.", ENGLISH, "en"),
        ("If a tool sees customer data, IT needs a contract.", ENGLISH, "en"),
        ("If a tool sees customer data, IT needs a signed contract (https://corp.example/dpa?q=1).", ENGLISH, "en"),
        ("If a tool sees customer data, IT needs a signed contract (https://evil.example/dpa).", ENGLISH, "en"),
        ("Marketing pays the first 300 €, IT pays the rest.", ENGLISH, "en"),
        ("IT pays the first 200 €, marketing pays the rest.", ENGLISH, "en"),
        ("Braze was replaced by Klaviyo on 4 May 2026.", ENGLISH, "en"),
        ("Klaviyo will be replaced by Braze on 4 May 2026.", ENGLISH, "en"),
        ("Klaviyo was replaced by Braze on 5 May 2026.", ENGLISH, "en"),
        ("Klaviyo was replaced by Braze on 4 May 2025.", ENGLISH, "en"),
        ("Klaviyo was replaced by Mailchimp on 4 May 2026.", ENGLISH, "en"),
        ("Everything is free.", ENGLISH, "en"),
        ("Yes, Matomo is.", ENGLISH, "en"),
        ("Hotjar is approved for the shop; Matomo is not.", ENGLISH, "en"),
        ("If a tool sees data, IT needs a signed contract.", ENGLISH, "en"),
        ("If a tool sees customer data, IT needs a signed.", ENGLISH, "en"),
        ("<!channel> Matomo is.", ENGLISH, "en"),
        ("**Matomo** is approved for the shop.", ENGLISH, "en"),
        ("Neue Werkzeuge werden mit Vertrag freigegeben.", GERMAN, "de"),
        ("Neue Werkzeuge werden nicht nur mit Vertrag freigegeben.", GERMAN, "de"),
        ("Newsletter gehen nie nach 9 Uhr hinaus.", GERMAN, "de"),
        ("Newsletter gehen vor 9 Uhr hinaus.", GERMAN, "de"),
        ("Les mots de passe sont envoyés par e-mail.", FRENCH, "fr"),
        ("Le délai est de trois semaines.", FRENCH, "fr"),
        ("Los subdominios se cambian durante una campaña.", SPANISH, "es"),
        ("", ENGLISH, "en"),
        ("The.", ENGLISH, "en"),
        ("Hotjar is not\napproved for the shop.", ENGLISH, "en"),
        ("Hotjar is not ap\u200bproved for the shop.", ENGLISH, "en"),
        ("Matomo " * (LONGEST // 7 + 1), ENGLISH, "en"),
    ],
)
def test_what_is_added_left_out_or_turned_around_is_not(sentence: str, passage: str, lang: str) -> None:
    assert not supported(sentence, passage, "", lang)


def test_words_of_the_title_may_come_in_addition_but_say_nothing_alone() -> None:
    passage = "It is approved for internal forms."
    assert supported("Typeform is approved for internal forms.", passage, "Typeform")
    assert not supported("Tally is approved for internal forms.", passage, "Typeform")
    assert not supported("Typeform.", passage, "Typeform")


def test_a_sentence_draws_together_parts_that_follow_each_other_and_no_others() -> None:
    passage = "Order it by ticket. Say who pays. Say who owns it. The net team answers."
    assert supported("Order it by ticket, say who pays.", passage)
    assert not supported("Order it by ticket, the net team answers.", passage)


def test_a_piece_is_left_out_only_where_no_condition_may_stand_in_it() -> None:
    passage = (
        "Lists may be put on the shared drive, encrypted with our key. Logos, fonts and colours are there (ask Mia)."
    )
    assert supported("Lists may be put on the shared drive, encrypted with our key.", passage)
    assert not supported("Lists may be put on the shared drive.", passage)
    assert supported("Fonts and colours are there.", passage)


def test_sentences_of_the_articles_here_hold_and_do_not_once_they_are_changed() -> None:
    articles = sorted(ARTICLES.rglob("*.md"))[::4]
    texts = [one.text for path in articles for one in passages(path.read_text(encoding="utf-8").split("---", 2)[2])]
    lines = [(line, text) for text in texts for line in re.split(r"(?<=[.!?])\s+|\n+", text) if len(line) > 15]
    assert len(lines) > 30
    for line, text in lines:
        assert supported(line.strip("-* "), text), line
        number = re.search(r"\d+", line)
        assert not number or not supported(f"{line[: number.start()]}7{number[0]}{line[number.end() :]}", text), line
        words = line.split()
        for at in range(1, len(words), 5):
            assert not supported(" ".join([*words[:at], "not", *words[at:]]), text), line
