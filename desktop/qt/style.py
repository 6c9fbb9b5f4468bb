"""The style sheet: what Fusion lacks, with the names of tokens in place of colours; :mod:`desktop.qt.theme` fills them in.

Qt goes through all rules for every part of a window, so there is one sheet for the whole application and no other. The ring
around a button that has the focus needs the property ``ring`` besides, which :class:`desktop.qt.widgets.buttons.Button`
sets only when a key brought the focus: somebody who clicks has just seen where it is.
"""

STYLE = """
QToolTip { color: @text; background: @raised; border: 1px solid @border; padding: 4px; }
QPushButton { min-height: 20px; padding: 6px 14px; border: 1px solid @border; border-radius: 6px; background: @surface;
              color: @text; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @off; }
QPushButton:focus { outline: none; }
QPushButton[ring="true"]:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @off_text; border-color: @off; background: @off; }
QPushButton[kind="primary"], QPushButton[kind="danger"] { font-weight: 600; padding: 6px 20px; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:pressed { background: @accent_pressed; border-color: @accent_pressed; }
QPushButton[kind="danger"] { background: @danger; color: @on_full; border: 1px solid @danger; }
QPushButton[kind="danger"]:hover { background: @danger_hover; border-color: @danger_hover; }
QPushButton[kind="danger"]:pressed { background: @danger_pressed; border-color: @danger_pressed; }
QPushButton[kind="primary"][ring="true"]:focus, QPushButton[kind="danger"][ring="true"]:focus { border: 2px solid @text;
              padding: 5px 19px; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled { background: @off; color: @off_text;
              border: 1px solid @off; }
QPushButton[kind="quiet"] { border: 1px solid transparent; background: transparent; color: @accent; text-align: left;
              padding: 5px 8px; }
QPushButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]:pressed { background: @off; }
QPushButton[kind="quiet"]:checked { background: @tint; border-color: @accent; }
QPushButton[kind="quiet"][ring="true"]:focus { border: 2px solid @accent; padding: 4px 7px; }
QPushButton[kind="quiet"]:disabled { background: transparent; color: @off_text; }
QPushButton[kind="rail"] { border: 1px solid transparent; background: transparent; color: @text; text-align: left;
              padding: 5px 7px; }
QPushButton[kind="rail"]:hover { background: @hover; }
QPushButton[kind="rail"]:pressed, QPushButton[kind="rail"]:checked { background: @tint; }
QPushButton[kind="rail"][ring="true"]:focus { border: 2px solid @accent; padding: 4px 6px; }
QPushButton[kind="banner"], QPushButton[kind="plain_banner"] { min-height: 16px; padding: 3px 10px; background: transparent;
              border: 1px solid transparent; }
QPushButton[kind="plain_banner"] { color: @text; }
QPushButton[kind="banner"] { color: @on_full; }
QPushButton[kind="banner"]:hover { border-color: @on_full; }
QPushButton[kind="plain_banner"]:hover { border-color: @border; }
QPushButton[kind="banner"][ring="true"]:focus { border: 2px solid @on_full; padding: 2px 9px; }
QPushButton[kind="plain_banner"][ring="true"]:focus { border: 2px solid @accent; padding: 2px 9px; }
QLineEdit, QComboBox, QSpinBox { min-height: 20px; padding: 5px 8px; border: 1px solid @border; border-radius: 6px;
              background: @surface; color: @text; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid @accent; padding: 4px 7px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @off_text; border-color: @off; background: @off; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("@@ARROW"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @border; selection-background-color: @tint;
              selection-color: @text; outline: none; padding: 4px; }
QCheckBox { spacing: 8px; min-height: 28px; }
QCheckBox:focus { outline: none; color: @accent; }
QCheckBox::indicator, QTreeView::indicator { width: 15px; height: 15px; border: 1px solid @border; border-radius: 3px;
              background: @surface; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: @accent; border-color: @accent; image: url("@@TICK"); }
QTreeView::indicator:indeterminate { background: @tint; border: 2px solid @accent; }
QCheckBox::indicator:focus { border: 2px solid @accent; }
QFrame[kind="card"] { background: @surface; border: 1px solid @hairline; border-radius: 8px; }
QFrame[kind="waiting"] { background: @surface; border: 1px solid @unknown; border-radius: 8px; }
QFrame[kind="notice"] { background: @tint; border: 1px solid @accent; border-radius: 8px; }
QFrame[kind="question"] { background: @asking; border: 1px solid @unknown; border-radius: 8px; }
QFrame[kind="problem"] { background: @surface; border: 1px solid @refused; border-left: 4px solid @refused;
              border-radius: 8px; }
QFrame[kind="panel"] { background: @surface; border: none; border-right: 1px solid @hairline; }
QFrame[kind="footer"] { background: @surface; border: none; border-top: 1px solid @hairline; }
QFrame[kind="drop"] { background: @surface; border: 2px dashed @border; border-radius: 10px; }
QFrame[kind="drop"][hot="true"] { background: @tint; border-color: @accent; }
QFrame[kind="message"] { background: @tint; border: none; border-top: 1px solid @hairline; }
QFrame[kind="card"] QLabel, QFrame[kind="waiting"] QLabel, QFrame[kind="notice"] QLabel, QFrame[kind="question"] QLabel,
QFrame[kind="problem"] QLabel,
QFrame[kind="panel"] QLabel, QFrame[kind="footer"] QLabel, QFrame[kind="drop"] QLabel, QFrame[kind="message"] QLabel {
              background: transparent; border: none; }
QFrame QLabel[chip="production"] { background: @production_tint; color: @production_text; }
QFrame QLabel[chip="sandbox"] { background: @sandbox_tint; color: @sandbox_text; }
QFrame QLabel[chip="practice"] { background: @practice_tint; color: @practice_text; }
QFrame QLabel[chip] { border-radius: 4px; font-weight: 600; }
QLabel[kind="secondary"] { color: @secondary; }
QLabel[kind="good"] { color: @removed; }
QLabel[kind="bad"] { color: @refused; }
QLabel[kind="asks"] { color: @unknown; }
QToolButton[kind="tile"] { background: @surface; border: 1px solid @hairline; border-radius: 8px; padding: 10px 14px;
              color: @text; text-align: left; }
QToolButton[kind="tile"]:hover { background: @hover; }
QToolButton[kind="tile"]:pressed { background: @off; }
QToolButton[kind="tile"]:checked { border: 2px solid @accent; background: @tint; padding: 9px 13px; }
QToolButton[kind="tile"] QLabel { background: transparent; border: none; }
QToolButton[kind="tile"]:disabled { background: @window; }
QToolButton[kind="tile"]:focus { border: 2px solid @accent; padding: 9px 13px; }
QToolButton[kind="step"] { border: none; padding: 6px 4px; color: @secondary; background: transparent; }
QToolButton[kind="step"]:checked { color: @text; font-weight: 600; }
QToolButton[kind="step"]:enabled:hover { color: @accent; }
QToolButton[kind="step"]:focus { border: 2px solid @accent; border-radius: 6px; padding: 4px 2px; }
QTableView, QTreeView, QListView { background: @surface; alternate-background-color: @window; color: @text;
              border: 1px solid @hairline; border-radius: 8px; gridline-color: @hairline; outline: none;
              selection-background-color: @tint; selection-color: @text; }
QListView[kind="runs"] { border: none; background: transparent; }
QTreeView::item, QTableView::item { padding: 4px 8px; }
QTreeView::item:hover, QTableView::item:hover { background: @hover; }
QTreeView::item:selected, QTableView::item:selected { background: @tint; color: @text; }
QFrame[kind="line"] { background: @hairline; border: none; }
QHeaderView { background: @window; border: none; }
QHeaderView::section { background: @window; color: @secondary; border: none; border-bottom: 1px solid @hairline; padding: 7px 8px;
              font-weight: 600; }
QProgressBar { border: none; background: @hairline; border-radius: 4px; height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
"""
