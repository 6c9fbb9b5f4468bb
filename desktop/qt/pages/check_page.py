"""Check: what will happen, grouped by the user's own parents. What is ticked is what runs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.qt.models.plan_model import COUNT, RECORD, ROWS, PlanModel
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import PlainLabel
from desktop.qt.widgets.tables import TreeView


class CheckPage(Page):
    """``ticks_changed`` (list of link numbers) asks the window for the plan of what is ticked."""

    ticks_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_check",
            self.tr("Check"),
            self.tr("This is what will be removed. Untick what shall stay; nothing is sent yet."),
            parent,
        )
        self._sheet: SheetLinks | None = None
        self._plan: Plan | None = None
        self._model: PlanModel | None = None
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        self._tiles: dict[str, PlainLabel] = {}
        for name, word in (
            ("tile_links", self.tr("links to remove")),
            ("tile_parents", self.tr("parent records")),
            ("tile_calls", self.tr("calls to Zoho")),
            ("tile_held_back", self.tr("held back or rejected")),
        ):
            tiles.addWidget(self._tile(name, word), 1)
        self.body.addLayout(tiles)
        self.body.addLayout(self._search_row())
        self._tree = TreeView("table_plan", self.tr("Links to remove, by parent record"))
        self.body.addWidget(self._tree, 1)
        self._facts = PlainLabel(kind="secondary")
        self._facts.setObjectName("label_facts")
        self.body.addWidget(self._facts)

    def show_plan(self, sheet: SheetLinks, plan: Plan) -> None:
        """Show a fresh plan of all that may be sent."""
        self._sheet = sheet
        old, self._model = self._model, PlanModel(sheet.links, plan, self)
        self._model.ticked_changed.connect(self._on_ticked)
        self._tree.setModel(self._model)
        if old is not None:
            old.deleteLater()
        digits = self._tree.fontMetrics().horizontalAdvance("0" * 20)
        for column, width in ((RECORD, 3 * digits), (COUNT, digits // 2), (ROWS, digits)):
            self._tree.setColumnWidth(column, width)
        self._search.clear()
        self.update_plan(plan)
        self.show_full()

    def update_plan(self, plan: Plan) -> None:
        """The plan of what is ticked now."""
        self._plan = plan
        if self._sheet is None:
            return
        books = self._sheet.books
        parents = {self._sheet.links.parent_ids[link] for batch in plan.batches for link in batch.link_numbers}
        stays = books.links - plan.links_to_send + sum(books.rejected.values())
        for name, number in (
            ("tile_links", plan.links_to_send),
            ("tile_parents", len(parents)),
            ("tile_calls", plan.calls),
            ("tile_held_back", stays),
        ):
            self._tiles[name].setText(f"{number:,}")
        saved = ""
        if plan.calls < plan.calls_as_sheet:
            saved = self.tr(" instead of %1, because one call can serve several records").replace(
                "%1", f"{plan.calls_as_sheet:,}"
            )
        facts = self.tr("%n call(s)", "", plan.calls) + saved + " · " + self.tr("about %n of the day's credits", "", plan.calls)
        self._facts.setText(facts)
        if self._model is not None:
            self._model.show_calls(plan)
        self.footer_changed.emit()

    def show_names(self, names: dict[RecordId, str]) -> None:
        """Names of the parents, read from the CRM."""
        if self._model is not None:
            self._model.show_names(names)

    def footer(self) -> FooterWish:
        """On to the confirmation, with the number."""
        if self._plan is None or not self.is_full:
            return FooterWish()
        number = self._plan.links_to_send
        return FooterWish(self.tr("Continue with %n link(s)", "", number), enabled=number > 0)

    def _tile(self, name: str, word: str) -> Card:
        card = Card(name=name)
        number = PlainLabel("0", wraps=False)
        font = number.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setBold(True)
        number.setFont(font)
        card.body.setSpacing(0)
        card.body.addWidget(number)
        card.body.addWidget(PlainLabel(word, kind="secondary"))
        card.setAccessibleName(word)
        self._tiles[name] = number
        return card

    def _search_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._search = QLineEdit()
        self._search.setObjectName("input_search")
        self._search.setAccessibleName(self.tr("Search"))
        self._search.setPlaceholderText(self.tr("Search an ID or a name"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search)
        every = Button(self.tr("Select all"), "button_select_all", glyph="check")
        none = Button(self.tr("Select none"), "button_select_none", glyph="cross")
        every.clicked.connect(self._on_select_all)
        none.clicked.connect(self._on_select_none)
        row.addWidget(self._search, 1)
        row.addWidget(every)
        row.addWidget(none)
        return row

    @Slot(str)
    def _on_search(self, text: str) -> None:
        if self._model is not None:
            self._model.search(text)

    @Slot()
    def _on_select_all(self) -> None:
        if self._model is not None:
            self._model.tick_all(True)

    @Slot()
    def _on_select_none(self) -> None:
        if self._model is not None:
            self._model.tick_all(False)

    @Slot()
    def _on_ticked(self) -> None:
        if self._model is not None:
            self.ticks_changed.emit(self._model.ticked_links())
