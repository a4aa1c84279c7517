"""`knowledge import`, `export` and `list` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.command_line import type_command

FRONT = "---\ntitle: DNS changes\nowner: Net team\nupdated: 2026-03-01\naudience: it\nlang: en\n---\n"
ARTICLE = f"{FRONT}\nAsk a week before.\n"


def test_articles_go_in_and_come_out_as_they_were(tmp_path: Path) -> None:
    for folder in ("in", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "in/dns.md").write_text(ARTICLE)
    done = type_command(tmp_path, {}, "knowledge", "import", "in", "--workspace", "T1")
    assert done.stdout == "✓ 1 added, 0 changed, 0 as they were; 1 passages.\n", done.stderr
    listed = type_command(tmp_path, {}, "knowledge", "list", "--workspace", "T1")
    assert listed.stdout == "DNS changes [en, it] Net team, 2026-03-01\n"
    type_command(tmp_path, {}, "knowledge", "export", "out", "--workspace", "T1")
    assert (tmp_path / "out/dns.md").read_text() == ARTICLE
    again = type_command(tmp_path, {}, "knowledge", "reindex", "--workspace", "T1")
    assert again.stdout == "✓ 1 articles read anew, 1 passages.\n", again.stderr
    (tmp_path / "in/notes.txt").write_text("x")
    refused = type_command(tmp_path, {}, "knowledge", "import", "in", "--workspace", "T1")
    assert refused.returncode == 1
    assert refused.stderr == "✗ notes.txt is not Markdown: only files that end in .md are read.\n"


def test_any_articles_and_questions_are_tried_by_one_command(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/dns.md").write_text(ARTICLE)
    (tmp_path / "in/mail.md").write_text(ARTICLE.replace("DNS changes", "Newsletters").replace(": it", ": everyone"))
    asked = {
        "id": "1",
        "question": "When must I ask for DNS changes?",
        "asker": "it",
        "lang": "en",
        "article": "dns.md",
    }
    lines = [asked, asked | {"id": "2", "asker": "marketer", "article": None}]
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    given = ("--articles", "in", "--questions", "q.jsonl", "--predictions", "out.jsonl", "--json")
    done = type_command(tmp_path, {}, "ask", "eval", *given)
    found = json.loads(done.stdout)
    assert (found["questions"], found["top1"], found["top3"]) == (2, 1.0, 1.0), done.stderr
    first, second = (json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines())
    assert (first["id"], first["ranked"]) == ("1", ["dns.md", "mail.md"])
    assert second["ranked"] == ["mail.md"]
