"""The verb `detect`: one JSON object a line in and out."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import detect

TEXT = "Black Friday newsletter goes out 27 Nov to 400k subscribers"
GOOD = json.dumps({"id": "a", "text": TEXT, "sent_at": "2025-11-12T09:00:00+01:00"})


def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    detect.register(made)
    return made


def test_a_message_is_answered_in_the_words_of_the_contract() -> None:
    result = CliRunner().invoke(app(), ["detect"], input=GOOD + "\n")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (answer["id"], answer["label"], answer["tools"], answer["action"]) == ("a", ["campaign"], [], "open")
    assert answer["campaign"]["iso_date"] == "2025-11-27"
    assert answer["campaign"]["audience"] == 400_000
    assert set(answer["confidence"]) == {"new_tool", "campaign"}
    assert answer["why"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense", "line 2: this is not JSON"),
        ("[1]", "line 2: this is not a JSON object"),
        ('{"id": 1}', 'line 2: "text" must be a string'),
        ('{"text": "x", "sent_at": "soon"}', "line 2: \"sent_at\" must be an ISO date or time, not 'soon'"),
        ('{"text": "x", "thread_context": 7}', 'line 2: "thread_context" must be a string'),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(line: str, words: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert detect.answer([GOOD, line, "", GOOD], out, err) == 1
    assert err.getvalue().strip() == words
    assert len(out.getvalue().splitlines()) == 2


def test_a_bad_line_in_a_file_ends_the_verb_with_1(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text("nonsense\n" + GOOD + "\n")
    result = CliRunner().invoke(app(), ["detect", "--file", str(file)])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["id"] == "a"


def test_a_lone_half_of_a_sign_is_answered_too() -> None:
    out = io.StringIO()
    assert detect.answer(['{"id": "\\ud800", "text": "can we get Klaviyo? \\ud83d"}'], out, io.StringIO()) == 0
    assert json.loads(out.getvalue())["tools"] == ["Klaviyo"]


def test_importing_the_verb_does_not_load_the_lists() -> None:
    code = "import sys, bot.cli.detect; sys.exit('bot.detection.lists' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
