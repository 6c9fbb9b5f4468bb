"""Some rows of one block of a sheet: their numbers, their two columns of IDs, and their cells on demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

from desktop.domain.readings import Cells
from desktop.sheets.id_columns import IdColumns


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Consecutive or chosen rows. ``cells`` splits their cells, which costs as much as all else: call it for odd rows only.

    ``above`` has for each row the nearest parent above it; it is empty if nothing is filled down.
    """

    numbers: Sequence[int]
    ids: IdColumns
    cells: Callable[[], Sequence[Cells]]
    above: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def part(self, start: int, end: int) -> "RowBlock":
        """Return the rows from place ``start`` up to ``end``."""
        if end - start == len(self):
            return self
        return RowBlock(
            self.numbers[start:end], self.ids.part(start, end), lambda: self.cells()[start:end], self.above[start:end]
        )

    def chosen(self, marks: bytes) -> "RowBlock":
        """Return the rows whose mark is not 0."""
        return RowBlock(
            list(compress(self.numbers, marks)),
            self.ids.chosen(marks),
            lambda: list(compress(self.cells(), marks)),
            list(compress(self.above, marks)),
        )
