"""The second opinion of a language model on messages the detector is not sure about. Off unless it is configured."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import structlog

from bot.domain.detection import CAMPAIGN, NEW_TOOL, THRESHOLDS, Detection, Heard, Sensitivity
from bot.domain.errors import Invalid, Passing, Permanent, StoreUnavailable
from bot.domain.instructions import speaks_to_a_machine
from bot.domain.masking import mask, unmask
from bot.domain.second_opinion import FactsReader, Opinion, Verdict, is_uncertain, merge
from bot.domain.usage import Used
from bot.findings import Finding
from bot.ports import Completion, LanguageModel, Now, UnitOfWorkFactory
from prompts.catalog import SECOND_OPINION, SecondReading, UnclearMessage

LIMIT_S = 8.0  # for one message, all tries together
LEAST_S = 0.2  # a try that has less time than this left is not begun
CHECK_S = 30.0  # for the one question that `doctor` asks
CALLS_A_DAY = 200  # in one workspace
MOST_CHARACTERS = 4_000  # a longer message is judged by the detector alone
REST, LONG_REST = timedelta(seconds=30), timedelta(minutes=10)
NEVER = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger()


@dataclass(slots=True)
class SecondOpinion:
    """Asks a language model, sparingly: `calls_a_day` in a workspace, `limit_s` seconds for a message.

    `unit_of_work` counts the calls, apart from the request that led to them. After a failure the model is left
    alone for a while, so that a server that is down holds nobody up.
    """

    model: LanguageModel
    unit_of_work: UnitOfWorkFactory
    now: Now
    read: FactsReader
    limit_s: float = LIMIT_S
    calls_a_day: int = CALLS_A_DAY
    wait: Callable[[float], None] = time.sleep
    seconds: Callable[[], float] = time.monotonic
    rests_until: datetime = field(default=NEVER, init=False)

    def weigh(self, workspace: str, heard: Heard, detection: Detection, sensitivity: Sensitivity) -> Detection:
        """The detection with the model's opinion in it; the same detection where it is not asked or fails.

        Never call it inside a unit of work. Raises StoreUnavailable if the calls can't be counted.
        """
        if not self._is_for_the_model(heard, detection, sensitivity):
            return detection
        masked = mask(_storable(heard.text))
        reading = self._ask(workspace, masked.text)
        if reading is None:
            return detection
        name = unmask(reading.campaign_name, masked.originals)
        return merge(detection, _opinion(reading, name), heard, masked.text, self.read, THRESHOLDS[sensitivity])

    def _is_for_the_model(self, heard: Heard, detection: Detection, sensitivity: Sensitivity) -> bool:
        if not is_uncertain(detection, sensitivity) or self.now() < self.rests_until:
            return False
        return len(heard.text) <= MOST_CHARACTERS and not speaks_to_a_machine(heard.text)

    def _ask(self, workspace: str, text: str) -> SecondReading | None:
        """The model's answer, after a second try if need be and if time is left; None without one."""
        ends = self.seconds() + self.limit_s
        for last in (False, True):
            left = ends - self.seconds()
            if left < LEAST_S or not self._may_call(workspace):
                return None
            try:
                return self._try(workspace, text, left)
            except Invalid as error:
                log.info("second_opinion_useless", workspace=workspace, why=error.words)
            except StoreUnavailable:
                raise
            except (Passing, Permanent) as error:
                if last or not self._waits(error, ends):
                    self._rest(workspace, error)
                    return None
        return None

    def _waits(self, error: Passing | Permanent, ends: float) -> bool:
        """Wait as long as the server wants us to; False at once if that is no use."""
        pause = max(error.retry_after, LEAST_S) if isinstance(error, Passing) else self.limit_s
        if self.seconds() + pause + LEAST_S > ends:
            return False
        self.wait(pause)
        return True

    def _try(self, workspace: str, text: str, left: float) -> SecondReading:
        rules, message = SECOND_OPINION.render(UnclearMessage(text, secrets.token_hex(8)))
        completion = self.model.complete(rules, message, SECOND_OPINION.text.schema, left)
        self._count(workspace, completion)
        return SECOND_OPINION.parse(completion.text)

    def _may_call(self, workspace: str) -> bool:
        """True, and the call is counted before it is made, while the day has calls left."""
        with self.unit_of_work() as uow:
            if uow.usage.today(workspace, self._today()).calls >= self.calls_a_day:
                log.info("second_opinion_used_up", workspace=workspace, calls=self.calls_a_day)
                return False
            return uow.usage.add(workspace, self._today(), Used(calls=1)).calls <= self.calls_a_day

    def _count(self, workspace: str, completion: Completion) -> None:
        with self.unit_of_work() as uow:
            uow.usage.add(workspace, self._today(), Used(tokens=completion.tokens))

    def _rest(self, workspace: str, error: Passing | Permanent) -> None:
        rest = LONG_REST if isinstance(error, Permanent) else REST
        if isinstance(error, Passing):
            rest = min(max(rest, timedelta(seconds=error.retry_after)), LONG_REST)
        self.rests_until = self.now() + rest
        log.warning("second_opinion_failed", workspace=workspace, why=error.words, rests_s=rest.total_seconds())

    def _today(self) -> date:
        return self.now().astimezone(UTC).date()


def check_model(model: LanguageModel, name: str) -> Finding:
    """Whether a model answers by the schema; for `doctor`. Sends a made-up message."""
    began = time.monotonic()
    rules, message = SECOND_OPINION.render(UnclearMessage("Shall we try Acme for our mails?", "check"))
    try:
        answer = model.complete(rules, message, SECOND_OPINION.text.schema, CHECK_S)
        SECOND_OPINION.parse(answer.text)
    except Invalid as error:
        mend = "Choose a model that answers by JSON schema (OPENAI_MODEL). Until then the detector decides alone."
        return Finding("Language model", False, f"{name} answers, but not as asked: {error.words}", mend)
    except (Passing, Permanent) as error:
        mend = error.mend if isinstance(error, Permanent) else "Check OPENAI_BASE_URL and the network."
        return Finding("Language model", False, f"{error.words} The detector decides alone.", mend)
    words = f"On: {name} answered in {time.monotonic() - began:.1f} s. Unclear messages are sent there, masked."
    return Finding("Language model", True, words)


def _opinion(reading: SecondReading, campaign_name: str) -> Opinion:
    return Opinion(
        verdicts={NEW_TOOL: Verdict(reading.new_tool), CAMPAIGN: Verdict(reading.campaign)},
        tools=tuple(reading.tools),
        campaign_name=campaign_name,
        date_text=reading.date_text,
        audience_text=reading.audience_text,
    )


def _storable(text: str) -> str:
    """The text without halves of surrogate pairs, which no wire can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
