"""What drives the work: it wakes, outlives what goes wrong, gives way, and stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Semaphore
from threading import enumerate as enumerate_threads

import pytest

from bot.domain.errors import Passing
from bot.now import utc_now
from bot.schedule import CHORES, JOBS
from bot.scheduler import Loop, Ticker

SOON_S = 5


@dataclass
class Job:
    name: str
    every_s: int = 3600


class Steps:
    """Steps that do one thing after the other, then nothing; `over` once all were taken."""

    def __init__(self, *results: bool | Exception) -> None:
        self.results = list(results)
        self.taken = 0
        self.over, self.idle = Event(), Event()

    def __call__(self) -> bool:
        self.taken += 1
        if not self.results:
            self.idle.set()
            return False
        result = self.results.pop(0)
        if not self.results:
            self.over.set()
        if isinstance(result, Exception):
            raise result
        return result


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle loops wait to be woken, failed ones hardly wait."""
    monkeypatch.setattr("bot.scheduler.IDLE_S", 60.0)
    monkeypatch.setattr("bot.scheduler.FAILED_WAIT_S", 0.001)
    monkeypatch.setattr("bot.scheduler.GIVE_WAY_S", 0.001)


@pytest.fixture
def started() -> Iterator[Callable[[Loop], Loop]]:
    """Starts loops, and stops them in the end."""
    loops: list[Loop] = []

    def start(loop: Loop) -> Loop:
        loops.append(loop)
        loop.start()
        return loop

    yield start
    for loop in loops:
        loop.stop()


def test_a_loop_goes_on_while_there_is_more_and_then_rests(started: Callable[[Loop], Loop]) -> None:
    steps = Steps(True, True, True)
    started(Loop("work", steps))
    assert steps.idle.wait(SOON_S)
    assert steps.taken == 4


def test_a_loop_that_rests_takes_a_step_when_it_is_woken(started: Callable[[Loop], Loop]) -> None:
    steps = Steps()
    loop = started(Loop("work", steps))
    assert steps.idle.wait(SOON_S)
    steps.results.append(False)
    assert not steps.over.wait(0.02)
    loop.wake()
    assert steps.over.wait(SOON_S)


def test_a_wake_during_a_step_is_not_lost(started: Callable[[Loop], Loop]) -> None:
    begun, may_end, again = Event(), Event(), Event()

    def step() -> bool:
        (again if begun.is_set() else begun).set()
        return not may_end.wait(SOON_S)

    loop = started(Loop("work", step))
    assert begun.wait(SOON_S)
    loop.wake()
    may_end.set()
    assert again.wait(SOON_S)


@pytest.mark.parametrize("error", [Passing("The database is away."), ZeroDivisionError("oops")])
def test_a_loop_outlives_whatever_goes_wrong(error: Exception, started: Callable[[Loop], Loop]) -> None:
    steps = Steps(error, False)
    loop = started(Loop("work", steps))
    loop.wake()
    assert steps.over.wait(SOON_S)


def test_a_loop_gives_way_while_something_more_pressing_goes_on(started: Callable[[Loop], Loop]) -> None:
    steps, asked, busy = Steps(), Event(), [True] * 5

    def is_busy() -> bool:
        asked.set()
        return bool(busy) and busy.pop()

    started(Loop("work", steps, busy=is_busy))
    assert steps.idle.wait(SOON_S)
    assert asked.is_set()
    assert busy == []


def test_a_loop_gives_way_for_a_while_only(started: Callable[[Loop], Loop]) -> None:
    steps = Steps()
    started(Loop("work", steps, busy=lambda: True))
    assert steps.idle.wait(SOON_S)


def test_several_threads_share_the_work(started: Callable[[Loop], Loop]) -> None:
    together, waiting = Event(), []

    def step() -> bool:
        waiting.append(1)
        if len(waiting) == 2:
            together.set()
        together.wait(SOON_S)
        return False

    started(Loop("work", step, threads=2))
    assert together.wait(SOON_S)


def test_all_threads_that_rest_end_at_once_when_it_stops() -> None:
    taken = Semaphore(0)

    def step() -> bool:
        taken.release()
        return False

    loop = Loop("resting", step, threads=8)
    loop.start()
    assert all(taken.acquire(timeout=SOON_S) for _ in range(8))
    loop.stop(timeout_s=SOON_S)
    assert [thread.name for thread in enumerate_threads() if thread.name.startswith("resting")] == []


def test_stopping_finishes_the_step_at_hand_and_takes_no_other() -> None:
    begun, may_end, ended = Event(), Event(), []

    def step() -> bool:
        begun.set()
        may_end.wait(SOON_S)
        ended.append(1)
        return True

    loop = Loop("work", step)
    loop.start()
    assert begun.wait(SOON_S)
    loop.stop(timeout_s=0)
    may_end.set()
    loop.stop()
    assert ended == [1]


def test_a_loop_that_was_never_started_can_be_stopped() -> None:
    steps = Steps()
    Loop("work", steps).stop()
    assert steps.taken == 0


def test_the_ticker_takes_the_steps_of_a_job_until_there_is_no_more() -> None:
    steps = Steps(True, True, False)
    with ticking((Job("sweep"), steps)):
        assert steps.over.wait(SOON_S)
    assert steps.taken == 3


def test_a_job_that_fails_does_not_keep_the_others_from_their_turn() -> None:
    failing, other = Steps(ZeroDivisionError("oops")), Steps(False)
    with ticking((Job("failing"), failing), (Job("other"), other)):
        assert failing.over.wait(SOON_S)
        assert other.over.wait(SOON_S)


def test_a_ticker_that_was_never_started_can_be_stopped() -> None:
    Ticker([(Job("sweep"), Steps())], utc_now).stop()


def test_every_job_has_a_name_of_its_own_and_looks_at_least_every_hour() -> None:
    jobs = [(job.name, job.every_s) for job in JOBS] + [(chore.name, chore.every_s) for chore in CHORES]
    assert len(dict(jobs)) == len(jobs)
    assert all(0 < every_s <= 3600 for _, every_s in jobs)


class ticking:  # noqa: N801 (reads as a verb: with ticking(…))
    """A running ticker whose jobs are due at once."""

    def __init__(self, *jobs: tuple[Job, Steps]) -> None:
        self._ticker = Ticker(jobs, a_second_ago)

    def __enter__(self) -> None:
        self._ticker.start()

    def __exit__(self, *_: object) -> None:
        self._ticker.stop()


def a_second_ago() -> datetime:
    return utc_now() - timedelta(seconds=1)
