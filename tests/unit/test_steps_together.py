"""A job whose steps several threads take at once: all of them, each once, and what fails is heard of."""

import threading

import pytest

from bot.scheduler import together


class Heap:
    """So many things to do, taken one a step."""

    def __init__(self, things: int, meet: threading.Barrier | None = None) -> None:
        self.left, self.taken, self.looks = things, 0, 0
        self._meet, self._lock = meet, threading.Lock()

    def step(self) -> bool:
        with self._lock:
            self.looks += 1
            if not self.left:
                return False
            self.left, self.taken = self.left - 1, self.taken + 1
        if self._meet and self.taken > 1:
            self._meet.wait(timeout=5)  # broken unless two threads are here
        return True


def test_all_is_done_once_and_by_two_threads_at_once() -> None:
    heap = Heap(5, threading.Barrier(2))
    assert not together(heap.step, 2)()
    assert (heap.left, heap.taken) == (0, 5)


def test_where_nothing_is_due_one_look_is_enough() -> None:
    heap = Heap(0)
    assert not together(heap.step, 2)()
    assert heap.looks == 1


def test_what_fails_in_a_thread_is_raised() -> None:
    outcomes = iter([True])

    def step() -> bool:
        for outcome in outcomes:
            return outcome
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        together(step, 2)()
