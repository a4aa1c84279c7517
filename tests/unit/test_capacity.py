"""Load tests as their tools write them, the record they make, and the channels a forecast begins with."""

import json
from datetime import UTC, date, datetime

import pytest

from bot.domain.capacity import Capacity, Measured, latest, recorded
from bot.domain.channels import CHANNELS, CampaignChannel, channel
from bot.domain.errors import Invalid, NotFound
from bot.domain.load import Site, forecast
from bot.files import load_test

DAY = date(2026, 11, 23)
K6_EXPORT = {
    "metrics": {
        "http_reqs": {"count": 90000, "rate": 150.0},
        "http_req_duration": {"avg": 210, "p(95)": 480, "thresholds": {"p(95)<500": False}},
        "http_req_duration{expected_response:true}": {"avg": 100, "p(95)": 200},
        "http_req_failed": {"passes": 180, "fails": 89820, "value": 0.002},
        "vus": {"value": 1, "min": 1, "max": 300},
        "vus_max": {"value": 900, "min": 900, "max": 900},
    }
}
K6_SUMMARY = {
    "state": {"testRunDurationMs": 600000},
    "metrics": {
        "http_reqs": {"type": "counter", "contains": "default", "values": {"count": 90000, "rate": 150.0}},
        "http_req_duration": {"type": "trend", "contains": "time", "values": {"avg": 210, "p(95)": 480}},
        "http_req_failed": {"type": "rate", "values": {"rate": 0.002, "passes": 180, "fails": 89820}},
        "vus": {"type": "gauge", "values": {"value": 1, "min": 1, "max": 300}},
    },
}
K6_MACHINE = {
    "version": "1.0.0",
    "config": {"duration": 600.0},
    "results": {
        "passed": True,
        "metrics": [
            {"name": "http_reqs", "type": "counter", "values": {"count": 90000, "rate": 150.0}},
            {"name": "http_req_duration", "type": "trend", "values": {"p(95)": 480}},
            {"name": "http_req_failed", "type": "rate", "values": {"rate": 0.002}},
            {"name": "vus", "type": "gauge", "values": {"max": 300}},
        ],
    },
}
JTL = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,allThreads,URL\n"
LOCUST = (
    "Type,Name,Request Count,Failure Count,Median Response Time,Requests/s,Failures/s,50%,95%,100%\n"
    "GET,/,90000,180,180,150.0,0.3,180,480,2400\n,Aggregated,90000,180,180,150.0,0.3,180,480,2400\n"
)
HISTORY = (
    "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,Total Request Count\n"
    "1795298690,0,,Aggregated,N/A,N/A,N/A,N/A,0\n"
    "1795298700,300,,Aggregated,152.3,0.2,180,480,5400\n"
    "1795298710,600,,Aggregated,171.0,0.5,300,700,9000\n"
    "1795298720,900,,Aggregated,190.0,60.0,900,2900,9900\n"
)


def samples(second: int, count: int, failed: int = 0) -> str:
    begin = 1795298664000 + 1000 * second
    line = "{at},200,Home,200,OK,Shop 1-7,text,{ok},,{threads},https://shop.example/\n"
    return "".join(line.format(at=begin, ok=str(one >= failed).lower(), threads=120) for one in range(count))


@pytest.mark.parametrize("summary", [K6_EXPORT, K6_SUMMARY, K6_MACHINE], ids=["export", "summary", "machine"])
def test_every_shape_of_a_k6_summary_is_read(summary: dict[str, object]) -> None:
    assert load_test.read(json.dumps(summary)) == Measured("k6", 150.0, 0.002, 600.0, 480.0, 300)


def test_the_capacity_of_jmeters_samples_is_the_best_minute_that_held() -> None:
    ramp = "".join(samples(second, 2) for second in range(30))
    plateau = "".join(samples(second, 5) for second in range(30, 95))
    broken = "".join(samples(second, 9, failed=4) for second in range(95, 160))
    found = load_test.read(JTL + ramp + plateau + broken)
    assert (found.tool, found.requests_per_s, found.users, found.p95_ms) == ("JMeter", 5.0, 120, 200)
    assert found.held


def test_a_test_in_which_nothing_held_says_so() -> None:
    found = load_test.read(JTL + "".join(samples(second, 4, failed=2) for second in range(70)))
    assert (found.requests_per_s, found.errors, found.held) == (4.0, 0.5, False)


