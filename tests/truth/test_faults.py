"""Every kind of failure, at the first, a middle, the last and a one-link call: no false word, no blind second send."""

import logging
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests.adapters

from desktop.domain.outcomes import CallAnswer, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import Ending, RunState
from desktop.engine.ports import Crm
from desktop.practice import PracticeCrm
from tests.truth import bad_ends
from tests.truth.bad_ends import Authority, Place
from tests.truth.checks import blind_sends, falsehoods, fates, unintended, unsteady, words_of
from tests.truth.fault_table import TROUBLES, UNDONE, Trouble
from tests.truth.journal_reading import intents_of
from tests.truth.processes import holding_token
from tests.truth.stage import PATIENT, QUICK, Pair, Stage
from tests.truth.tables import note
from tests.truth.through import Through

PARENTS = {name: f"36523970000003270{number:02d}" for number, name in enumerate(("first", "single", "middle", "last"))}
LINKS: dict[str, list[Pair]] = {
    name: [(parent, f"36523970000009{parent[-2:]}{number:03d}") for number in range(1 if name == "single" else 4)]
    for name, parent in PARENTS.items()
}
PAIRS = [pair for pairs in LINKS.values() for pair in pairs]
ABSENT = [pairs[1] for pairs in LINKS.values() if len(pairs) > 1]
_RESOLVE = socket.getaddrinfo
# In the quick half a trouble strikes at two of the four places, each kind of trouble at another two.
QUICK_HALF = {(n, name) for n in range(200) for name in (("first", "last") if n % 2 else ("middle", "single"))}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.make(tmp_path_factory.mktemp("authority"))


def cases() -> Iterator[Any]:
    for number, trouble in enumerate([*TROUBLES, *UNDONE]):
        for name in PARENTS:
            marks = () if (number, name) in QUICK_HALF and trouble in TROUBLES else (pytest.mark.slow,)
            yield pytest.param(trouble, name, id=f"{trouble}, {name}", marks=marks)


