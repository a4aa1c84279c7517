"""The benches: played small, what they print, and whether the count would notice what it is there for."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from bot.bench import registry, roadmap, sweep
from bot.bench.ingest import take
from bot.bench.promises import unkept
from bot.bench.registry import BENCHES, Bench, run_benches
from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.bench.tally import Ticket, count
from bot.bench.traffic import asking_messages
from bot.domain.errors import Invalid, Permanent

REPORT = Report("little", {"done_per_s": 3.5}, ["program", "per s"], [["one", "3.5"]], "a note")
FIGURES = {
    *("sqlite_per_s", "postgresql_per_s", "bare_bolt_per_s", "ack_p50_ms", "ack_p95_ms", "ack_p99_ms"),
    *("burst_max_ms", "card_p50_ms", "card_p95_ms", "idle_mb"),
}
SWEPT = {
    *(f"{backend}_{what}" for backend in ("sqlite", "postgresql") for what in ("none_due_ms", "100_due_ms", "storm_s")),
    "hours_add_us",
}
ASKED = {"Zoravadrix": True, "Vexebomora": True, "Quilixonexo": False}
TICKETS = [Ticket("IT-1", "Zoravadrix"), Ticket("IT-2", "Vexebomora")]
CARDS = ["IT-2", "IT-1"]
POSTED = ["IT-1:card", "IT-1:ping", "IT-2:card"]


def test_ingest_measures_the_bot_on_both_databases_beside_a_bare_app() -> None:
    told: list[str] = []
    report = take(Sizes(burst=100, bursts=1, steady_s=0.5, cards=3), told.append)
    assert set(report.figures) == FIGURES
    assert all(figure > 0 for figure in report.figures.values())
    assert [row[0] for row in report.rows] == ["bare_bolt", "sqlite", "postgresql"]
    assert len(told) == 3


def test_the_sweep_is_measured_on_both_databases_and_notes_every_breach_once() -> None:
    told: list[str] = []
    report = sweep.take(Sizes(tickets=250, hundreds=1), told.append)
    assert set(report.figures) == SWEPT
    assert all(figure > 0 for figure in report.figures.values())
    assert [row[:2] for row in report.rows] == [["sqlite", "500"], ["postgresql", "500"]]
    assert told == [
        "sqlite: storing 500 clocks",
        "sqlite: 400 clocks are due at once",
        "postgresql: storing 500 clocks",
        "postgresql: 400 clocks are due at once",
    ]


def test_a_road_map_is_compared_reviewed_and_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ITEMS": 30, "NEEDS": 40, "ROUNDS": 1}.items():
        monkeypatch.setattr(roadmap, name, value)
    report = roadmap.take(Sizes(), lambda told: None)
    assert list(report.figures) == ["diff_s", "review_s", "picture_s"]
    assert all(figure > 0 for figure in report.figures.values())


def test_json_is_exactly_one_object_with_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(registry, "BENCHES", (Bench("little", "a bench", lambda sizes, tell: REPORT),))
    run_benches("little", as_json=True)
    printed = json.loads(capsys.readouterr().out)
    assert (printed["bench"], printed["figures"]) == ("little", {"done_per_s": 3.5})
    assert set(printed["machine"]) == {"cpu", "cores", "memory_mb", "python", "os", "date"}


def test_the_table_shows_rows_machine_and_notes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(registry, "BENCHES", (Bench("little", "a bench", lambda sizes, tell: REPORT),))
    run_benches()
    shown = capsys.readouterr()
    assert all(words in shown.out for words in ("little", "cores", "per s", "3.5", "a note"))
    assert "a bench" not in shown.out


def test_an_unknown_bench_is_answered_with_those_there_are() -> None:
    with pytest.raises(Invalid) as refused:
        run_benches("speed")
    assert all(bench.name in refused.value.words for bench in BENCHES)


def test_a_bench_that_must_not_pass_fails_after_it_was_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = Report("bad", {}, ["a"], [["b"]], failure="2 times something was lost or doubled.")
    monkeypatch.setattr(registry, "BENCHES", (Bench("bad", "a bench", lambda sizes, tell: bad),))
    with pytest.raises(Permanent, match="lost or doubled"):
        run_benches("bad", as_json=True)
    assert json.loads(capsys.readouterr().out)["bench"] == "bad"


def test_a_tally_of_what_went_well_finds_nothing() -> None:
    tally = count(ASKED, TICKETS, CARDS, POSTED)
    assert (tally.acked, tally.tickets, tally.cards, tally.lost, tally.doubled) == (2, 2, 2, (), ())


def test_what_was_not_acknowledged_may_have_its_ticket() -> None:
    tally = count(ASKED, [*TICKETS, Ticket("IT-3", "Quilixonexo")], [*CARDS, "IT-3"], POSTED)
    assert (tally.lost, tally.doubled) == ((), ())


def test_a_tally_finds_what_was_lost() -> None:
    assert count(ASKED, TICKETS[:1], CARDS[1:], POSTED).lost == ("no ticket for Vexebomora",)
    assert count(ASKED, TICKETS, CARDS[:1], POSTED).lost == ("no card of IT-1",)
    skipped = [TICKETS[0], Ticket("IT-3", "Vexebomora")]
    assert count(ASKED, skipped, ["IT-1", "IT-3"], POSTED).lost == ("no IT-2",)
    assert count(ASKED, TICKETS, CARDS, POSTED, ["2 posts are still waiting"]).lost == ("2 posts are still waiting",)


def test_a_tally_finds_what_was_doubled() -> None:
    again = [*TICKETS, Ticket("IT-3", "Zoravadrix")]
    assert count(ASKED, again, [*CARDS, "IT-3"], POSTED).doubled == ("2 tickets for Zoravadrix",)
    assert count(ASKED, TICKETS, [*CARDS, "IT-1"], POSTED).doubled == ("2 cards of IT-1",)
    assert count(ASKED, TICKETS, CARDS, [*POSTED, "IT-1:ping"]).doubled == ("IT-1:ping posted 2 times",)
    stray = [*TICKETS, Ticket("IT-3", "Drank")]
    assert count(ASKED, stray, [*CARDS, "IT-3"], POSTED).doubled == ("IT-3 for something nobody asked",)


def test_a_promise_is_kept_by_an_agenda_in_each_channel_and_a_breach_on_each_question() -> None:
    kept = ["agenda:C1:2026-W47", "IT-7:sla:resolution:1:15:breach", "IT-7:sla:resolution:1:15:75", "IT-7:card"]
    assert unkept(["IT-7"], ["C1"], kept) == []
    assert unkept(["IT-7", "IT-8"], ["C1", "C2"], kept) == ["no breach of IT-8", "no agenda of C2"]


def test_invented_tools_differ_and_the_same_seed_invents_the_same() -> None:
    made = list(islice(asking_messages(seed=3), 40))
    assert len({tool for tool, _ in made}) == 40
    assert all(tool in text for tool, text in made)
    assert made == list(islice(asking_messages(seed=3), 40))
    assert made != list(islice(asking_messages(seed=4), 40))
