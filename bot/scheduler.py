"""What drives the work: threads that take steps of inbox and outbox, and a ticker for the jobs.

The ticker (APScheduler) only says "look now"; what is due, and that it is done once, is decided in the database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.errors import LiaisonError
from bot.ports import Now

IDLE_S = 1.0
GIVE_WAY_S = 0.02
GIVE_WAY_AT_MOST = 25
FAILED_WAIT_S = 2.0
SOONEST_S = 0.5

log = structlog.get_logger()
Step = Callable[[], bool]


class Named(Protocol):
    """A job of the schedule."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def every_s(self) -> int:
        """How often it looks, in seconds."""


def together(step: Step, hands: int) -> Step:
    """The step again and again until there is no more, which it says then: once alone, then by so many threads at once.

    For steps that take what is due from each other's hands, where the database lets them write side by side: one
    thread thinks while it works for another.
    """

    def all_steps() -> bool:
        if step():
            with ThreadPoolExecutor(hands, thread_name_prefix="together") as pool:
                wait_for = [pool.submit(_drain, step) for _ in range(hands)]
            for each in wait_for:
                each.result()  # raises what its thread raised
        return False

    return all_steps


class Loop:
    """One step, taken by some threads again and again: at once while there is more, else when woken or in a second."""

    def __init__(self, name: str, step: Step, threads: int = 1, busy: Callable[[], bool] = lambda: False) -> None:
        """`busy`: whether something more pressing goes on, to which the loop gives way for half a second at most."""
        self._name, self._step, self._busy = name, step, busy
        self._wake = threading.Semaphore(0)
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is something to do."""
        self._wake.release()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Finish the step at hand and end."""
        self._stopping.set()
        for _ in self._threads:
            self._wake.release()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._give_way()
            if not self._take_step():
                self._rest()
        self._wake.release()  # whoever rests may have had its own wake taken away by another's

    def _take_step(self) -> bool:
        more = _safely(self._name, self._step)
        if more is None:
            self._stopping.wait(FAILED_WAIT_S)
        return bool(more)

    def _rest(self) -> None:
        self._wake.acquire(timeout=IDLE_S)
        while self._wake.acquire(blocking=False):
            pass

    def _give_way(self) -> None:
        for _ in range(GIVE_WAY_AT_MOST):
            if not self._busy() or self._stopping.wait(GIVE_WAY_S):
                return


class Ticker:
    """Takes each job's steps every so often, in a background thread; a job never runs beside itself."""

    def __init__(self, jobs: Iterable[tuple[Named, Step]], now: Now, speed: float = 1) -> None:
        """`now` is real time. `speed`: how many times as often to look, at most twice a second."""
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for job, step in jobs:
            self._scheduler.add_job(
                _until_done,
                IntervalTrigger(seconds=max(job.every_s / speed, min(job.every_s, SOONEST_S))),
                (job.name, step),
                id=job.name,
                next_run_time=now() + timedelta(seconds=1),
            )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the job at hand and end."""
        if self._scheduler.running:
            self._scheduler.shutdown()


def _drain(step: Step) -> None:
    while step():
        continue


def _until_done(name: str, step: Step) -> None:
    while _safely(name, step):
        continue


def _safely(name: str, step: Step) -> bool | None:
    """Take a step; None if it failed. Its row stays claimed and is taken up again when its lease runs out."""
    try:
        return step()
    except LiaisonError as error:
        log.warning("step_failed", step=name, why=error.words)
    except Exception:
        log.exception("step_failed", step=name)
    return None
