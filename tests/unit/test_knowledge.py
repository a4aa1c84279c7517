"""Articles: who reads them, how they are cut into passages, and the Markdown they come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import Invalid
from bot.domain.knowledge import PASSAGE_MOST, Article, Audience, Passage, passages, plain, readable
from bot.domain.people import Role
from bot.files import articles

FRONT = "---\ntitle: DNS changes\nowner: Net team\nupdated: 2026-03-01\naudience: everyone\nlang: en\n---\n"
DNS = Article(
    "DNS changes", "Ask a week before.", "Net team", date(2026, 3, 1), Audience.EVERYONE, "en", None, "dns.md"
)


def test_only_who_acts_for_it_reads_what_is_for_it_and_never_a_guest() -> None:
    assert Audience.IT in readable([Role.LIAISON, Role.MARKETING_MANAGER])
    assert Audience.IT not in readable([Role.MARKETING_MANAGER, Role.SECURITY, Role.ADMIN])
    assert Audience.IT not in readable([])
    assert Audience.IT not in readable([Role.LIAISON], is_guest=True)


def test_an_article_is_cut_at_its_headings_and_each_part_says_where_it_stood() -> None:
    body = "Lead.\n\n# Access\nAsk **IT**:\n- a\n- b\n\n## Leavers\nGone at `once`.\n\n# Other\nSee [us](http://x.example)."
    assert passages(body) == (
        Passage("Lead."),
        Passage("Ask IT:\n- a\n- b", "Access"),
        Passage("Gone at once.", "Access › Leavers"),
        Passage("See us (http://x.example).", "Other"),
    )


def test_paragraphs_are_joined_while_they_fit_and_long_ones_are_cut_at_sentences() -> None:
    short, long = "A short one.", "This sentence is repeated. " * 40
    parts = [one.text for one in passages(f"{short}\n\n{short}\n\n{long}\n\n{'word ' * 200}")]
    assert parts[0].startswith(f"{short}\n\n{short}")
    assert all(len(one) <= PASSAGE_MOST for one in parts)
    assert parts[2].endswith("repeated.")
    assert " ".join(" ".join(parts).split()) == " ".join(f"{short} {short} {long} {'word ' * 200}".split())


def test_a_hash_in_code_is_no_heading_and_an_open_fence_ends_with_the_article() -> None:
    assert passages("```\n# not one\n\nx = 1\n```\n") == (Passage("# not one\n\nx = 1"),)
    assert passages("Text.\n```\n# still code") == (Passage("Text.\n# still code"),)


def test_signs_that_are_no_markup_stay() -> None:
    assert plain("2 * 3 * 4 and my_own_name_ and 5*") == "2 * 3 * 4 and my_own_name_ and 5*"


def test_an_article_is_read_from_markdown_and_written_back() -> None:
    found = articles.read("dns.md", FRONT + "\nAsk a week before.\n")
    assert found == DNS
    assert articles.read("dns.md", articles.write(found)) == found
    dated = articles.read("x.md", FRONT.replace("---\ntitle", "---\ntags: [a]\nreview: 2027-01-01\ntitle") + "x")
    assert articles.read("x.md", articles.write(dated)) == dated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# No front matter", "dns.md, line 1: it must begin with a line ---"),
        ("---\ntitle: x\n", "dns.md, line 1"),
        ("---\ntitle: [\n---\nx", "dns.md: This is not YAML in line 3"),
        ("---\n---\nx", "dns.md: The file must be a list of named fields"),
        (FRONT.replace("owner: Net team\n", "") + "x", "dns.md: owner: this is missing"),
        (FRONT.replace("audience: everyone", "audiance: it") + "x", "dns.md: audience: this is missing"),
        (FRONT.replace("everyone", "some") + "x", "dns.md: audience: "),
        (FRONT.replace("2026-03-01", "spring") + "x", "dns.md: updated: "),
        (FRONT + "\n \n", "dns.md: there is nothing below the front matter"),
    ],
)
def test_a_broken_article_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(Invalid) as told:
        articles.read("dns.md", text)
    assert told.value.words.startswith(words)


def test_a_folder_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    (tmp_path / "net/dns.md").write_text(FRONT + "One.")
    (tmp_path / ".hidden").write_text("x")
    assert [one.file for one in articles.read_folder(tmp_path)] == ["net/dns.md"]
    (tmp_path / "dns.md").write_text(FRONT.replace("DNS changes", "dns  CHANGES") + "Two.")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / "odd.md").write_bytes(b"\xff\xfe")
    with pytest.raises(Invalid) as told:
        articles.read_folder(tmp_path)
    assert told.value.words.splitlines() == [
        "odd.md can't be read as text (UnicodeDecodeError).",
        "scan.pdf is not Markdown: only files that end in .md are read.",
        "net/dns.md: the title “DNS changes” is also that of dns.md; articles are known by their titles.",
    ]


def test_a_folder_that_is_none_or_empty_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(Invalid):
            articles.read_folder(folder)


def test_exported_files_are_named_once_each_and_stay_in_their_folder(tmp_path: Path) -> None:
    named = [("A b", ""), ("Ä b!", ""), ("C", "a-b.md"), ("D", "../../etc/d.md"), ("日本", "")]
    many = [Article(title, "x", "o", date(2026, 1, 1), Audience.IT, "en", None, file) for title, file in named]
    names = articles.file_names(many)
    assert names == ["a-b.md", "a-b-2.md", "a-b-3.md", "etc/d.md", "article.md"]
    articles.write_folder(tmp_path, many)
    assert [one.title for one in articles.read_folder(tmp_path)] == sorted_titles(many)


def sorted_titles(many: list[Article]) -> list[str]:
    by_name = dict(zip(articles.file_names(many), many, strict=True))
    return [by_name[name].title for name in sorted(by_name, key=Path)]
