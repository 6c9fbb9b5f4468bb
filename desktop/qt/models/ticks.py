"""What the user has unticked: whole parents, and single links below ticked ones."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Qt

from desktop.domain.previews import Unticked


class Ticks:
    """Owned by the model of the plan. ``members[place]`` are the links of a parent. Everything is ticked at first."""

    def __init__(self, members: Sequence[Sequence[int]]) -> None:
        self._members = members
        self._places: set[int] = set()
        self._links: dict[int, set[int]] = {}

    def unticked(self) -> Unticked:
        """A picture of it that nothing changes."""
        return Unticked(frozenset(self._places), frozenset(link for links in self._links.values() for link in links))

    def state_of(self, place: int) -> Qt.CheckState:
        """The box of a parent."""
        if place in self._places:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.PartiallyChecked if self._links.get(place) else Qt.CheckState.Checked

    def is_ticked(self, place: int, link: int) -> bool:
        """The box of a link below the parent at ``place``."""
        return place not in self._places and link not in self._links.get(place, ())

    def left_out_of(self, place: int) -> Collection[int]:
        """The single links that are unticked below a ticked parent."""
        return self._links.get(place, ())

    def tick(self, places: Iterable[int], on: bool) -> None:
        """Tick or untick whole parents."""
        places = set(places)
        for place in places & self._links.keys():
            del self._links[place]
        self._places = self._places - places if on else self._places | places

    def tick_link(self, place: int, link: int, on: bool) -> None:
        """Tick or untick one link; the others of its parent stay as they are."""
        if place in self._places:
            self._places.discard(place)
            self._links[place] = set(self._members[place])
        left_out = self._links.setdefault(place, set())
        left_out.discard(link) if on else left_out.add(link)
        if len(left_out) == len(self._members[place]):
            self.tick([place], False)
        elif not left_out:
            del self._links[place]
