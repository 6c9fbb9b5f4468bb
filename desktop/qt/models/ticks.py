"""What the user has unticked: whole parents, and single links below ticked ones."""

from collections.abc import Iterator

from PySide6.QtCore import Qt

from desktop.domain.previews import Preview, Shown, Unticked


class Ticks:
    """Owned by the model of the plan: a byte for each link of a preview by its position, 1 where it is left out."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._left_out = bytearray(len(preview.order))

    def unticked(self) -> Unticked:
        """A picture of it that nothing changes."""
        return Unticked(bytes(self._left_out))

    def state_of(self, place: int) -> Qt.CheckState:
        """Return the state of a parent's box: ticked, unticked, or in part."""
        positions = self._preview.positions_of(place)
        left_out = self._left_out.count(1, positions.start, positions.stop)
        if not left_out:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if left_out == len(positions) else Qt.CheckState.PartiallyChecked

    def is_ticked(self, position: int) -> bool:
        return not self._left_out[position]

    def left_out_of(self, place: int) -> Iterator[int]:
        """The positions of a parent's links that are left out; quick where they are few among many."""
        positions = self._preview.positions_of(place)
        position = self._left_out.find(1, positions.start, positions.stop)
        while position >= 0:
            yield position
            position = self._left_out.find(1, position + 1, positions.stop)

    def tick(self, place: int, on: bool) -> None:
        positions = self._preview.positions_of(place)
        self._left_out[positions.start : positions.stop] = bytes([not on]) * len(positions)

    def tick_link(self, position: int, on: bool) -> None:
        """Tick or untick one link; the others of its parent stay as they are."""
        self._left_out[position] = not on

    def tick_shown(self, shown: Shown, on: bool) -> None:
        """Tick or untick all parents that are shown."""
        # As whole numbers of a byte a link, because a million of them are joined at once so.
        left_out, theirs = int.from_bytes(self._left_out, "big"), int.from_bytes(shown.positions, "big")
        left_out |= theirs
        self._left_out = bytearray((left_out ^ theirs if on else left_out).to_bytes(len(self._left_out), "big"))
