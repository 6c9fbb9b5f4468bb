"""To which account a run belongs, and which account may serve it.

A window or a command works for one account at a time, the present one. A run belongs to the account that it was made for,
whatever the present one is: it is shown, continued, read again, retried and undone there and nowhere else. The present account
serves a run only where it is proven to be the run's own. Where nothing proves it (a pasted token may not be allowed to ask for
its organisation) the account that the run was started with is looked up among the saved ones, and where that is gone too, the
user is asked to sign in and vouches for the account by going on.
"""

from collections.abc import Iterable

from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME, Account, Connection, Environment, same_place
from desktop.domain.history import families
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState, RunSummary

_WAITING = (RunState.INTERRUPTED, RunState.PAUSED, RunState.STOPPED)


def belongs_to_practice(connection: Connection) -> bool:
    """True for the practice CRM of this program."""
    return connection.environment is Environment.PRACTICE


def may_serve(present: Connection, run: Connection) -> bool:
    """True where the present account is proven to be the one that a run belongs to; a run is bound to no user.

    Practice is signed in to anew each time: it costs nothing, and its key may be over.
    """
    if run.id == PRACTICE_NAME or not same_place(present, run):
        return False
    is_same_saved_one = present.id == run.id != ONE_OFF_NAME
    return is_proven(present, run) or (is_same_saved_one and not run.account.organisation_id)


def is_proven(present: Connection, run: Connection) -> bool:
    """True where both are known to belong to the same organisation."""
    both_known = bool(present.account.organisation_id and run.account.organisation_id)
    return both_known and same_place(present, run)


def account_of(run: RunSummary) -> Connection:
    """The account of a run as far as the list of runs knows it: enough to name it and to show its colour, not to call it."""
    is_known = run.environment in list(Environment)
    environment = Environment(run.environment) if is_known else None
    identity = PRACTICE_NAME if environment is Environment.PRACTICE else ""
    return Connection(identity, run.connection, "", environment, "", account=Account(company=run.company))


def looks_alike(one: Connection, other: Connection) -> bool:
    """True where people would call both the same account: an environment and a company, or a name where that is unknown."""
    if one.environment is not other.environment:
        return False
    if one.account.company and other.account.company:
        return one.account.company == other.account.company
    return one.name == other.name or belongs_to_practice(one)


def first_to_offer(runs: Iterable[RunSummary], *, is_practice: bool) -> RunSummary | None:
    """The unfinished run that a start offers to continue: the newest of the present mode, else the newest of the other.

    A run whose removals were all put back is not offered: whoever undid it does not want it to go on.
    """
    every = list(runs)
    unfinished = [run for run in every if run.state in _WAITING]
    if not unfinished:
        return None  # as nearly always, and to relate ten thousand runs to one another takes a while
    related = families(every)
    waiting = [run for run in unfinished if run.tally[Outcome.UNKNOWN] or not related[run.run].is_undone]
    of_mode = [run for run in waiting if belongs_to_practice(account_of(run)) is is_practice]
    return next(iter([*of_mode, *waiting]), None)
