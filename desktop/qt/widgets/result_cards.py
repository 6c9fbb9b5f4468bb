"""The cards of a run's results: what a look found, what needs somebody, the rows that could not be used, and the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.application.follow_ups import Verification
from desktop.application.result_groups import CauseGroup, groups_of
from desktop.application.run_results import RunResults
from desktop.domain.causes import LEFT_BY_CHOICE, CauseCode
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome
from desktop.qt.models.cells import OUTCOME_TOKENS
from desktop.qt.widgets.cause_cards import CauseCard, CauseCards
from desktop.words import language, say, say_count
from desktop.words.causes import explain_cause
from desktop.words.explanations import Explanation
from desktop.words.joining import enumerated, sentences
from desktop.words.rejections import explain_rejection

REJECTED = "rejected"


class ResultCards(CauseCards):
    """``first_to_show`` names the card whose rows are shown at first; empty where nothing needs anybody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first_to_show = ""
        self._links_of: dict[str, Sequence[int]] = {}

    def links_of(self, name: str) -> Sequence[int]:
        """Return the numbers of the links that a card stands for."""
        return self._links_of.get(name, ())

    def show_results(self, results: RunResults, operation: Operation, found: Verification | None) -> None:
        """Fill the list anew; ``found`` is what a look at the run's links has shown since."""
        self.begin()
        self._links_of = {}
        self._results, self._operation, self.first_to_show = results, operation, ""
        if found is not None:
            self._add_found(found)
        groups = groups_of(results)
        open_groups = [group for group in groups if group.needs_you]
        if open_groups or results.rejected:
            self.add_heading(say("Needs you"))
        else:
            self.add_heading(say("Nothing needs you"))
        for group in open_groups:
            self._add_group(group)
        if results.rejected:
            self._add_rejected()
        settled = [group for group in groups if not group.needs_you]
        if settled and (open_groups or results.rejected):
            self.add_heading(say("Needs nothing"))
        for group in settled:
            self._add_group(group)
        self.finish()

    def _add_group(self, group: CauseGroup) -> None:
        token, glyph = OUTCOME_TOKENS[group.outcome]
        links = self._results.numbers.get(group.cause, ())
        words = explain_cause(group.cause, self._operation)
        if self._results.put_back:
            words = replace(words, why=self._why_now(words.why, links))
        if not self._results.may_be_retried and group.outcome in (Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED):
            words = replace(words, what_to_do=say("A later run took this over; there is nothing to do here."))
        if group.needs_you:
            self.first_to_show = self.first_to_show or str(group.cause)
        self._add(glyph, token, words, group.count, str(group.cause), links)

    def _add_rejected(self) -> None:
        counts = self._results.entries.rejected()
        kinds = enumerated(
            say("{title}: {count}", title=explain_rejection(reason).title, count=count) for reason, count in counts.items()
        )
        words = Explanation(
            say("Rows of the sheet that could not be used"), kinds, say("Mend them in the sheet and open it again.")
        )
        self.first_to_show = self.first_to_show or REJECTED
        self._add("warning", "unknown", words, len(self._results.rejected), REJECTED, ())

    def _add_found(self, found: Verification) -> None:
        """What the look found: how many are as they should be, the differences, and what could not be read."""
        there = say_count("{n} is there", "{n} are there", len(found.still_linked))
        words = say_count("{n} link is gone, {there}.", "{n} links are gone, {there}.", len(found.gone), there=there)
        if found.back:
            back = say_count(
                "{n} of them was put back by an undo of this run.",
                "{n} of them were put back by an undo of this run.",
                len(found.back),
            )
            words = sentences(words, back)
        title = say("Read again in Zoho at {time}", time=language().time(datetime.now()))
        card = CauseCard("search", "accent", Explanation(title, words), None)
        self.add_card(card)
        gone_again = CauseCode.FOUND_MISSING if found.operation.ends_linked else CauseCode.FOUND_GONE_AGAIN
        unread = [link for link in found.unknown if self._results.outcomes[link].cause not in LEFT_BY_CHOICE]
        for glyph, token, cause, links in (
            ("warning", "refused", CauseCode.FOUND_LINKED, found.unwanted),
            ("warning", "refused", gone_again, found.missing),
            ("question", "unknown", CauseCode.FOUND_UNCLEAR, unread),
        ):
            if links:
                self.first_to_show = self.first_to_show or str(cause)
                self._add(glyph, token, explain_cause(cause, self._operation), len(links), str(cause), links)

    def _add(self, glyph: str, token: str, words: Explanation, count: int, name: str, links: Sequence[int]) -> None:
        self._links_of[name] = links
        self.add_card(CauseCard(glyph, token, words, count, name))

    def _why_now(self, why: str, links: Sequence[int]) -> str:
        """A cause tells how a link was left; where an undo put it back since, it is there although it was removed."""
        results = self._results
        back = sum(link in results.put_back and results.outcomes[link].outcome is Outcome.DELINKED for link in links)
        if not back:
            return why
        if back == len(links):
            return say_count(
                "This run removed one link; it was put back since.",
                "This run removed these {n} links; all of them were put back since.",
                back,
            )
        return sentences(why, say_count("But one of them was put back since.", "But {n} of them were put back since.", back))
