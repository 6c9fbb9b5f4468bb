"""A random history of one clean-up: the CRM lies and fails, others work in it, programs are killed, accounts change.

Everything is real but the speed of the clock: the command line in processes of its own, the practice CRM in another one.
A history is told by its seed alone, so one that failed can be gone through again.
"""

import json
import random
import signal
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from desktop.domain.ledger import RunRecord
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState
from tests.cli.driving import wait_until, write_sheet
from tests.truth.checks import Fate, Pair, blind_sends, fates
from tests.truth.processes import Command, PracticeProcess
from tests.truth.scene import KILLING, Scene

Fault = dict[str, Any]
OTHER_ORGANISATION = "20099900777"
OTHER_HOST = "https://login.example/"
_MOST_RESUMES = 12
_DONE, _DENIED = ("SUCCESS", "relation removed", "success"), ("INVALID_DATA", "relation not found", "error")
_INTERNAL = json.dumps({"code": "INTERNAL_ERROR", "details": {}, "message": "Internal Server Error", "status": "error"})
_BUSY = json.dumps({"code": "TOO_MANY_REQUESTS", "details": {}, "message": "too many requests", "status": "error"})
_TOKEN = json.dumps({"code": "INVALID_TOKEN", "details": {}, "message": "invalid oauth token", "status": "error"})


def _items(ids: Sequence[str], code: str, message: str, status: str) -> str:
    return json.dumps({"data": [{"code": code, "details": {"id": one}, "message": message, "status": status} for one in ids]})


def _parameter(name: str) -> str:
    details = {"param_name": name}
    return json.dumps({"code": "INVALID_DATA", "details": details, "message": f"invalid {name}", "status": "error"})


