"""Big workbooks are read in a child process: reading holds the interpreter lock, and the window must not stall.

The child also bounds what a hostile file can cost; when it dies, the parent says so in one sentence.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.domain.errors import SheetError, SheetUnreadable, SheetUnsafe
from desktop.sheets.workbook_rows import Cells, second_opinion, stream_rows

BLOCK = 5000
_SMALL_BYTES = 1024 * 1024
_MOST_MEMORY = 3 * 1024 * 1024 * 1024

RowBlock = tuple[list[Cells], set[tuple[int, int]]]


def row_blocks(path: Path, sheet_name: str, cancelled: Callable[[], bool]) -> Iterator[RowBlock]:
    """Blocks of rows of a worksheet, read here when the file is small, else in a child process."""
    if path.stat().st_size <= _SMALL_BYTES:
        yield from stream_rows(path, sheet_name, BLOCK)
        return
    yield from _from_child(path, _send_rows, (sheet_name,), cancelled)


def second_opinions(
    path: Path, sheet_name: str, columns: set[int], cancelled: Callable[[], bool]
) -> Iterator[list[tuple[int, int, str]]]:
    """Blocks of (row index, column, text) of stored numbers and error cells, read like :func:`row_blocks`."""
    if path.stat().st_size <= _SMALL_BYTES:
        yield list(second_opinion(path, sheet_name, columns, cancelled))
        return
    yield from _from_child(path, _send_opinions, (sheet_name, columns), cancelled)


def _from_child(path: Path, work: Callable[..., None], args: tuple[object, ...], cancelled: Callable[[], bool]) -> Iterator:  # type: ignore[type-arg]
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_guarded, args=(there, path, work, args), daemon=True)
    child.start()
    there.close()
    try:
        while not cancelled():
            if not here.poll(0.2):
                continue
            block = here.recv()
            if block is None:
                return
            if isinstance(block, SheetError):
                raise block
            yield block
    except EOFError as exc:
        raise SheetUnsafe(str(path), "reading it took more memory than any sheet needs, or the reader failed") from exc
    finally:
        here.close()
        child.kill()
        child.join()


def _guarded(there: Connection, path: Path, work: Callable[..., None], args: tuple[object, ...]) -> None:
    """In the child: bound its memory, do the work, send an error as a value."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such limit; the checks before reading hold there too
    try:
        work(there, path, *args)
        there.send(None)
    except SheetError as exc:
        there.send(type(exc)(exc.path, exc.detail))
    except MemoryError:
        there.send(SheetUnsafe(str(path), "reading it took more memory than any sheet needs"))
    except BrokenPipeError:
        pass  # the parent has cancelled
    except Exception:  # the edge of a process: the parent gets a sentence
        there.send(SheetUnreadable(str(path), "it is damaged"))


def _send_rows(there: Connection, path: Path, sheet_name: str) -> None:
    for block in stream_rows(path, sheet_name, BLOCK):
        there.send(block)


def _send_opinions(there: Connection, path: Path, sheet_name: str, columns: set[int]) -> None:
    block: list[tuple[int, int, str]] = []
    for opinion in second_opinion(path, sheet_name, columns, lambda: False):
        block.append(opinion)
        if len(block) >= BLOCK:
            there.send(block)
            block = []
    there.send(block)
