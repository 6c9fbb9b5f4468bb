"""An office with one account of a practice CRM over real sockets, real journals, and a clock on which an hour is seconds."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.application.serving import AccountOffer, SignedIn, identified, opened
from desktop.application.starting import OpenRun, RunRequest, start_run
from desktop.application.working import RunAtWork, WorkRequest
from desktop.compose import build_services
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.ledger import Ledger
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.runs import Ending
from desktop.engine.control import RunControl
from desktop.practice import PracticeCrm
from desktop.storage.secrets import MemorySecrets
from tests.truth.quick_clock import QuickClock
from tests.truth.stage import Audience, sheet_of

ALL_SCOPES = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.READ", "ZohoCRM.org.READ"]
TWO_LANES = WorkRequest(lanes=2)
Pair = tuple[str, str]


def pairs_of(parents: int, each: int) -> list[Pair]:
    """Links of some campaigns, each with contacts of its own."""
    ends = [(parent, related) for parent in range(parents) for related in range(each)]
    return [(f"3652397000000327{parent:03d}", f"36523970000092{parent:02d}{related:03d}") for parent, related in ends]


PAIRS = pairs_of(3, 4)


def request_of(pairs: Sequence[Pair] = PAIRS, *, first: int = 0, safety_copy: bool = True) -> RunRequest:
    """A run of these links as somebody confirmed it, addressed as the sheet has them."""
    sheet = sheet_of(pairs)
    return RunRequest(sheet, make_plan(sheet.links, SideChoice.AS_SHEET, first=first), safety_copy)


class Office:
    """The services of the program with one saved connection. Needs a DELINK_HOME of its own."""

    def __init__(self, crm: PracticeCrm) -> None:
        self.crm = crm
        crm.state.set(scopes=ALL_SCOPES)
        crm.seed([("Campaigns", "Contacts", *pair) for pair in PAIRS], share=False)
        self.clock = QuickClock()
        self.services = replace(build_services(MemorySecrets()), clock=self.clock)
        place = Connection("c", "acme", "", Environment.SANDBOX, crm.api_url, crm.accounts_url)
        with identified(self.services, SignedIn(place, Key.pasted(crm.access_token))) as account:
            self.account = replace(account.account, kept_in="memory")
        self.services.connections.add(self.account.connection, self.account.key)
        self.offer = AccountOffer(self.account)

    def start(self, request: RunRequest) -> OpenRun:
        return start_run(self.services, request, opened(self.services, self.account), RunControl())

    def work(self, run: OpenRun, request: WorkRequest = TWO_LANES) -> Ending:
        """Work on a run until it ends, write its results, and let go of it."""
        with run:
            work = RunAtWork(self.services, run, request, Audience(), lambda: None)
            ending = work.work()
            work.write_results()
        return ending

    def removed(self, request: RunRequest | None = None) -> str:
        """The name of a run that was worked on to its end."""
        run = self.start(request or request_of())
        self.work(run)
        return run.book.facts.run

    def ledger(self, run: str) -> Ledger:
        """The account of a run as it stands on disk."""
        with self.services.runs.read(run) as record:
            return record.ledger

    def lock_one_campaign(self, method: str = "DELETE") -> None:
        """Its links are refused until the faults are cleared."""
        body = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
        wanted = {"method": method, "path": PAIRS[0][0]}
        self.crm.faults.add([{"match": wanted, "times": 99, "do": "status", "status": 400, "body": body}])

    def list_reads(self) -> int:
        """How many lists of a campaign were read."""
        calls = self.crm.state.calls()
        return len([call for call in calls if call["method"] == "GET" and "/Campaigns/" in str(call["path"])])