@pytest.mark.parametrize(("trouble", "position"), list(cases()))
def test_no_trouble_makes_the_run_say_anything_false(
    practice: PracticeCrm,
    authority: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: Trouble,
    position: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    deadlines = QUICK if trouble.is_never_answered else PATIENT
    stage = Stage(tmp_path, practice, PAIRS, absent=ABSENT, deadlines=deadlines)
    if trouble.fault is not None:
        practice.faults.add([struck(trouble, position)])
    with ExitStack() as ends:
        ending = stage.run(Meddling(stage, trouble, position, place_of(trouble, authority, ends, monkeypatch)))
        assert pauses_as_expected(ending, trouble)
        while ending.state is RunState.PAUSED:
            practice.faults.clear()
            ending = stage.run()
    practice.faults.clear()
    told = the_truth_is_told(stage)
    assert told["progress"] == []
    assert practice.access_token not in caplog.text
    assert holding_token(tmp_path, practice.access_token) == []
    assert ending.state is RunState.FINISHED
    hit = [n for n, pair in enumerate(PAIRS) if pair in LINKS[position] and pair not in ABSENT]
    assert {trouble.word, trouble.also} & words_of(stage.ledger(), hit)
    assert ending.tally[Outcome.UNKNOWN] == 0
    note(trouble.group, trouble.name, position, ending, words_of(stage.ledger(), hit))


def struck(trouble: Trouble, position: str) -> dict[str, Any]:
    ids = [related for _, related in LINKS[position] if (PARENTS[position], related) not in ABSENT]
    assert trouble.fault is not None
    return {**trouble.fault(ids), "match": {"method": "DELETE", "path": PARENTS[position]}, "times": trouble.times}


def pauses_as_expected(ending: Ending, trouble: Trouble) -> bool:
    return ending.cause is trouble.pause if trouble.pause else ending.state is RunState.FINISHED


def the_truth_is_told(stage: Stage) -> Mapping[str, list[str]]:
    """Journal, practice CRM and progress agree."""
    calls = stage.practice.state.calls()
    with stage.read() as book:
        assert falsehoods(book, fates(stage.practice.state.links())) == []
    assert blind_sends(calls) == []
    assert unintended(calls, intents_of(stage.path)) == []
    counts = stage.practice.state.counts()
    assert counts["sends_without_read_max"] <= 1
    assert counts["destructive"] == 0
    return {"progress": unsteady(stage.audience.moments, len(PAIRS))}


class Meddling:
    """Lets something happen at the first removal of one place; the CRM port is otherwise as it is."""

    def __init__(self, stage: Stage, trouble: Trouble, position: str, place: Place | None) -> None:
        self._stage, self._trouble, self._parent, self._place = stage, trouble, PARENTS[position], place
        self._links = [pair for pair in LINKS[position] if pair not in ABSENT]
        self._tries = 0

    def __call__(self, crm: Crm) -> Crm:
        return _Meddled(crm, self.before)

    def before(self, crm: Crm, batch: Batch) -> Crm:
        """The CRM that this removal goes to."""
        if batch.call_parent_id != self._parent:
            return crm
        self._tries += 1
        if self._place is not None and self._tries == 1:
            return self._stage.client(self._place.api_url, self._place.proxies)
        if self._trouble.deed and self._tries <= 2:
            deeds[self._trouble.deed](self._stage, self._links, self._tries)
        return crm


class _Meddled(Through):
    def __init__(self, crm: Crm, before: Callable[[Crm, Batch], Crm]) -> None:
        super().__init__(crm)
        self._before = before

    def delink(self, batch: Batch) -> CallAnswer:
        return self._before(self.inner, batch).delink(batch)


def _somebody_removes(stage: Stage, links: list[Pair]) -> None:
    with stage.practice.state.transaction() as db:
        ids = [(related, related) for _, related in links]
        db.executemany("UPDATE links SET linked = 0 WHERE id_a = ? OR id_b = ?", ids)


def _all_gone(stage: Stage, links: list[Pair], tries: int) -> None:
    _somebody_removes(stage, links)


def _one_gone(stage: Stage, links: list[Pair], tries: int) -> None:
    _somebody_removes(stage, links[:1])


def _clock_jump(stage: Stage, links: list[Pair], tries: int) -> None:
    stage.clock.wall_offset_s += 600.0 if tries == 1 else -600.0


def _suspend(stage: Stage, links: list[Pair], tries: int) -> None:
    if tries == 1:
        path = links[0][0]
        stage.practice.faults.add([{"match": {"method": "DELETE", "path": path}, "do": "hold", "apply": "yes", "then": "fin"}])
        stage.jump_when_held(600.0)


def _flapping(stage: Stage, links: list[Pair], tries: int) -> None:
    if tries == 1:
        removal, reading = ({"method": method, "path": links[0][0]} for method in ("DELETE", "GET"))
        stage.practice.faults.add([{"match": removal, "do": "reset"}, {"match": reading, "do": "fin", "times": 2}])


deeds: dict[str, Callable[[Stage, list[Pair], int], None]] = {
    "all gone meanwhile": _all_gone,
    "one gone meanwhile": _one_gone,
    "clock jump": _clock_jump,
    "suspend": _suspend,
    "flapping link": _flapping,
}


def place_of(trouble: Trouble, authority: Authority, ends: ExitStack, monkeypatch: pytest.MonkeyPatch) -> Place | None:
    """The bad end that the trouble names, open until the test is over."""
    match trouble.place:
        case "":
            return None
        case "unknown_authority":
            return ends.enter_context(bad_ends.certified(authority))
        case "other_host" | "expired" as what:
            monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(authority.bundle))
            host, days = ("elsewhere.example", 30) if what == "other_host" else ("localhost", -1)
            return ends.enter_context(bad_ends.certified(authority, host=host, days=days))
        case "name_not_known":
            monkeypatch.setattr(socket, "getaddrinfo", _resolves_only_this_computer)
            return ends.enter_context(bad_ends.name_not_known())
        case name:
            found: Place = ends.enter_context(getattr(bad_ends, name)())
            return found


def _resolves_only_this_computer(host: str, *args: Any, **kwargs: Any) -> Any:
    """What the system's resolver says; no name is asked for outside this computer."""
    if host not in ("127.0.0.1", "localhost"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _RESOLVE(host, *args, **kwargs)


def test_the_table_has_every_kind() -> None:
    """60 kinds: the indexes count as one, two codes for an id and a denial are more, errors of the token endpoint are missing."""
    names = {str(one) for one in TROUBLES}
    assert len(names) == len(TROUBLES)
    extra = {"400 index 1", "400 index 2", "400 with data: linked ones are denied", "one id with two codes"}
    assert extra < names
    assert len(names - extra) == 60 - 1
