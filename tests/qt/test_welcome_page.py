"""The first page says of an unfinished run what became of it since, and offers first what is most likely wanted."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.history import families
from desktop.domain.operations import Operation
from desktop.domain.origins import UndoOf
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState
from desktop.qt.pages.welcome_page import WelcomePage
from tests.qt.staging import summary

LEFT = Tally({Outcome.DELINKED: 6, Outcome.NOT_ATTEMPTED: 18})


@pytest.mark.parametrize(
    ("tally", "put_back", "words", "first"),
    [
        (LEFT, 0, "stopped after 6.", "button_continue_run"),
        (LEFT, 4, "stopped after 6. Of 6 removed links 4 were put back since.", "button_continue_run"),
        (LEFT, 6, "stopped after 6. Those 6 were put back since.", "button_show_results"),
        (
            Tally({Outcome.DELINKED: 6, Outcome.REFUSED: 1, Outcome.NOT_ATTEMPTED: 1}),
            6,
            "stopped after 7. All 6 that it removed were put back since.",
            "button_show_results",
        ),
        (
            Tally({Outcome.DELINKED: 6, Outcome.UNKNOWN: 1, Outcome.NOT_ATTEMPTED: 1}),
            6,
            "1 is unconfirmed. Those 6 were put back since.",
            "button_continue_run",
        ),
    ],
)
def test_a_stopped_run_says_how_much_was_put_back(qtbot: QtBot, tally: Tally, put_back: int, words: str, first: str) -> None:
    run = replace(summary("r", RunState.STOPPED), tally=tally)
    undo = replace(summary("u"), operation=Operation.RESTORE, origin=UndoOf("r"), tally=Tally({Outcome.RELINKED: put_back}))
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show_state(run, is_practice=False, family=families([undo, run])["r"])
    page.show()
    assert any(label.text().endswith(words) for label in page.findChildren(QLabel))
    buttons = {name: page.findChild(QAbstractButton, name) for name in ("button_continue_run", "button_show_results")}
    placed = sorted(buttons, key=lambda name: button.x() if (button := buttons[name]) is not None else 0)
    assert placed[0] == first and page.first_focus().objectName() == first
    assert [button.property("kind") for button in map(buttons.get, placed) if button is not None] == ["primary", ""]
