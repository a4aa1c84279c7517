"""Threads get their turn in the order in which they asked."""

from threading import Event, Lock, Thread

import pytest

from storage.turns import Turns


class Queue:
    """Threads that wait for their turn one after the other."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.order: list[int] = []
        self.threads: list[Thread] = []

    def join(self, number: int, ahead: bool = False) -> None:
        waiting = len(self.turns._waiting)
        thread = Thread(target=self._take, args=(number, ahead))
        thread.start()
        self.threads.append(thread)
        while len(self.turns._waiting) == waiting:
            Event().wait(0.001)

    def _take(self, number: int, ahead: bool) -> None:
        with self.turns.first() if ahead else self.turns:
            self.order.append(number)


def test_who_asked_first_is_next() -> None:
    turns = Turns()
    queue = Queue(turns)
    with turns:
        for number in range(6):
            queue.join(number)
    for thread in queue.threads:
        thread.join(timeout=10)
    assert queue.order == list(range(6))


def test_who_cannot_wait_goes_first_without_breaking_into_a_turn() -> None:
    turns = Turns()
    queue = Queue(turns)
    with turns:
        for number in range(3):
            queue.join(number)
        queue.join(9, ahead=True)
        assert queue.order == []
    for thread in queue.threads:
        thread.join(timeout=10)
    assert queue.order == [9, 0, 1, 2]


def test_only_one_has_its_turn() -> None:
    turns, guard, overlaps = Turns(), Lock(), []

    def work() -> None:
        for _ in range(200):
            with turns:
                overlaps.append(guard.acquire(blocking=False))
                guard.release()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (len(overlaps), all(overlaps)) == (800, True)


def test_a_turn_ends_with_an_exception_too() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns:
        raise ZeroDivisionError
    with turns:
        pass


def test_a_turn_within_a_turn_is_refused_and_the_turn_goes_on() -> None:
    turns = Turns()
    with turns:
        with pytest.raises(RuntimeError), turns:
            pass
        with pytest.raises(RuntimeError), turns:
            pass
    with turns:
        pass
