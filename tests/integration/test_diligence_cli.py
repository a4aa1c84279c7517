"""`diligence export` and `import` on the database of a bot: the vendor's questions as a sheet, and back."""

from __future__ import annotations

from pathlib import Path

from bot.files import sheets
from bot.now import utc_now
from storage.engine import make_engine
from storage.store import Store
from tests.builders import TEAM, a_channel
from tests.support.command_line import type_command
from tests.support.samples import a_ticket


def test_the_vendors_questions_go_out_and_their_answers_come_in_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel())
        uow.tickets.add(a_ticket(workspace=TEAM))
    book, back = tmp_path / "questions.xlsx", tmp_path / "back.csv"
    told = type_command(tmp_path, {}, "diligence", "export", "IT-1", "--to", str(book))
    assert (told.stdout, told.stderr) == (f"✓ 22 questions in {book}, 22 of them open.\n", "")
    asked = {row["key"]: row for _, row in sheets.read(book.read_bytes())}
    assert "connects" not in asked
    asked["encryption"] |= {"answer": "yes, see evidence", "evidence": "https://klaviyo.example/trust"}
    back.write_bytes(sheets.write_csv(list(asked["mfa"]), asked.values()) + b"mfa,,,,perhaps,,\nconnects,,,,yes,,\n")
    refused = type_command(tmp_path, {}, "diligence", "import", "IT-1", str(back))
    assert refused.returncode == 1
    assert "line 24: “perhaps” is no answer" in refused.stderr
    assert "line 25: “connects” is no question of ours" in refused.stderr
    asked["mfa"]["answer"] = "no"
    back.write_bytes(sheets.write_csv(list(asked["mfa"]), asked.values()))
    told = type_command(tmp_path, {}, "diligence", "import", "it-1", str(back))
    assert (told.stdout, told.stderr) == ("✓ 2 answers are new, 0 as they were, 20 not given.\n", "")
    with store.unit_of_work() as uow:
        kept = {one.answer.question: one.answer.level for one in uow.answers.of(TEAM, 1)}
    assert kept == {"encryption": "evidenced", "mfa": "no"}
    assert "mfa,security" in type_command(tmp_path, {}, "diligence", "export", "IT-1").stdout
    store.close()
