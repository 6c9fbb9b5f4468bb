"""The page of the sheet, worked as a user works it: a filter chosen and applied, the answer to a question, what is sent."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView, QTreeView

from tests.end_to_end.desk import Desk

STATUSES = ["Unsubscribed", "Active", "Bounced", "Unsubscribed", "Active", "", "Unsubscribed", "Active"]


def shown(desk: Desk, name: str) -> bool:
    return any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QAbstractButton, name))


def read_again(desk: Desk, name: str) -> None:
    """Click what has the sheet read anew, and wait for it."""
    before = desk.window.sheet.sheet
    desk.click(name)
    desk.until(lambda: desk.window.sheet.is_full and desk.window.sheet.sheet is not before)


def open_filter(desk: Desk, column: str) -> QTreeView:
    desk.click("button_add_filter")
    desk.choose("combo_filter_column", column)
    desk.until(lambda: any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QTreeView, "list_filter_values")))
    return desk.find("list_filter_values", QTreeView)


def tick(values: QTreeView, *texts: str) -> None:
    model = values.model()
    for row in range(model.rowCount()):
        if model.index(row, 0).data() in texts:
            model.setData(model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def filter_by(desk: Desk, column: str, *texts: str, kind: str = "is one of") -> None:
    values = open_filter(desk, column)
    desk.choose("combo_filter_kind", kind)
    tick(values, *texts)
    read_again(desk, "button_filter_apply")


def send_all(desk: Desk, number: int) -> dict[str, str]:
    """Send what is planned; the outcome of each contact in the results workbook."""
    desk.to_confirm()
    desk.confirm(number)
    return {str(row["Contact Id"]): str(row["Outcome"]) for row in desk.results()}


def sent(outcomes: dict[str, str]) -> set[str]:
    return {one for one, outcome in outcomes.items() if outcome in ("Removed", "Was not linked")}


def states(desk: Desk) -> list[str]:
    model = desk.find("table_sheet", QTableView).model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]
