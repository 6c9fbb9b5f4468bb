"""How many calls Zoho sees for 10,000 links, by shape: the look before, the safety copy, the removal, the proof, the undo.

Not timed: the practice CRM counts what reaches it. ``as sheet`` is what the sheet's own direction alone would take; the look
before reads the names of both ends too.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.records import Link, RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import RunState
from desktop.engine.checking import LinkCheck
from desktop.practice import PracticeCrm
from tests.undo.stage import Bench, linked_now, sheet_of

LINKS = 10_000
CONTACTS = Relation("Campaigns", "Contacts")
SHAPES: Mapping[str, Callable[[int], tuple[int, int]]] = {
    "100 per parent, each contact once": lambda n: (n // 100, n),
    "5 per parent, 500 contacts": lambda n: (n // 5, n * 7 % 500),
    "1 per parent, 100 contacts": lambda n: (n, n % 100),
    "5 per parent, each contact once": lambda n: (n // 5, n),
}


def links_of(shape: Callable[[int], tuple[int, int]]) -> Sequence[Link]:
    """The links of a shape, all different."""
    ends = (shape(number) for number in range(LINKS))
    return [Link(CONTACTS, RecordId(f"36523970000{one:08d}"), RecordId(f"36523970009{other:08d}")) for one, other in ends]


class Counts:
    """What reached the practice CRM since the last question, by kind."""

    def __init__(self, practice: PracticeCrm) -> None:
        self._practice = practice

    def take(self) -> Counter[str]:
        """The counts since the last time: ``GET``, ``DELETE``, ``PUT``."""
        counts = Counter(str(one["method"]) for one in self._practice.state.calls())
        with self._practice.state.transaction() as db:
            db.execute("DELETE FROM calls")
        return counts


def row_of(practice: PracticeCrm, shape: Callable[[int], tuple[int, int]]) -> list[int]:
    """As sheet, plan, check, copy, removals, proof, reads and calls of the undo; after it all is as before."""
    links, bench, counts = links_of(shape), Bench(practice), Counts(practice)
    bench.seed(links)
    before, sheet = linked_now(practice), sheet_of(links)
    as_sheet, plan = make_plan(sheet.links, SideChoice.AS_SHEET), make_plan(sheet.links)
    client = bench.client()
    counts.take()
    findings = LinkCheck(client, bench.services.clock, sheet.links, plan).run()
    client.close()
    check = counts.take()["GET"]
    assert len(findings.presence) == LINKS
    run = bench.start(links)
    assert bench.work(run).state is RunState.FINISHED
    removal = counts.take()
    assert len(bench.verify(run).gone) == LINKS
    proof = counts.take()["GET"]
    undo = bench.start_undo(run)
    assert bench.work(undo).state is RunState.FINISHED
    back = counts.take()
    assert linked_now(practice) == before
    return [as_sheet.calls, plan.calls, check, removal["GET"], removal["DELETE"], proof, back["GET"], back["PUT"]]


def main() -> None:
    heads = ("as sheet", "plan", "check", "copy", "run", "verify", "undo reads", "undo")
    print(f"calls for {LINKS:,} links; one link a record on both sides takes {LINKS:,} of each")
    print(f"  {'shape':36}" + "".join(f"{head:>11}" for head in heads))
    for name, shape in SHAPES.items():
        with tempfile.TemporaryDirectory() as home, PracticeCrm() as practice:
            os.environ["DELINK_HOME"] = home
            numbers = row_of(practice, shape)
        print(f"  {name:36}" + "".join(f"{number:11,}" for number in numbers), flush=True)


if __name__ == "__main__":
    main()
