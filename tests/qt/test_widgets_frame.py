"""Banner, steps, footer, buttons: names for those who cannot see them, keys for those who use no mouse."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.connections import Account, Connection, Environment
from desktop.qt.theme import DARK, LIGHT, Scheme, theme
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.chrome import Banner, Footer, StepsBar
from desktop.qt.widgets.labels import PlainLabel
from desktop.qt.widgets.message_line import MessageLine

ACME = Account("ACME Ltd", "1", "Ann Lee", "ann@acme.example", "enterprise")


def connection(environment: Environment | None, account: Account = ACME) -> Connection:
    return Connection("id", "eu", "eu", environment, "https://www.zohoapis.eu", account=account)


def found(widget: QWidget, name: str) -> QPushButton:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    return button


# Buttons


def test_the_ring_shows_where_a_key_brought_the_focus_and_not_after_a_click(qtbot: QtBot) -> None:
    button = Button("Check plan", "button_go")
    qtbot.addWidget(button)
    button.show()
    for reason, shows in ((Qt.FocusReason.MouseFocusReason, False), (Qt.FocusReason.TabFocusReason, True)):
        QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, reason))
        assert bool(button.property("ring")) == shows
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusOut))
    assert not button.property("ring")


def test_the_text_of_a_button_is_its_accessible_name(qtbot: QtBot) -> None:
    button = Button("Check plan", "button_go", glyph="play")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.objectName()) == ("Check plan", "button_go")
    button.say("Remove 1,180 links")
    assert (button.text(), button.accessibleName()) == ("Remove 1,180 links", "Remove 1,180 links")


def test_a_button_is_pressed_by_the_space_bar(qtbot: QtBot) -> None:
    button = Button("Check plan", "button_go")
    qtbot.addWidget(button)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize("kind", ["", "primary", "danger", "quiet", "banner", "plain_banner"])
def test_a_button_has_its_icon_in_every_kind_and_scheme(qtbot: QtBot, app: QApplication, kind: str) -> None:
    button = Button("Go", "button_go", kind=kind, glyph="play")
    qtbot.addWidget(button)
    before = button.icon().cacheKey()
    theme.apply(app, Scheme.DARK)
    assert not button.icon().isNull()
    assert (button.icon().cacheKey() != before) == (kind not in ("banner", "danger"))  # which are written on in white
    assert button.property("kind") == kind


def test_a_button_of_another_kind_looks_like_one_that_was_made_so(qtbot: QtBot, app: QApplication) -> None:
    shown = [Button("Go", "button_go", kind=kind, glyph="play") for kind in ("primary", "danger")]
    for button in shown:
        qtbot.addWidget(button)
        button.resize(200, 40)
    theme.apply(app, Scheme.LIGHT)
    before, wanted = (button.grab().toImage() for button in shown)
    assert before != wanted
    shown[0].set_kind("danger")
    assert shown[0].grab().toImage() == wanted


# Banner


@pytest.mark.parametrize(
    ("environment", "word", "tint"),
    [
        (Environment.PRODUCTION, "PRODUCTION", "production"),
        (Environment.SANDBOX, "SANDBOX", "sandbox"),
        (Environment.DEVELOPER, "SANDBOX", "sandbox"),
        (Environment.PRACTICE, "PRACTICE", "practice"),
        (None, "PRODUCTION", "production"),
    ],
)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_banner_says_where_in_words_and_colour(
    qtbot: QtBot, app: QApplication, environment: Environment | None, word: str, tint: str, scheme: Scheme
) -> None:
    theme.apply(app, scheme)
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(1100, 40)
    banner.show_connection(connection(environment))
    assert banner.accessibleName() == f"ACME Ltd · EU · ann@acme.example · Enterprise {word}"
    words = [label.text() for label in banner.findChildren(PlainLabel) if not label.isHidden()]
    assert words == [word]
    tokens = DARK if scheme is Scheme.DARK else LIGHT
    assert banner.grab().toImage().pixelColor(4, 4).name().upper() == getattr(tokens, f"{tint}_tint")
    banner.show_full(True)
    assert banner.grab().toImage().pixelColor(4, 4).name().upper() == getattr(tokens, tint)


def test_only_practice_can_be_left_and_no_account_changed_in_it(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    for environment in (None, *Environment):
        banner.show_connection(connection(environment))
        assert (not banner.leave_practice.isHidden()) is banner.account.isHidden() is (environment is Environment.PRACTICE)


def test_the_banner_without_an_account_offers_to_connect(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Not connected"
    assert banner.account.accessibleName() == "Connect"
    banner.show_connection(connection(Environment.SANDBOX))
    assert banner.account.accessibleName() == "Change account"
    banner.show_connection(None)
    assert banner.accessibleName() == "Not connected"


def test_a_practice_account_is_not_changed_from_the_banner(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_connection(connection(Environment.PRACTICE))
    assert banner.account.isHidden()
    banner.show_connection(connection(Environment.PRODUCTION))
    assert not banner.account.isHidden()


def test_an_account_that_told_little_is_named_by_its_connection(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_connection(connection(Environment.SANDBOX, Account(user="Ann Lee")))
    assert banner.accessibleName() == "eu · EU · Ann Lee SANDBOX"


# Steps


def buttons_of(steps: StepsBar) -> list[QToolButton]:
    return [steps.findChild(QToolButton, f"step_{number}") for number in range(1, 6)]  # type: ignore[misc]


def test_each_step_says_its_number_title_and_state(qtbot: QtBot) -> None:
    steps = StepsBar()
    qtbot.addWidget(steps)
    steps.show_step(2, 3)
    assert [button.accessibleName() for button in buttons_of(steps)] == [
        "1, Your sheet, done",
        "2, Check, done",
        "3, Confirm, present step",
        "4, Remove, to come",
        "5, Results, to come",
    ]


def test_only_steps_that_can_be_reached_can_be_used(qtbot: QtBot) -> None:
    steps = StepsBar()
    qtbot.addWidget(steps)
    steps.show_step(2, 2)
    assert [button.isEnabled() for button in buttons_of(steps)] == [True, True, True, False, False]
    steps.show_step(3, 0)
    assert [button.isEnabled() for button in buttons_of(steps)] == [False, False, False, True, False]


@pytest.mark.parametrize("how", ["click", "space"])
def test_a_done_step_is_chosen_by_click_or_key_and_the_present_one_stays_present(qtbot: QtBot, how: str) -> None:
    steps = StepsBar()
    qtbot.addWidget(steps)
    steps.show_step(2, 2)
    first, present = buttons_of(steps)[0], buttons_of(steps)[2]

    def use(button: QToolButton) -> None:
        if how == "click":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(button, Qt.Key.Key_Space)

    with qtbot.waitSignal(steps.chosen) as heard:
        use(first)
    assert heard.args == [0]
    assert [button.isChecked() for button in buttons_of(steps)] == [False, False, True, False, False]
    with qtbot.assertNotEmitted(steps.chosen):
        use(present)
    assert present.isChecked()


# Footer


def page(footer: Footer, primary: str = "Check plan", **wishes: object) -> None:
    usual: dict[str, object] = {"enabled": True, "danger": False, "hint": "", "has_back": True, "extras": (), "right": ()}
    footer.show_page(primary, **{**usual, **wishes})  # type: ignore[arg-type]


@pytest.fixture
def footer(qtbot: QtBot) -> Footer:
    made = Footer()
    qtbot.addWidget(made)
    return made


def test_the_footer_says_what_was_pressed(qtbot: QtBot, footer: Footer) -> None:
    page(footer)
    for name, signal in (("button_primary", footer.primary), ("button_back", footer.back)):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(found(footer, name), Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(signal):
            QTest.keyClick(found(footer, name), Qt.Key.Key_Space)


def test_a_primary_button_that_may_not_be_used_says_nothing(qtbot: QtBot, footer: Footer) -> None:
    page(footer, enabled=False, hint="Type 1180 first")
    with qtbot.assertNotEmitted(footer.primary):
        QTest.mouseClick(found(footer, "button_primary"), Qt.MouseButton.LeftButton)
        found(footer, "button_primary").click()
    assert "Type 1180 first" in [label.text() for label in footer.findChildren(PlainLabel)]


def test_enter_somewhere_else_never_sets_off_the_primary_button(qtbot: QtBot) -> None:
    window, field, footer = QWidget(), QLineEdit(), Footer()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(footer)
    page(footer, "Remove 1,180 links", danger=True)
    window.show()
    primary = found(footer, "button_primary")
    assert not primary.isDefault() and not primary.autoDefault()
    field.setFocus()
    with qtbot.assertNotEmitted(footer.primary), qtbot.assertNotEmitted(footer.back):
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Enter)


def test_the_primary_button_is_red_only_when_it_is_dangerous(footer: Footer) -> None:
    page(footer, "Remove 1,180 links", danger=True)
    primary = found(footer, "button_primary")
    assert (primary.property("kind"), primary.accessibleName()) == ("danger", "Remove 1,180 links")
    page(footer)
    assert (primary.property("kind"), primary.accessibleName()) == ("primary", "Check plan")


def test_the_footer_shows_only_the_buttons_of_the_present_page(footer: Footer) -> None:
    pause, stop, undo = (Button(text, f"button_{text.lower()}") for text in ("Pause", "Stop", "Undo"))
    page(footer, "", has_back=False, right=(pause, stop))
    assert not footer.isHidden() and found(footer, "button_primary").isHidden() and found(footer, "button_back").isHidden()
    assert [one.isHidden() for one in (pause, stop)] == [False, False]
    page(footer, extras=(undo,))
    assert [one.isHidden() for one in (pause, stop, undo)] == [True, True, False]
    page(footer, right=(stop,), extras=(undo,))
    assert [one.isHidden() for one in (pause, stop, undo)] == [True, False, False]


def test_a_page_without_any_button_has_no_footer(footer: Footer) -> None:
    page(footer, "", has_back=False)
    assert footer.isHidden()
    page(footer, "", has_back=False, hint="Reading…")
    assert not footer.isHidden()


# Message line


def test_the_message_line_says_one_thing_at_a_time_and_offers_to_show_it(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = MessageLine(holder)
    assert (line.words, line.isHidden()) == ("", True)
    line.say("A removal is working.", can_show=True)
    assert (line.words, line.accessibleName()) == ("A removal is working.", "A removal is working.")
    with qtbot.waitSignal(line.wants_show):
        QTest.mouseClick(found(line, "button_show_it"), Qt.MouseButton.LeftButton)
    line.say("The account is another one now.")
    assert found(line, "button_show_it").isHidden()


def test_the_footer_holds_what_each_page_wants_in_its_order(qtbot: QtBot) -> None:
    made, one, other = Footer(), Button("One", "button_one"), Button("Other", "button_other")
    qtbot.addWidget(made)
    made.show()
    for extras in ([one, other], [one, other], [other, one], [other], [other, one], []):
        one.hide()  # as a page does with a button of its own
        made.show_page("Go", enabled=True, danger=False, hint="", has_back=True, extras=extras, right=[])
        QApplication.processEvents()
        shown = [button for button in (one, other) if button.isVisible()]
        assert sorted(shown, key=lambda button: button.x()) == extras