def test_a_jmeter_file_with_other_columns_delimiter_and_dates_is_read_by_name() -> None:
    text = "success;label;elapsed;timeStamp\n" + "true;Home;100;2026/11/21 10:04:24.000\n" * 3
    assert load_test.read(text).requests_per_s == 3


def test_locusts_statistics_give_the_mean_and_its_history_the_best_that_held() -> None:
    assert load_test.read(LOCUST) == Measured("Locust", 150.0, 0.002, 600.0, 480.0)
    found = load_test.read(HISTORY)
    assert (found.requests_per_s, found.users, found.held) == (171.0, 600, True)


BAD = [
    ("", "no result I know"),
    ("{", "not JSON"),
    ("{}", "no result I know"),
    ('{"metrics": {"vus": {"max": 3}}}', "http_reqs.rate is missing"),
    ('{"metrics": {"http_reqs": {"rate": 0, "count": 0}}}', "no requests"),
    ("a,b\n1,2\n", "no result I know"),
    (JTL, "no samples"),
    (JTL + "noon,200,Home,200,OK,x,text,true,,1,u\n", "Line 2, timeStamp"),
    (JTL + "1795298664000,fast,Home,200,OK,x,text,true,,1,u\n", "Line 2, elapsed"),
    (LOCUST.replace("Aggregated", "All"), "“Aggregated” is missing"),
    (LOCUST.replace(",90000,", ",many,"), "Request Count"),
    (HISTORY.split("\n", maxsplit=1)[0] + "\n", "no requests"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_file_that_is_no_result_is_refused_with_the_place(text: str, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        load_test.read(text)
    assert words in raised.value.words


def test_a_test_that_held_makes_a_record_that_counts_for_a_quarter() -> None:
    record = recorded("shop", load_test.read(LOCUST), DAY, "U1")
    assert (record.requests_per_s, record.how, record.expires_on) == (150.0, "load test with Locust", date(2027, 2, 21))
    assert record.counts(date(2027, 2, 21))
    assert not record.counts(date(2027, 2, 22))


def test_a_test_that_did_not_hold_makes_none() -> None:
    with pytest.raises(Invalid, match="takes less than 100 a second"):
        recorded("shop", Measured("k6", 100, 0.2, 60), DAY, "U1")


def test_the_newest_record_of_the_site_that_counts_is_used() -> None:
    def record(site: str, on: date, until: date) -> Capacity:
        return Capacity(site, 100, on, "U1", "measured", until)

    old = record("Shop", date(2026, 9, 1), date(2026, 12, 1))
    new = record("shop", date(2026, 10, 1), date(2026, 12, 1))
    gone = record("shop", date(2026, 11, 1), date(2026, 11, 2))
    other = record("blog", date(2026, 11, 20), date(2026, 12, 20))
    assert latest([old, new, gone, other], "SHOP", DAY) == new
    assert latest([gone, other], "shop", DAY) is None


def test_a_record_told_again_on_the_same_day_is_the_one_that_counts() -> None:
    wrong = Capacity("shop", 9.0, date(2026, 10, 1), "U1", "typed", date(2026, 12, 1))
    right = Capacity("shop", 99.0, date(2026, 10, 1), "U2", "corrected", date(2026, 12, 1))
    assert latest([wrong, right], "shop", DAY) == right


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"requests_per_s": 0}, "above zero"),
        ({"sessions": 10}, "one of them"),
        ({"expires_on": date(2026, 1, 1)}, "expire"),
    ],
)
def test_a_record_that_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    fields = {"site": "shop", "requests_per_s": 1.0, "measured_on": DAY, "by": "U1", "how": "", "expires_on": DAY}
    with pytest.raises(Invalid, match=words):
        Capacity(**{**fields, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("one", CHANNELS, ids=[one.key for one in CHANNELS])
def test_every_channel_has_sound_defaults_and_a_source(one: CampaignChannel) -> None:
    known = channel(one.key)
    assert 0 < known.low <= known.response <= known.high <= 1
    assert known.source
    assert known.grade
    wave = known.wave("launch", 400_000, datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert wave.window_s >= 1
    assert forecast([wave], Site("shop", 1000)).peak_requests_per_s > 0


def test_a_mailing_takes_as_long_to_send_as_its_platform_needs() -> None:
    assert channel("email").window_for(400_000) == 2400
    assert channel("email").window_for(10) == 60
    assert channel("email").window_for(8_000_000_000) == 7 * 86_400


def test_an_unknown_channel_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="There are: email"):
        channel("carrier pigeon")
