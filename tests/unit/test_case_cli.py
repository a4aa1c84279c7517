"""The verbs that reckon up a case from a file: cost and load."""

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import capacity, cost, load
from bot.domain.channels import channel
from bot.domain.errors import Invalid
from bot.files import load_case
from tests.unit.test_capacity import LOCUST

CASES = Path(__file__).parents[1] / "cases"
DOCS = Path(__file__).parents[2] / "docs" / "cases"


def run(*arguments: str) -> Result:
    app = typer.Typer()
    cost.register(app)
    load.register(app)
    capacity.register(app)
    return CliRunner().invoke(app, arguments)


def test_a_cost_case_as_json_is_one_object_with_its_figures() -> None:
    found = json.loads(run("cost", "--file", str(CASES / "cost-standard.yaml"), "--json").stdout)
    assert found["expected"] == pytest.approx(277_014.87)
    assert found["multiple"] == pytest.approx(2.916, rel=1e-3)
    assert found["means"]["connector ERP"] == 45_000
    assert next(iter(found["drivers"])) == "connector ERP"


def test_a_cost_case_as_a_table_says_the_multiple_and_what_matters() -> None:
    shown = run("cost", "--file", str(DOCS / "cost.yaml")).stdout
    assert "expected 1.70 times that" in shown
    assert "It matters most: connector shop" in shown
    assert "Break-even after 20 months" in shown


def test_a_load_case_as_json_is_one_object_with_its_figures() -> None:
    found = json.loads(run("load", "--file", str(CASES / "load-mailing.yaml"), "--json").stdout)
    assert found["verdict"] == "go_with_conditions"
    assert found["smallest_window_s"] == 1260
    assert found["peak_at"] == "2026-03-02T09:17+01:00"
    assert found["peak_requests_per_s"] == pytest.approx(94.1, rel=0.015)


def test_a_load_case_in_words_says_what_is_lost() -> None:
    shown = run("load", "--file", str(CASES / "load-overlap.yaml")).stdout
    assert shown.startswith("No go: at its peak (Fri 27 Nov 20:16) shop is asked for 232 requests a second")
    assert "visitors turned away" in shown


def test_each_overload_of_a_load_case_is_told_with_its_time_length_and_height(tmp_path: Path) -> None:
    case, file = str(CASES / "load-overlap.yaml"), tmp_path / "over.csv"
    found = json.loads(run("load", "--file", case, "--json", "--csv", str(file)).stdout)
    by_line = {line: [one for one in found["over"] if one["line"] == line] for line in ("capacity", "headroom")}
    assert sum(one["seconds"] for one in by_line["capacity"]) == found["overload_s"]
    assert sum(one["seconds"] for one in by_line["headroom"]) == pytest.approx(found["strained_s"], abs=2)
    (worst,) = by_line["capacity"]
    assert worst["begins"] < worst["peak_at"] < worst["ends"]
    assert (worst["above_requests_per_s"], worst["above_percent"]) == (31.95, 16.0)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert rows == [{name: str(value) for name, value in one.items()} for one in found["over"]]
    assert (
        "Fri 27 Nov 20:15 for 2 minutes, up to 32 requests a second (16 %) too many."
        in run("load", "--file", case).stdout
    )


def test_a_load_case_of_one_campaign_says_the_window_that_fits(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text((DOCS / "load.yaml").read_text().split("  # A channel")[0])
    assert "It fits if it is sent over 24 minutes or more." in run("load", "--file", str(file)).stdout


def test_a_wave_of_a_known_channel_takes_its_figures_from_there() -> None:
    mailing, reminder = load_case.read((DOCS / "load.yaml").read_text()).waves
    assert (reminder.response, reminder.window_s, reminder.delay) == (0.06, 200.0, channel("sms").delay)
    assert (mailing.response, mailing.window_s) == (0.017, 1800)


def test_a_known_channels_scanners_count_only_with_its_own_figures() -> None:
    head = "site: {name: shop, capacity_requests_per_s: 100}\nwaves:\n  - {campaign: a, channel: email, audience: 5, "
    usual, own = (
        load_case.read(head + more + "start: 2026-12-01T12:00:00Z}").waves[0] for more in ("", "response: 0.02, ")
    )
    assert usual.scanner == channel("email").scanner
    assert own.scanner is None


def test_a_load_test_says_what_the_site_held(tmp_path: Path) -> None:
    file = tmp_path / "stats.csv"
    file.write_text(LOCUST)
    shown = run("capacity", "--file", str(file)).stdout
    assert shown.startswith("Locust: 150.0 requests a second, 0.2% failed, 95 % answered within 480 ms.")
    assert json.loads(run("capacity", "--file", str(file), "--json").stdout)["held"] is True
    file.write_text(LOCUST.replace("90000,180,", "90000,9000,"))
    assert "did not hold it" in run("capacity", "--file", str(file)).stdout


BAD = [
    ("audience: 350000", "audience: everyone", "waves[1].audience"),
    ("window_s: 1800", "window_s: 0", "waves[1].window_s"),
    ("response: 0.017", "response: 1.7", "waves[1].response"),
    ("capacity_requests_per_s: 150", "capacity_requests_per_s: 0", "site.capacity_requests_per_s"),
    ("10:00:00+01:00", "10:00:00", "waves[1].start"),
    ("channel: sms", "channel: pigeon", "waves[2]: give response, window_s, delay, or a channel"),
    ("kind: lognormal", "kind: sudden", "waves[1].delay"),
    ("2026-12-01", "0001-01-01", "year 1"),
]


@pytest.mark.parametrize(("was", "is_now", "place"), BAD)
def test_a_broken_load_case_names_the_place(tmp_path: Path, was: str, is_now: str, place: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text((DOCS / "load.yaml").read_text().replace(was, is_now))
    raised = run("load", "--file", str(file)).exception
    assert isinstance(raised, Invalid)
    assert place in raised.words


@pytest.mark.parametrize("verb", ["cost", "load"])
def test_a_file_that_is_not_there_is_named(verb: str, tmp_path: Path) -> None:
    raised = run(verb, "--file", str(tmp_path / "none.yaml")).exception
    assert isinstance(raised, Invalid)
    assert "There is no file" in raised.words