class History:
    """One clean-up from its sheet to its end, with all that happens to it on the way."""

    def __init__(self, folder: Path, crm: PracticeProcess, seed: int) -> None:
        self.chance = random.Random(seed)
        self.crm = crm
        self.pairs, self.shape = self._made_pairs()
        self.scene = Scene(folder, crm)
        write_sheet(self.scene.sheet, self.pairs)
        self.copies = self.chance.random() < 0.75
        self.touched: set[frozenset[str]] = set()
        self.happened: list[str] = [self.shape, "copies" if self.copies else "no copy"]
        linked = [pair for pair in self.pairs if self.chance.random() < 0.9 or self.shape == "crowd"]
        crm.seed(linked)
        for module, ids in zip(("Campaigns", "Contacts"), zip(*self.pairs, strict=True), strict=True):
            crm.tell("records", {"module": module, "ids": list(set(ids))})

    def _made_pairs(self) -> tuple[list[Pair], str]:
        """A few campaigns with contacts of their own, or many campaigns of which each has the same few contacts."""
        if self.chance.random() < 0.4:
            contacts = [f"36523970000009{1101 + n:05d}" for n in range(self.chance.randrange(1, 3))]
            return [(f"36523970000003270{n + 10}", one) for n in range(self.chance.randrange(4, 12)) for one in contacts], "crowd"
        parents, each = self.chance.randrange(2, 6), self.chance.randrange(1, 6)
        return [
            (f"36523970000003270{n % parents + 10}", f"36523970000009{n + 1101:05d}") for n in range(parents * each)
        ], "campaigns"

    # What happens.

    def some_faults(self) -> None:
        """The CRM fails or lies in up to four of the next calls."""
        faults = [self._fault() for _ in range(self.chance.randrange(0, 5))]
        self.happened += [f"{fault['name']}" for fault in faults]
        self.crm.tell("faults", [{key: value for key, value in fault.items() if key != "name"} for fault in faults])

    def _fault(self) -> Fault:
        method = self.chance.choice(["DELETE", "DELETE", "GET"])
        match = {"method": method, "path": "/crm/", "skip": self.chance.randrange(0, 6)}
        fault: Fault = {"match": match, "times": self.chance.choice([1, 1, 2, 4])}
        apply = self.chance.choice(["yes", "no"])
        kinds: list[Fault] = [
            {"name": "500", "do": "status", "status": 500, "body": _INTERNAL, "apply": apply},
            {"name": "reset", "do": "reset", "apply": apply},
            {"name": "fin", "do": "fin", "apply": apply},
            {"name": "cut", "do": "cut", "keep": self.chance.randrange(0, 60), "apply": "yes"},
            {"name": "429", "do": "status", "status": 429, "body": _BUSY, "headers": {"Retry-After": "1"}},
            {"name": "401", "do": "status", "status": 401, "body": _TOKEN},
            {
                "name": "redirect",
                "do": "status",
                "status": 302,
                "headers": {"Location": OTHER_HOST},
                "apply": apply,
            },
        ]
        if method == "GET":
            name = self.chance.choice(["approved", "converted", "ids", "per_page"])
            kinds += [
                {"name": f"{name} refused", "do": "status", "status": 400, "body": _parameter(name)},
                {"name": "no end told", "do": "rewrite", "how": "numbers", "apply": "yes"},
            ]
            return {**fault, **self.chance.choice(kinds)}
        how = self.chance.choice(["drop", "foreign", "shuffle", "duplicate", "contradict", "numbers", "no_ids"])
        kinds.append({"name": f"answer {how}", "do": "rewrite", "how": how, "apply": "yes"})
        if self.copies or self.shape == "crowd":  # without a read, nothing tells that a denied link is there
            kinds.append(self._lie())
        return {**fault, **self.chance.choice(kinds)}

    def _lie(self) -> Fault:
        """Nothing is done; the CRM denies links that are there, or (from the other end only) says that it removed them."""
        if self.shape == "crowd":
            ids = list(dict.fromkeys(parent for parent, _ in self.pairs))
            said = self.chance.choice([_DONE, _DENIED])
            match = {"method": "DELETE", "path": "/Contacts/"}
            return {"name": f"lie {said[0]}", "match": match, "do": "status", "status": 200, "body": _items(ids, *said)}
        parent = self.chance.choice(self.pairs)[0]
        ids = [related for one, related in self.pairs if one == parent]
        body = _items(ids, *_DENIED)
        return {"name": "lie", "match": {"method": "DELETE", "path": parent}, "do": "status", "status": 400, "body": body}

    def others_work(self) -> None:
        """Somebody else links or unlinks some of the records in the CRM."""
        some = self.chance.sample(self.pairs, min(len(self.pairs), self.chance.randrange(1, 4)))
        linked = self.chance.random() < 0.3
        self.crm.tell("others", {"links": [["Campaigns", "Contacts", *pair] for pair in some], "linked": linked})
        self.touched |= {frozenset(pair) for pair in some}
        self.happened.append(f"others {'link' if linked else 'unlink'} {len(some)}")

    def account_changes(self) -> None:
        """The token belongs to another organisation now: the run must not go on there, and nothing may leave."""
        before = self.crm.counts()["removals"]
        self.crm.tell("settings", {"organisation_id": OTHER_ORGANISATION, "company": "Another Ltd"})
        code, out, err = self._command("resume").wait()
        assert code in (2, 3, 4), (code, out, err, self.happened)
        assert self.crm.counts()["removals"] == before
        self.crm.tell("settings", {"organisation_id": "20099900001", "company": "Practice Ltd"})
        self.happened.append("another account, refused")

    # Programs.

    def _command(self, *arguments: str) -> Command:
        results = () if arguments[0] == "verify" else ("--results", str(self.scene.results))
        line = (*arguments, *self.crm.place, *results, "--json")
        return Command(self.scene.home, (*KILLING, "never", "1"), line, self.crm.token, DELINK_QUICK_CLOCK="1")

    def start(self) -> Command:
        options = ["--lanes", str(self.chance.choice([1, 3])), "--side", self.chance.choice(["auto", "as-sheet"])]
        options += [] if self.copies else ["--no-safety-copy"]
        options += ["--first", "2"] if self.chance.random() < 0.2 else []
        return self._command("run", str(self.scene.sheet), "--yes", *options)

    def _next_command(self) -> Command:
        return self._command("resume") if self.scene.journals else self.start()

    def disturbed(self, command: Command) -> None:
        """The command ends by itself, is killed, stopped or frozen, or meets a second program on the same run."""
        what = self.chance.choice(["nothing", "nothing", "kill", "kill", "stop", "freeze", "others", "second"])
        if what != "nothing":
            before = self.crm.counts()["calls"]
            wait_until(lambda: self.crm.counts()["calls"] > before or command.is_over)
            time.sleep(self.chance.uniform(0, 0.15))
        match what:
            case "kill":
                command.kill()
            case "stop":
                command.program.send_signal(signal.SIGTERM)
            case "freeze":
                command.program.send_signal(signal.SIGSTOP)
                time.sleep(self.chance.uniform(0.05, 0.3))
                command.program.send_signal(signal.SIGCONT)
            case "others":
                self.others_work()
            case "second" if self.scene.journals:
                second = self._command("resume")
                # Whichever comes first works on the run; the other is told, or finds nothing left to do.
                assert second.wait()[0] in (0, 1, 2, 3, 4)
        self.happened.append(what)
        if what != "kill":
            code, _, err = command.wait()
            assert code in (0, 1, 2, 3, 4, 130, -signal.SIGTERM), (code, err, self.happened)
        wait_until(lambda: self.crm.counts()["in_flight"] == 0)

    def goes_through(self) -> None:
        """From the start to the end, however often it has to be taken up again."""
        self.some_faults()
        self.disturbed(self.start())
        for n in range(_MOST_RESUMES):
            self.tells_no_lie()
            if self._is_over() or self.is_of_an_unknown_organisation:
                return
            if self.scene.journals and self.chance.random() < 0.15:
                self.account_changes()
            if n > _MOST_RESUMES - 6:
                self.crm.tell("clear")
                code, _, err = self._next_command().wait()
                assert code in (0, 1, 4), (code, err, self.happened)
                continue
            if self.chance.random() < 0.4:
                self.some_faults()
            if self.chance.random() < 0.2:
                self.others_work()
            self.disturbed(self._next_command())
        raise AssertionError(f"it never ended: {self.happened}")

    @property
    def is_of_an_unknown_organisation(self) -> bool:
        """The CRM did not say at the start who it is, so no program may go on with the run unless a person vouches for it."""
        if not self.scene.journals:
            return False
        with self.scene.look() as record:
            return not record.facts.connection.account.organisation_id

    def is_left_alone(self) -> None:
        """No command of a scheduler goes on with it, and nothing leaves. That it is finished needs no account to be said."""
        before, name = self.crm.counts()["removals"], self.scene.journals[0].stem
        self.crm.tell("clear")
        for command in (("resume", name), ("retry", name, "--yes"), ("undo", name, "--yes"), ("verify", name)):
            code, out, err = self._command(*command).wait()
            told = (command, code, out, err, self.happened)
            assert code in (2, 3) or (command[0] == "resume" and "is finished; nothing is left to be done" in err), told
        counts = self.crm.counts()
        assert (counts["removals"], counts["puts"]) == (before, 0), self.happened

    def _is_over(self) -> bool:
        if not self.scene.journals:
            return False
        with self.scene.look() as record:
            return record.ledger.state is RunState.FINISHED and not record.ledger.with_outcome(Outcome.UNKNOWN)

    # What must hold.

    def tells_no_lie(self) -> None:
        """The journal against the CRM's own memory; what others changed is judged by what can be known of it."""
        if not self.scene.journals:
            assert self.crm.counts()["removals"] == 0, self.happened
            return
        with self.scene.look() as record:
            wrong = self._false(record)
        wrong += blind_sends(self.crm.calls())
        assert wrong == [], (wrong, self.happened)

    def _false(self, record: RunRecord) -> list[str]:
        known = fates(self.crm.links())
        wrong: list[str] = []
        for number, outcome in enumerate(record.ledger.outcomes()):
            pair = frozenset((record.links.parent_ids[number], record.links.related_ids[number]))
            fate, by_others = known.get(pair, Fate(False, 0)), pair in self.touched
            match outcome.outcome:
                case Outcome.DELINKED:
                    is_false = (fate.linked or not fate.removed) and not by_others
                case Outcome.NOT_LINKED:
                    no_word_of_ours = outcome.cause not in ("gone_unproven",)
                    is_false = not by_others and (fate.linked or bool(fate.removed and no_word_of_ours))
                case Outcome.REFUSED | Outcome.NOT_ATTEMPTED:
                    is_false = bool(fate.removed) and not by_others
                case _:
                    is_false = False
            if is_false:
                wrong.append(f"{sorted(pair)} {outcome.outcome}/{outcome.cause}: {fate}")
        return wrong

    def is_verified(self) -> None:
        """What verify says is what the CRM has."""
        self.crm.tell("clear")
        code, out, err = self._command("verify").wait()
        told = json.loads(out.splitlines()[-1])
        known = fates(self.crm.links())
        with self.scene.look() as record:
            links = list(zip(record.links.parent_ids, record.links.related_ids, strict=True))
        linked = sum(known.get(frozenset(pair), Fate(False, 0)).linked for pair in links)
        assert (told["still_linked"], told["gone"]) == (linked, len(links) - linked), (code, told, err, self.happened)

    def is_undone(self) -> None:
        """What the run removed is back, and nothing that it did not remove."""
        with self.scene.look() as record:
            removed = {
                frozenset((record.links.parent_ids[n], record.links.related_ids[n]))
                for n in record.ledger.with_outcome(Outcome.DELINKED)
            }
            name = record.facts.run
        before = fates(self.crm.links())
        self.some_faults()
        code, out, err = self._command("undo", name, "--yes").wait()
        for _ in range(_MOST_RESUMES):
            told = json.loads(out.splitlines()[-1])
            if code in (0, 1, 2):
                break
            self.crm.tell("clear")
            # What could not even ask who is signed in made no run yet.
            code, out, err = self._command(*(("undo", name, "--yes") if "error" in told else ("resume",))).wait()
        if not removed:
            assert "error" in told or not told["relinked"], (told, self.happened)
            return
        assert "state" in told, (code, out, err, self.happened)
        assert sum(told[str(one)] for one in Operation.RESTORE.outcomes) == told["links"], (told, self.happened)
        after = fates(self.crm.links())
        assert all(after[pair].linked == fate.linked for pair, fate in before.items() if pair not in removed), self.happened
        missing = [pair for pair in removed if not after[pair].linked]
        assert len(missing) <= told["refused"] + told["unknown"] + told["not_attempted"], (told, self.happened)
        self._rest_is_put_back(told["run"], removed)

    def _rest_is_put_back(self, undo: str, removed: Collection[frozenset[str]]) -> None:
        """A retry of the undo, without any fault, puts back what it left, and removes nothing."""
        self.crm.tell("clear")
        before, removals = fates(self.crm.links()), self.crm.counts()["removals"]
        code, out, err = self._command("retry", undo, "--yes").wait()
        told, after = json.loads(out.splitlines()[-1]), fates(self.crm.links())
        assert told.get("error", "nothing_to_retry") == "nothing_to_retry", (code, out, err, self.happened)
        assert self.crm.counts()["removals"] == removals, (told, self.happened)
        assert all(after[pair].linked or not fate.linked for pair, fate in before.items()), (told, self.happened)
        assert all(after[pair].linked == fate.linked for pair, fate in before.items() if pair not in removed), self.happened
        left = 0 if "error" in told else told["refused"] + told["unknown"] + told["not_attempted"]
        assert sum(not after[pair].linked for pair in removed) <= left, (told, self.happened)
