"""Random runs, each undone: the CRM is afterwards exactly as it was, the fields of its links included."""

import json
import random
from typing import Any

import pytest

from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import SideChoice
from desktop.domain.records import Link, RecordId
from desktop.domain.relations import ALLOWED, Relation, reverse_of
from desktop.domain.runs import RunState
from desktop.practice import PracticeCrm
from tests.undo.stage import Bench, blind_puts, linked_now

RUNS, QUICK_RUNS = 50, 5
RELATIONS = sorted(relation for relation in ALLOWED if reverse_of(relation) is not None)
STATUSES = ("Opted Out", "Bounced", "Angemeldet ✓", "Invité·e", "")
MEDDLING: list[dict[str, Any]] = [
    {"do": "fin", "apply": "yes"},
    {"do": "fin", "apply": "no"},
    {"do": "reset", "apply": "yes"},
    {"do": "status", "status": 503, "apply": "yes"},
    {"do": "status", "status": 503, "apply": "no"},
    {"do": "status", "status": 429, "body": "{}"},
    {"do": "cut", "apply": "yes"},
    {"do": "rewrite", "how": "drop", "apply": "yes"},
    {"do": "rewrite", "how": "foreign", "apply": "yes"},
]


def cases() -> list[Any]:
    return [pytest.param(seed, marks=() if seed < QUICK_RUNS else (pytest.mark.slow,)) for seed in range(RUNS)]


class Scene:
    """Links of a random sheet, some of them absent, among others that nobody asked about."""

    def __init__(self, practice: PracticeCrm, seed: int) -> None:
        self.dice = random.Random(seed)
        version = self.dice.choice(["v8", "v8", "v8", "v7", "v2.1"])
        practice.state.set(deals_list=self.dice.choice(["Deals", "Potentials"]))
        self.bench = Bench(practice, version)
        self.wanted = self._links()
        absent = {link for link in self.wanted if self.dice.random() < 0.1}
        others = [Link(one.relation, one.parent_id, RecordId(f"36523970000008{n:05d}")) for n, one in enumerate(self.wanted[:20])]
        self.bench.know(self.wanted)
        self.bench.seed([*(link for link in self.wanted if link not in absent), *others])
        self._vary_fields(practice)

    def _links(self) -> list[Link]:
        dice, links = self.dice, list[Link]()
        for relation in dice.sample(RELATIONS, dice.choice([1, 1, 2])):
            if any(reverse_of(relation) == one.relation for one in links):
                continue
            parents, related = dice.choice([(1, 230), (4, 60), (40, 2), (25, 25), (3, 3)])
            links += self._some(relation, parents, related, dice.uniform(0.3, 1.0))
        dice.shuffle(links)
        return links

    def _some(self, relation: Relation, parents: int, related: int, share: float) -> list[Link]:
        pairs = [(n, m) for n in range(parents) for m in range(related) if self.dice.random() < share]
        return [Link(relation, RecordId(f"36523970000003{n:05d}"), RecordId(f"36523970000009{m:05d}")) for n, m in pairs]

    def _vary_fields(self, practice: PracticeCrm) -> None:
        rows = practice.state.links()
        ends = ("module_a", "id_a", "module_b", "id_b")
        changed = [
            (self._own(json.loads(one["fields"])), *(one[end] for end in ends)) for one in rows if self.dice.random() < 0.5
        ]
        where = " AND ".join(f"{end} = ?" for end in ends)
        with practice.state.transaction() as db:
            db.executemany(f"UPDATE links SET fields = ? WHERE {where}", changed)  # noqa: S608 (our own names)

    def _own(self, fields: dict[str, Any]) -> str:
        if "Member_Status" in fields:
            fields["Member_Status"] = self.dice.choice(STATUSES)
        if "list_price" in fields:
            fields["list_price"] = self.dice.choice([0, 5, 19.99, 1234567.25, 0.1])
        return json.dumps(fields)


@pytest.mark.parametrize("seed", cases())
def test_a_run_and_its_undo_leave_the_crm_as_it_was(practice: PracticeCrm, seed: int) -> None:
    scene = Scene(practice, seed)
    bench, before = scene.bench, linked_now(practice)
    run = bench.start(scene.wanted, side=scene.dice.choice(list(SideChoice)))
    removed = bench.work_to_the_end(run, lanes=scene.dice.randint(1, 6)).tally[Outcome.DELINKED]
    assert len(linked_now(practice)) == len(before) - removed
    undo = bench.start_undo(run)
    ending = bench.work_to_the_end(undo, lanes=scene.dice.randint(1, 6))
    assert (ending.state, ending.tally[Outcome.RELINKED], ending.tally.total) == (RunState.FINISHED, removed, removed)
    assert linked_now(practice) == before
    puts = [call for call in practice.state.calls() if call["method"] == "PUT"]
    assert len(puts) == ending.calls == _calls_planned(bench, undo)
    assert practice.state.counts()["destructive"] == 0
    calls = f"{ending.calls:3} calls and {ending.reads:3} reads to undo"
    print(f"run {seed:2}: {len(scene.wanted):4} links, {removed:4} removed, {calls}")


@pytest.mark.parametrize("seed", range(100, 106))
def test_an_undo_in_trouble_leaves_the_crm_as_it_was(practice: PracticeCrm, seed: int) -> None:
    scene = Scene(practice, seed)
    bench, before = scene.bench, linked_now(practice)
    run = bench.start(scene.wanted)
    removed = bench.work_to_the_end(run).tally[Outcome.DELINKED]
    undo = bench.start_undo(run)
    for fault in scene.dice.sample(MEDDLING, 4):
        practice.faults.add([{**fault, "match": {"method": "PUT", "skip": scene.dice.randint(0, 2)}}])
    practice.faults.add([{"do": "fin", "match": {"method": "GET", "path": "3652397", "skip": 1}}])
    ending = bench.work_to_the_end(undo)
    practice.faults.clear()
    assert (ending.state, ending.tally[Outcome.RELINKED]) == (RunState.FINISHED, removed)
    assert linked_now(practice) == before
    assert blind_puts(practice.state.calls()) == []


def _calls_planned(bench: Bench, run: str) -> int:
    with bench.read(run) as book:
        return book.plan.calls
