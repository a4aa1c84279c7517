"""Asking a language model: sparingly, within a time, counted, and left alone for a while when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import structlog
from pydantic import BaseModel

from bot.domain.errors import Invalid, Passing, Permanent, StoreUnavailable
from bot.domain.usage import Purpose, Used
from bot.ports import Completion, LanguageModel, Now, UnitOfWorkFactory
from prompts.catalog import Prompt

LIMIT_S = 8.0  # for one question, all tries together
LEAST_S = 0.2  # a try that has less time than this left is not begun
CALLS_A_DAY = 200  # in one workspace, for one purpose
REST, LONG_REST = timedelta(seconds=30), timedelta(minutes=10)
NEVER = datetime.min.replace(tzinfo=UTC)

Given = TypeVar("Given")
Answer = TypeVar("Answer", bound=BaseModel)

log = structlog.get_logger()


@dataclass(slots=True)
class Consultation:
    """Asks a language model, sparingly: `calls_a_day` in a workspace for a purpose, `limit_s` seconds for a question.

    `unit_of_work` counts the calls, apart from the request that led to them. After a failure the model is left
    alone for a while, so that a server that is down holds nobody up.
    """

    model: LanguageModel
    unit_of_work: UnitOfWorkFactory
    now: Now
    _: KW_ONLY
    limit_s: float = LIMIT_S
    calls_a_day: int = CALLS_A_DAY
    wait: Callable[[float], None] = time.sleep
    seconds: Callable[[], float] = time.monotonic
    rests_until: datetime = field(default=NEVER, init=False)

    def ask(self, workspace: str, purpose: Purpose, prompt: Prompt[Given, Answer], given: Given) -> Answer | None:
        """The model's answer, after a second try if need be and if time is left; None without one.

        Never call it inside a unit of work. Raises StoreUnavailable if the calls can't be counted.
        """
        if self.now() < self.rests_until:
            return None
        ends = self.seconds() + self.limit_s
        for last in (False, True):
            left = ends - self.seconds()
            if left < LEAST_S or not self._may_call(workspace, purpose):
                return None
            try:
                return self._try(workspace, purpose, prompt, given, left)
            except Invalid as error:
                log.info("model_useless", workspace=workspace, purpose=purpose, why=error.words)
            except StoreUnavailable:
                raise
            except (Passing, Permanent) as error:
                if last or not self._waits(error, ends):
                    self._rest(workspace, purpose, error)
                    return None
        return None

    def _waits(self, error: Passing | Permanent, ends: float) -> bool:
        """Wait as long as the server wants us to; False at once if that is no use."""
        pause = max(error.retry_after, LEAST_S) if isinstance(error, Passing) else self.limit_s
        if self.seconds() + pause + LEAST_S > ends:
            return False
        self.wait(pause)
        return True

    def _try(
        self, workspace: str, purpose: Purpose, prompt: Prompt[Given, Answer], given: Given, left: float
    ) -> Answer:
        rules, message = prompt.render(given)
        completion = self.model.complete(rules, message, prompt.text.schema, left)
        self._count(workspace, purpose, completion)
        return prompt.parse(completion.text)

    def _may_call(self, workspace: str, purpose: Purpose) -> bool:
        """True, and the call is counted before it is made, while the day has calls left."""
        with self.unit_of_work() as uow:
            if uow.usage.today(workspace, self._today(), purpose).calls >= self.calls_a_day:
                log.info("model_used_up", workspace=workspace, purpose=purpose, calls=self.calls_a_day)
                return False
            return uow.usage.add(workspace, self._today(), purpose, Used(calls=1)).calls <= self.calls_a_day

    def _count(self, workspace: str, purpose: Purpose, completion: Completion) -> None:
        used = Used(tokens_in=completion.tokens_in, tokens_out=completion.tokens_out)
        with self.unit_of_work() as uow:
            uow.usage.add(workspace, self._today(), purpose, used)

    def _rest(self, workspace: str, purpose: Purpose, error: Passing | Permanent) -> None:
        rest = LONG_REST if isinstance(error, Permanent) else REST
        if isinstance(error, Passing):
            rest = min(max(rest, timedelta(seconds=error.retry_after)), LONG_REST)
        self.rests_until = self.now() + rest
        what = {"workspace": workspace, "purpose": purpose, "rests_s": rest.total_seconds()}
        log.warning("model_failed", why=error.words, **what)

    def _today(self) -> date:
        return self.now().astimezone(UTC).date()
