"""Whether the CRM honours calls from the other end of a relation, and how that is found out.

Every link has two ends, and a plan addresses a call from whichever end makes fewer calls. That Zoho carries out a call
that is addressed from the end which is not the sheet's own (a *reversed* call) is written nowhere, so it is tried out:

1. The first reversed call of a relation is a probe. No other one leaves before it is known what became of the probe.
2. It is proven when a read shows that the call changed a link. Zoho's word is no proof: SUCCESS may have done nothing,
   and "no such link" may be said of a link that is there.
3. Unproven, the next reversed call is again the only probe. After three of them the relation goes as in the sheet.
4. What was proven is remembered for the connection, its organisation and its environment. A connection that is not
   saved remembers it for its run only: the run's own record shows it (:attr:`desktop.domain.ledger.Ledger.honoured`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.connections import ONE_OFF_NAME, Connection
from desktop.domain.ledger import Ledger
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome, shows_effect
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.relations import Relation
from desktop.domain.runs import AsSheet, Change, Settled
from desktop.engine.decisions import Decision, OtherSide, ReadLater, SendAgain
from desktop.engine.workload import LOOKS, Task, Work, Workload

PROBES_BEFORE_AS_SHEET = 3
_SETTING = "reversed_calls_honoured"


class KeptValues(Protocol):
    """Small values that are remembered between starts (JSON types). Neither call waits for the disk."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...


class LearnedDirections:
    """What earlier runs of a connection proved. Putting back is proven apart from removing: it is another call."""

    def __init__(self, settings: KeptValues, connection: Connection, operation: Operation) -> None:
        self._settings = settings
        organisation, environment = connection.account.organisation_id, connection.environment or ""
        self._place = "" if connection.id == ONE_OFF_NAME else f"{connection.id}/{organisation}/{environment}"
        self._call = operation.call

    def proven(self, relations: Iterable[Relation]) -> set[Relation]:
        """Those of the relations whose reversed calls an earlier run proved."""
        known = self._known().get(self._place)
        return {one for one in relations if isinstance(known, list) and self._name(one) in known}

    def learn(self, relation: Relation) -> None:
        """Remember that reversed calls of this relation are honoured here."""
        known = self._known()
        before = known.get(self._place)
        names = [one for one in before if isinstance(one, str)] if isinstance(before, list) else []
        if self._place and self._name(relation) not in names:
            self._settings.set(_SETTING, {**known, self._place: [*names, self._name(relation)]})

    def _known(self) -> Mapping[str, object]:
        known = self._settings.get(_SETTING)
        return known if isinstance(known, dict) else {}

    def _name(self, relation: Relation) -> str:
        return f"{self._call} {relation.code}"


@dataclass(slots=True)
class _Probe:
    """A reversed call of which it is not known yet whether it was honoured.

    ``waiting`` are the links of it that a read has to show, once the call is ``answered`` or its answer is lost. The proof
    ``is_certain`` where a read had seen the link before the call as well; only that is remembered for later runs.
    """

    batch: Batch
    waiting: set[int] = field(default_factory=set)
    answered: bool = False
    is_proven: bool = False
    is_certain: bool = False


class Probes:
    """Lets one reversed call of an unproven relation out at a time. Owned by the coordinator."""

    def __init__(self, ledger: Ledger, relations: Iterable[Relation], learned: LearnedDirections | None) -> None:
        """``relations`` are those of the run; what ``learned`` knows of them counts as proven from the start."""
        self._ledger = ledger
        self._learned = learned
        if learned is not None:
            ledger.honoured |= learned.proven(relations)
        self._out: dict[Relation, _Probe] = {}
        self._unproven: dict[Relation, int] = {}

    def must_wait(self, batch: Batch) -> bool:
        """True while the call may not leave, because a probe of its relation is out."""
        return batch.side is Side.RELATED and batch.relation in self._out and batch.relation not in self._ledger.honoured

    def is_undecided(self, relation: Relation) -> bool:
        """True as long as it is not known whether calls from the other end are honoured."""
        return relation not in self._ledger.honoured

    def leaves(self, batch: Batch) -> None:
        """The call is handed to a lane; it is the probe of its relation where that is unproven."""
        if batch.side is Side.RELATED and batch.relation not in self._ledger.honoured:
            self._out[batch.relation] = _Probe(batch)

    def comes_back(self, batch: Batch) -> None:
        """The call did not leave after all, or provably did nothing: another one may be the probe."""
        if self._is_probe(batch):
            del self._out[batch.relation]

    def judged(self, task: Task, decision: Decision, workload: Workload, at: float) -> list[Change]:
        """Take into account what followed from a task, and let the next reversed call out when the probe is over.

        Returns what is to be written: the relation goes as in the sheet when too many probes proved nothing.
        """
        probe = self._out.get(task.batch.relation)
        if probe is None:
            return []
        self._note_effect(probe, decision)
        if task.work is Work.SEND and self._is_probe(task.batch):
            if decision.repeats_its_task or decision.of_kind(SendAgain):
                self.comes_back(task.batch)
                workload.let_out(task.batch.relation)
                return []
            probe.answered, probe.waiting = True, {link for step in decision.of_kind(ReadLater) for link in step.links}
            return self._looked(probe, (), workload, at)
        is_read_elsewhere = any(step.task.work is not Work.SEND for step in decision.of_kind(OtherSide))
        return [] if decision.repeats_its_task or is_read_elsewhere else self.gave_up(task, workload, at)

    def gave_up(self, task: Task, workload: Workload, at: float) -> list[Change]:
        """A read is over, whatever it showed; also one that was tried often enough and proved nothing."""
        probe = self._out.get(task.batch.relation)
        if probe is None or not probe.answered or task.work not in LOOKS:
            return []
        return self._looked(probe, task.batch.link_numbers, workload, at)

    def _looked(self, probe: _Probe, links: Iterable[int], workload: Workload, at: float) -> list[Change]:
        probe.waiting.difference_update(links)
        return [] if probe.waiting else self._over(probe, workload, at)

    def _over(self, probe: _Probe, workload: Workload, at: float) -> list[Change]:
        relation = probe.batch.relation
        del self._out[relation]
        if probe.is_proven:
            self._ledger.honoured.add(relation)
            if self._learned is not None and probe.is_certain:
                self._learned.learn(relation)
        self._unproven[relation] = self._unproven.get(relation, 0) + (not probe.is_proven)
        if self._unproven[relation] >= PROBES_BEFORE_AS_SHEET:
            workload.give_up_reversing(relation)
            return [AsSheet(relation, at)]
        workload.let_out(relation)
        return []

    def _note_effect(self, probe: _Probe, decision: Decision) -> None:
        """Whether a read showed that the call changed one of its links."""
        links = set(probe.batch.link_numbers)
        settled = (change for change in decision.changes if isinstance(change, Settled) and change.batch is None)
        for link, outcome in (one for change in settled for one in change.outcomes):
            if link in links and shows_effect(outcome):
                probe.is_proven = True
                # Before a link is put back, a read has always shown that it is missing.
                probe.is_certain |= outcome.outcome is Outcome.RELINKED or self._ledger.was_seen_linked(link)

    def _is_probe(self, batch: Batch) -> bool:
        probe = self._out.get(batch.relation)
        return probe is not None and probe.batch.number == batch.number
