"""Searching a plan: of few links at once, of many behind the door, and only the latest answer is told."""

from pytestqt.qtbot import QtBot

from desktop.domain.previews import Preview, Shown
from desktop.qt.jobs.plan_finder import PlanFinder
from tests.patience import PATIENCE_MS
from tests.qt.staging import many_links, parent_id


def finder_with_ears() -> tuple[PlanFinder, list[list[int]]]:
    finder, heard = PlanFinder(), list[list[int]]()

    def hear(shown: Shown, _: object) -> None:
        heard.append(list(shown.places))

    finder.found.connect(hear)
    return finder, heard


def test_few_links_are_searched_at_once() -> None:
    finder, heard = finder_with_ears()
    finder.find(Preview.of(many_links(30, parents=3)), parent_id(1), {}, ())
    assert heard == [[1]]


def test_of_many_links_only_the_latest_question_is_answered(qtbot: QtBot) -> None:
    finder, heard = finder_with_ears()
    preview = Preview.of(many_links(30_000, parents=3))
    finder.find(preview, parent_id(0), {}, ())
    finder.find(preview, parent_id(2), {}, ())
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    finder.find(preview, parent_id(1), {}, ())
    finder.forget()
    finder.find(preview, "", {parent_id(1): "Spring fair"}, ())
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    assert heard == [[2], [0, 1, 2]]
