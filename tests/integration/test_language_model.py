"""The language model over real HTTP: an endpoint that misbehaves as told, and a real server of the protocol."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date

import pytest

from bot.app import language_model, language_model_finding, read_facts
from bot.domain.detection import THRESHOLDS, CampaignFacts, Detection, Heard, Sensitivity
from bot.domain.errors import Passing, Permanent
from bot.domain.knowledge import Audience
from bot.domain.usage import Purpose, Used
from bot.llm.openai import OpenAIModel
from bot.retrieval.support import supported
from bot.services.consultation import Consultation
from bot.services.intake.second_opinion import SecondOpinion, check_model
from bot.settings import Settings
from prompts.catalog import ANSWER, SECOND_OPINION, UnclearMessage
from tests.builders import MARKETER, TEAM, Office, an_office
from tests.support.scripted_endpoint import Endpoint, Said, a_completion, scripted_endpoint
from tests.support.scripted_model import a_reading
from tests.support.small_model import KEY, NAME, small_model
from tests.support.written import ARTICLES, ORDER, QUESTION, VAULT, a_writing_office, a_written

SCHEMA = SECOND_OPINION.text.schema
NO, YES = a_completion(a_reading(new_tool="no")), a_completion(a_reading(new_tool="yes"))
LIMIT_S = 1.5
ASK = THRESHOLDS[Sensitivity.NORMAL].ask
TEXT = "maybe Klaviyo for the Winter Sale on 4 December to 50,000 people"
UNSURE = Detection(("new_tool",), ("Klaviyo",), None, {"new_tool": ASK + 0.05, "campaign": 0.4}, ())


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with scripted_endpoint() as started:
        yield started


@pytest.fixture(scope="module")
def small_url() -> Iterator[str]:
    with small_model() as url:
        yield url


def an_office_with(url: str, *, limit_s: float = LIMIT_S, key: str = "sk-secret", model: str = "m") -> Office:
    office = an_office()
    asked = OpenAIModel(key, url, model)
    office.second_opinion = SecondOpinion(
        asked, office.store.unit_of_work, office.clock, limit_s=limit_s, read=read_facts
    )
    return office


def hears(office: Office, detection: Detection = UNSURE) -> str:
    """What became of an unsure message: a question without a second opinion."""
    office.says(MARKETER, TEXT, detection)
    return "question" if office.whispers(MARKETER) else "silence"


def calls(office: Office) -> int:
    return used(office).calls


def used(office: Office) -> Used:
    with office.store.unit_of_work() as uow:
        return uow.usage.today(TEAM, office.clock.at.date(), Purpose.SECOND_OPINION)


def test_it_asks_as_the_protocol_wants_and_counts_the_tokens(endpoint: Endpoint) -> None:
    endpoint.answers = [NO]
    office = an_office_with(endpoint.url)
    assert (hears(office), used(office)) == ("silence", Used(1, 40, 2))
    (asked,) = endpoint.asked
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    assert TEXT in asked["messages"][1]["content"]
    assert (asked["model"], endpoint.keys) == ("m", ["Bearer sk-secret"])


@pytest.mark.parametrize(
    "first",
    [
        Said(status=429, headers={"Retry-After": "0.3"}),
        Said(status=500, body="oops"),
        Said(status=503),
        Said(body="<html>"),
        Said(body='{"choices": []}'),
        a_completion('{"new_tool": "n'),
        a_completion(None),
        a_completion(json.dumps({"verdict": "no"})),
        a_completion(a_reading(new_tool="perhaps")),
    ],
    ids=["429", "500", "503", "html", "no choice", "broken", "empty", "other schema", "other value"],
)
def test_what_may_pass_is_tried_once_more(endpoint: Endpoint, first: Said) -> None:
    endpoint.answers = [first, NO]
    office = an_office_with(endpoint.url, limit_s=5)
    assert (hears(office), calls(office)) == ("silence", 2)


@pytest.mark.parametrize(
    ("said", "most_calls"),
    [
        (Said(status=429, headers={"Retry-After": "60"}), 1),
        (Said(status=500), 2),
        (Said(status=401, body='{"error": {"message": "wrong key sk-secret"}}'), 1),
        (Said(status=404), 1),
        (Said(status=400), 1),
        (Said(body="<html>"), 2),
        (Said(body='{"choices": [{"message": {"con', cut=True), 2),
        (a_completion("no"), 2),
        (a_completion("[" * 100_000), 2),
        (Said(body='{"choices": "' + "x" * 5_000_000 + '"}'), 2),
        (a_completion(a_reading(tools=["Klaviyo"] * 9)), 2),
    ],
    ids=["429", "500", "401", "404", "400", "html", "cut", "nonsense", "deep", "huge", "wrong schema"],
)
def test_what_goes_on_failing_leaves_the_detectors_answer(endpoint: Endpoint, said: Said, most_calls: int) -> None:
    endpoint.answers = [said]
    office = an_office_with(endpoint.url)
    began = time.monotonic()
    assert hears(office) == "question"
    assert calls(office) == len(endpoint.asked) == most_calls
    assert time.monotonic() - began < LIMIT_S + 2


@pytest.mark.parametrize("slow", [Said(before_s=4), Said(body=YES.body, drip_s=0.1)], ids=["silent", "dripping"])
def test_no_server_holds_a_message_longer_than_the_limit(endpoint: Endpoint, slow: Said) -> None:
    endpoint.answers = [slow]
    office = an_office_with(endpoint.url, limit_s=0.8)
    began = time.monotonic()
    assert hears(office) == "question"
    assert time.monotonic() - began < 2.8


def hang(*_: object, **__: object) -> None:
    time.sleep(4)


def test_a_name_server_that_hangs_does_not_hold_a_message_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    model = OpenAIModel("k", "http://nowhere.example/v1", "m")
    began = time.monotonic()
    with pytest.raises(Passing, match="did not answer in time"):
        model.complete("r", "m", SCHEMA, 0.3)
    assert time.monotonic() - began < 2


def test_lies_about_names_and_dates_are_dropped(endpoint: Endpoint) -> None:
    lies = {"campaign_name": "Summer Sale", "date_text": "1 May", "audience_text": "9,000,000"}
    endpoint.answers = [a_completion(a_reading(new_tool="yes", campaign="yes", tools=["Mailchimp"], **lies))]
    after = weighed(an_office_with(endpoint.url))
    assert (after.tools, after.campaign) == (("Klaviyo",), None)


def test_what_the_message_bears_out_is_taken_over_and_read_by_the_rules(endpoint: Endpoint) -> None:
    said = {"campaign_name": "Winter Sale", "date_text": "4 December", "audience_text": "50,000 people"}
    endpoint.answers = [a_completion(a_reading(new_tool="no", campaign="yes", **said))]
    after = weighed(an_office_with(endpoint.url)).campaign
    assert after == CampaignFacts("Winter Sale", "4 December", date(2026, 12, 4), 50_000, "50,000 people")


def weighed(office: Office) -> Detection:
    assert office.second_opinion
    heard = Heard(TEXT, office.clock.at.date())
    return office.second_opinion.weigh(TEAM, heard, UNSURE, Sensitivity.NORMAL)


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (Said(status=401, body='{"error": {"message": "wrong key sk-secret"}}'), Permanent, "refuses our key"),
        (Said(status=404), Permanent, "no such model"),
        (Said(status=400, body='{"error": {"message": "maybe Klaviyo"}}'), Permanent, "refuses what we ask"),
        (Said(status=429, body='{"error": {"code": "insufficient_quota"}}'), Permanent, "used up"),
        (Said(status=429, headers={"Retry-After": "7"}), Passing, "status 429"),
        (Said(status=502), Passing, "status 502"),
        (Said(body="x" * 400_000), Passing, "too long"),
        (Said(body="{}"), Passing, "something else"),
    ],
    ids=["401", "404", "400", "quota", "429", "502", "huge", "other"],
)
def test_refusals_come_in_our_words_without_the_servers(
    endpoint: Endpoint, said: Said, error: type[Passing | Permanent], words: str
) -> None:
    endpoint.answers = [said]
    with pytest.raises(error, match=words) as refused:
        OpenAIModel("sk-secret", endpoint.url, "m").complete("r", "m", SCHEMA, 5)
    assert not {"sk-secret", "Klaviyo"} & set(refused.value.words.split())
    assert getattr(refused.value, "retry_after", 0) == (7 if words == "status 429" else 0)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "nonsense", "http://[", "http://127.0.0.1:99999/v1"])
def test_an_address_where_nobody_is_is_told(url: str) -> None:
    with pytest.raises(Passing, match="can't be reached"):
        OpenAIModel("k", url, "m").complete("r", "m", SCHEMA, 5)


def test_a_key_that_is_none_is_told_and_never_shown(endpoint: Endpoint) -> None:
    model = OpenAIModel("sk-…", endpoint.url, "m")
    with pytest.raises(Permanent, match="key is no key"):
        model.complete("r", "m", SCHEMA, 5)
    assert "sk-" not in repr(model)


def test_it_is_on_only_if_a_model_is_named_and_a_key_or_an_address(endpoint: Endpoint) -> None:
    endpoint.answers = [NO]
    plain = {"_env_file": None, "openai_model": "", "openai_base_url": "", "openai_api_key": "sk-secret"}
    for given in ({}, {"openai_model": "m", "openai_api_key": ""}):
        off = Settings(**(plain | given))  # type: ignore[arg-type]
        assert (off.has_language_model, language_model_finding(off).well) == (False, None)
        with pytest.raises(Permanent, match="No language model is configured"):
            language_model(off).complete("r", "m", SCHEMA, 1)
    on = Settings(**(plain | {"openai_model": "m", "openai_base_url": endpoint.url}))  # type: ignore[arg-type]
    assert language_model_finding(on).words.startswith("On: m answered in")
    assert "sk-secret" not in repr(on)


def test_an_obedient_endpoint_is_asked_as_the_protocol_wants_and_its_lies_are_dropped(endpoint: Endpoint) -> None:
    lies = [("It is free, see https://evil.example.", 1), ("<!channel> urgent.", 1), (VAULT, 2)]
    endpoint.answers = [a_completion(a_written((ORDER, 1), *lies))]
    office = a_writing_office("")
    assert office.writer
    office.writer.consultation.model = OpenAIModel("k", endpoint.url, "m")
    office.types(MARKETER, f"ask {QUESTION}")
    assert office.whispers(MARKETER)[0].splitlines()[0] == f"{ORDER} [1]"
    (asked,) = endpoint.asked
    assert asked["response_format"]["json_schema"]["schema"] == ANSWER.text.schema
    assert "Granite" not in json.dumps(asked)


@pytest.mark.parametrize("late", [Said(before_s=4), Said(status=500)], ids=["silent", "500"])
def test_an_endpoint_that_fails_leaves_the_quote_within_the_limit(endpoint: Endpoint, late: Said) -> None:
    endpoint.answers = [late]
    office = a_writing_office("")
    assert office.writer
    office.writer.consultation.model, office.writer.consultation.limit_s = OpenAIModel("k", endpoint.url, "m"), 0.6
    began = time.monotonic()
    office.types(MARKETER, f"ask {QUESTION}")
    assert office.whispers(MARKETER)[0].startswith(f"“{ORDER}")
    assert time.monotonic() - began < 2.6


# --- a real server ---


def test_a_real_server_answers_by_the_schema(small_url: str) -> None:
    rules, message = SECOND_OPINION.render(UnclearMessage(TEXT, "7f3a"))
    answer = OpenAIModel(KEY, small_url, NAME).complete(rules, message, SCHEMA, 60)
    assert SECOND_OPINION.parse(answer.text).new_tool in {"yes", "no", "unsure"}
    assert answer.tokens_in > 300


def test_what_a_real_small_model_makes_up_stays_out_of_the_detection(small_url: str) -> None:
    office = an_office_with(small_url, limit_s=60, key=KEY, model=NAME)
    after = weighed(office)
    assert calls(office) in {1, 2} and used(office).tokens > 300
    assert all(name in TEXT for name in after.tools)
    assert all(abs(after.confidence[label] - UNSURE.confidence[label]) < 0.151 for label in UNSURE.confidence)
    facts = after.campaign or CampaignFacts()
    assert all(not said or said in TEXT for said in (facts.name, facts.date_text, facts.audience_text))


def test_what_a_real_small_model_writes_is_shown_only_if_a_passage_bears_it_out(small_url: str) -> None:
    office = a_writing_office("")
    assert office.writer
    office.writer.consultation = Consultation(
        OpenAIModel(KEY, small_url, NAME), office.store.unit_of_work, office.clock, limit_s=60
    )
    office.types(MARKETER, f"ask {QUESTION}")
    told = office.whispers(MARKETER)[0].splitlines()[0]
    texts = [one.body for one in ARTICLES if one.audience is Audience.EVERYONE]
    sentences = [one.strip() for one in re.split(r" \[\d\]", told) if one.strip()]
    assert told.startswith("“") or all(any(supported(one, text) for text in texts) for one in sentences)
    with office.store.unit_of_work() as uow:
        used = uow.usage.today(TEAM, office.clock.at.date(), Purpose.ANSWER)
    assert used.calls in {1, 2} and used.tokens_in > 300 and used.tokens_out > 0


def test_a_real_server_that_is_too_slow_or_refuses_the_key_leaves_the_detectors_answer(small_url: str) -> None:
    slow = an_office_with(small_url, limit_s=0.3, key=KEY, model=NAME)
    assert (hears(slow), calls(slow)) == ("question", 1)
    refused = an_office_with(small_url, key="wrong", model=NAME)
    assert (hears(refused), calls(refused)) == ("question", 1)
    finding = check_model(OpenAIModel("wrong", small_url, NAME), NAME)
    assert (finding.well, finding.mend) == (False, "Check OPENAI_API_KEY.")


def test_without_an_endpoint_its_package_is_not_loaded() -> None:
    loaded = "import sys, bot.app; print('openai' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)
    assert answer.stdout == "False\n"
