"""The links of a run in the groups that a page of results shows: what needs somebody first, what is as it was meant last.

A run counts to the links that somebody confirmed, because that number was typed and every other one looks like a mistake.
"""

from dataclasses import dataclass

from desktop.application.run_results import RunResults
from desktop.domain.causes import LEFT_BY_CHOICE, CauseCode
from desktop.domain.outcomes import AS_MEANT, DONE, OPEN_OUTCOMES, Outcome


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """So many links that ended alike, and whether somebody has to do something about them."""

    outcome: Outcome
    cause: CauseCode
    count: int
    needs_you: bool


@dataclass(frozen=True, slots=True)
class ResultVerdict:
    """What became of the ``asked`` links that were confirmed.

    ``done`` of them are as the run was to leave them by its own calls, and ``need_you`` links wait for somebody.
    ``were_so`` counts those outside the run's plan that were already as it was to leave them.
    """

    asked: int
    done: int
    need_you: int
    were_so: int

    @property
    def is_clean(self) -> bool:
        """True when nothing is left for anybody to do."""
        return not self.need_you


def groups_of(results: RunResults) -> list[CauseGroup]:
    """Return the groups of a run, those that need somebody first and the largest of them at the top.

    What a retry has taken over needs nobody any more: the retry's own results ask for it.
    """
    groups = [
        CauseGroup(outcome, cause, count, _needs_you(outcome, cause) and results.may_be_retried)
        for (outcome, cause), count in results.counts.items()
    ]
    return sorted(groups, key=lambda group: (not group.needs_you, group.outcome in DONE, group.outcome in AS_MEANT, -group.count))


def verdict_of(results: RunResults) -> ResultVerdict:
    """Sum a run up."""
    counts = results.counts.items()
    done = sum(count for (outcome, _), count in counts if outcome in DONE)
    by_choice = sum(count for (_, cause), count in counts if cause in LEFT_BY_CHOICE)
    need_you = sum(group.count for group in groups_of(results) if group.needs_you)
    return ResultVerdict(results.asked, done, need_you, max(0, len(results.outcomes) - results.asked - by_choice))


def _needs_you(outcome: Outcome, cause: CauseCode) -> bool:
    return outcome in OPEN_OUTCOMES and cause not in LEFT_BY_CHOICE
