"""Reading in a child process: blocks, errors as values, and a sentence when the child dies."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import SheetChoiceWrong, SheetError, SheetUnreadable, SheetUnsafe
from desktop.sheets.child import blocks_from_child
from desktop.words import say_text


def count_to(path: Path, last: int) -> Iterator[list[int]]:
    """Yield blocks of one number each."""
    for number in range(last):
        yield [number]


def fail_as(path: Path, how: str) -> Iterator[int]:
    """Yield one block, then fail in this way."""
    yield 1
    match how:
        case "sheet":
            raise SheetChoiceWrong(str(path), "there is no worksheet “X”")
        case "bug":
            raise KeyError("nobody expected this")
        case "memory":
            bytearray(64 * 1024**3)
        case "killed":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        case "gone":
            os._exit(3)


def _never() -> bool:
    return False


def test_blocks_arrive_in_order(tmp_path: Path) -> None:
    assert list(blocks_from_child(tmp_path, count_to, (50,), _never)) == [[number] for number in range(50)]


@pytest.mark.parametrize(
    ("how", "error", "detail"),
    [
        ("sheet", SheetChoiceWrong, "there is no worksheet “X”"),
        ("bug", SheetUnreadable, "it is damaged"),
        ("memory", SheetUnsafe, "reading it takes more memory than any sheet needs"),
        ("killed", SheetUnsafe, "reading it takes more memory than any sheet needs"),
        ("gone", SheetUnreadable, "the program that was to read it stopped; restart Delink and try again"),
    ],
)
def test_every_bad_end_is_one_of_our_errors(tmp_path: Path, how: str, error: type[SheetError], detail: str) -> None:
    blocks = blocks_from_child(tmp_path, fail_as, (how,), _never)
    assert next(blocks) == 1
    with pytest.raises(SheetError) as caught:
        next(blocks)
    assert type(caught.value) is error
    assert (caught.value.path, say_text(caught.value.detail)) == (str(tmp_path), detail)


def test_a_cancelled_reading_ends_and_leaves_no_child(tmp_path: Path) -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert len(list(blocks_from_child(tmp_path, count_to, (10_000_000,), cancelled))) <= 3


def test_giving_up_midway_leaves_no_child(tmp_path: Path) -> None:
    import multiprocessing

    blocks = blocks_from_child(tmp_path, count_to, (10_000_000,), _never)
    assert next(blocks) == [0]
    blocks.close()
    assert not multiprocessing.active_children()
