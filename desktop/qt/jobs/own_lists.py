"""Which lists of its own an organisation offers: asked behind the background door, for one account at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.application.custom_relations import find_custom_relations
from desktop.application.serving import OpenCrm, SignedIn
from desktop.domain.relations import Relation
from desktop.qt.jobs.background import Steps

_STEP = "own_lists"


class OwnLists(Steps):
    """Created once a window. ``found`` (relations), or ``failed``."""

    found = Signal(object)

    def __init__(self, ports: OpenCrm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports

    def find(self, account: SignedIn) -> None:
        """Ask this account; an earlier question is given up."""
        self.begin(_STEP, lambda _: find_custom_relations(self._ports, account), self._on_found)

    def forget(self) -> None:
        """Whoever was asked is no longer of interest."""
        self.give_up(_STEP)

    def _on_found(self, relations: Sequence[Relation]) -> None:
        self.found.emit(relations)
