"""Bars, legends and the speed line: the right proportions, nothing that exists is hidden, and all of it in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome, Tally
from desktop.qt.models.cells import OUTCOME_TOKENS
from desktop.qt.theme import LIGHT, Scheme, color, theme
from desktop.qt.widgets.bars import CountLegend, OutcomeBar, Part, SpeedLine, StackedBar, widths_of
from desktop.words.labels import outcome_label

COUNTS = st.lists(st.integers(0, 1_048_575), max_size=6)
WIDTHS = st.integers(0, 2000)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours_across(bar: StackedBar) -> list[str]:
    """Each colour along the middle of the bar, once, in order."""
    image = picture(bar)
    names: list[str] = []
    for x in range(image.width()):
        name = image.pixelColor(x, image.height() // 2).name().upper()
        if name in (LIGHT.removed, LIGHT.refused, LIGHT.unknown) and name not in names:
            names.append(name)
    return names


@given(COUNTS, WIDTHS)
def test_widths_fill_the_bar_exactly(counts: list[int], width: int) -> None:
    widths = widths_of(counts, width)
    assert len(widths) == len(counts)
    assert sum(widths) == pytest.approx(width if any(counts) else 0, abs=1e-6)


@given(COUNTS, WIDTHS)
def test_a_part_that_exists_is_never_invisible_and_one_that_does_not_has_no_width(counts: list[int], width: int) -> None:
    some = sum(1 for count in counts if count)
    for count, part in zip(counts, widths_of(counts, width), strict=True):
        assert part >= min(3.0, width / some) - 1e-6 if count else part == 0


@given(COUNTS, WIDTHS)
def test_a_larger_count_is_never_drawn_narrower(counts: list[int], width: int) -> None:
    ordered = sorted(zip(counts, widths_of(counts, width), strict=True))
    for (_, narrow), (_, wide) in pairwise(ordered):
        assert narrow <= wide + 1e-6


def test_widths_are_in_proportion_where_there_is_room() -> None:
    assert widths_of([30, 60, 10], 200) == [60.0, 120.0, 20.0]
    assert widths_of([999_999, 0, 1], 300) == [297.0, 0.0, 3.0]


def test_one_link_in_a_million_is_painted_inside_the_bar(qtbot: QtBot) -> None:
    bar = StackedBar()
    qtbot.addWidget(bar)
    bar.resize(400, 14)
    bar.show_parts([Part(1_048_573, "removed"), Part(1, "refused"), Part(1, "unknown")], "words")
    assert colours_across(bar) == [LIGHT.removed, LIGHT.refused, LIGHT.unknown]


def test_an_empty_bar_is_painted_in_one_colour(qtbot: QtBot) -> None:
    bar = StackedBar()
    qtbot.addWidget(bar)
    bar.resize(400, 14)
    bar.show_parts([Part(0, "removed"), Part(0, "refused")], "nothing yet")
    assert picture(bar).pixelColor(200, 7) == color("hairline")


def test_a_hatched_part_is_neither_filled_nor_empty(qtbot: QtBot) -> None:
    bar = StackedBar()
    qtbot.addWidget(bar)
    bar.resize(400, 14)
    bar.show_parts([Part(5, "not_sent", hatched=True)], "words")
    image = picture(bar)
    inside = {image.pixelColor(x, y).name().upper() for x in range(20, 380) for y in range(2, 12)}
    assert LIGHT.not_sent in inside and LIGHT.hairline in inside


def tally(*counts: int) -> Tally:
    return Tally(dict(zip(Operation.REMOVE.outcomes, counts, strict=True)))


def test_the_outcome_bar_says_the_same_to_the_eye_and_to_the_ear(qtbot: QtBot) -> None:
    bar = OutcomeBar("bar_outcomes")
    qtbot.addWidget(bar)
    bar.show_tally(tally(1180, 7, 0, 3, 50))
    assert bar.objectName() == "bar_outcomes"
    spoken = bar.findChild(StackedBar).accessibleName()  # type: ignore[union-attr]
    assert spoken == "Removed 1,180, Was not linked 7, Refused 0, Not confirmed 3, Not sent 50"
    read = [label.text().replace("  ", " ") for label in bar.findChildren(QLabel) if label.text()]
    assert ", ".join(read) == spoken


def test_the_outcome_bar_speaks_of_an_undo_in_its_own_words(qtbot: QtBot) -> None:
    bar = OutcomeBar("bar_outcomes")
    qtbot.addWidget(bar)
    bar.show_tally(Tally({Outcome.RELINKED: 12, Outcome.ALREADY_LINKED: 3}), Operation.RESTORE.outcomes)
    spoken = bar.findChild(StackedBar).accessibleName()  # type: ignore[union-attr]
    assert spoken == "Put back 12, Was linked again already 3, Refused 0, Not confirmed 0, Not sent 0"
    read = [label.text().replace("  ", " ") for label in bar.findChildren(QLabel) if label.text() and not label.isHidden()]
    assert spoken in ", ".join(read)


def test_the_outcome_bar_paints_each_outcome_in_its_colour(qtbot: QtBot) -> None:
    bar = OutcomeBar("bar_outcomes")
    qtbot.addWidget(bar)
    bar.show_tally(tally(10, 10, 10, 10, 10))
    inner = bar.findChild(StackedBar)
    assert inner is not None
    image = picture(inner)
    fifth = image.width() / 5
    middles = [image.pixelColor(round(fifth * (place + 0.5)), 7).name().upper() for place in range(4)]
    assert middles == [getattr(LIGHT, OUTCOME_TOKENS[outcome][0]) for outcome in list(Outcome)[:4]]


def test_the_outcome_bar_follows_the_scheme(qtbot: QtBot, app: QApplication) -> None:
    bar = StackedBar()
    qtbot.addWidget(bar)
    bar.resize(300, 14)
    bar.show_parts([Part(1, "removed")], "words")
    light = picture(bar).pixelColor(100, 7)
    theme.apply(app, Scheme.DARK)
    assert picture(bar).pixelColor(100, 7) == color("removed") != light


def test_a_legend_has_a_picture_and_a_word_for_each_count(qtbot: QtBot) -> None:
    legend = CountLegend([(*OUTCOME_TOKENS[one], outcome_label(one)) for one in Operation.REMOVE.outcomes])
    qtbot.addWidget(legend)
    legend.show_counts([1, 22, 333, 4444, 1_048_575])
    labels = legend.findChildren(QLabel)
    assert [label.text() for label in labels if label.text()][-1] == "Not sent  1,048,575"
    assert len([label for label in labels if not label.pixmap().isNull()]) == len(Operation.REMOVE.outcomes)


def test_a_legend_refuses_counts_that_do_not_fit() -> None:
    legend = CountLegend([("removed", "check", "Removed")])
    with pytest.raises(ValueError, match="zip"):
        legend.show_counts([1, 2])


@pytest.mark.parametrize("speeds", [[], [5.0], [0.0, 0.0], [1.0, 9.0, 3.0], [float(n) for n in range(500)]])
def test_the_speed_line_can_be_painted_at_every_moment(qtbot: QtBot, speeds: list[float]) -> None:
    line = SpeedLine()
    qtbot.addWidget(line)
    line.resize(220, 44)
    assert line.accessibleName()
    for speed in speeds:
        line.add(speed)
    assert is_drawn(line) == (len(speeds) >= 2)
    line.clear()
    assert not is_drawn(line)


def is_drawn(line: SpeedLine) -> bool:
    image = picture(line)
    return any(image.pixelColor(x, y) == color("accent") for x in range(image.width()) for y in range(image.height()))
