"""Every error that Delink raises on purpose, in one tree. Roots are never raised.

::

    DelinkError                       facts as attributes, no display text: desktop/words has it
    ├─ SheetError(path)
    │   ├─ SheetUnreadable(detail)    not a sheet, truncated, vanished, a folder, not readable
    │   ├─ SheetUnsafe(detail)        past a limit that protects the machine
    │   ├─ SheetLocked                another program holds the file
    │   ├─ SheetWithoutLinks(detail)  read, but no two columns with IDs, or nothing to send
    │   ├─ RelationUnclear(possible)  the headers do not say which links are meant
    │   ├─ HiddenRowsOpen(hidden, rows)  hidden rows hold links, and nobody said whether they are meant
    │   ├─ SheetChoiceWrong(detail)   the user named a column, worksheet, row or encoding that is not there
    │   ├─ ResultsUnwritable(detail)  the results workbook could not be written; the journal still holds all
    │   ├─ ResultsOverSheet           the results would take the place of the run's own sheet
    │   └─ ResultsInTheWay            the results would replace a file that is not ours, without leave
    ├─ CrmError(connection)
    │   ├─ CrmUnreachable(detail)     no byte of the request left us: safe to send again
    │   ├─ AnswerMissing(detail)      sent, and no trustworthy answer: the fate is open
    │   ├─ AnswerNotUnderstood        an answer came that is no answer of the API: the fate is open
    │   ├─ CrmBusy(retry_after_s)     429: nothing was done
    │   │   └─ TokensUsedUp           Zoho makes no more access tokens of this key for a while; none was asked for
    │   ├─ TokenRejected(code)        401: nothing was done
    │   ├─ SignInFailed(problem)      no key came of a sign-in
    │   ├─ RequestRefused(refusal)    the call was refused as a whole: nothing was done
    │   └─ HostNotAllowed(host)       an address that is not Zoho's: nothing was sent
    ├─ StorageError
    │   ├─ SecretStoreUnavailable(detail)
    │   │   ├─ KeyMissing(detail)     the store is there, but not the key, or not for these addresses
    │   │   └─ KeyNotForgotten(detail)  the store still has a key that was to be removed, or may have
    │   ├─ StorageUnwritable(path, detail)  a file or folder of the program's own
    │   │   └─ JournalUnwritable      stop at once: no intent, no call
    │   ├─ JournalDamaged(path)
    │   └─ SettingsUnreadable(path)
    ├─ RelationNotAllowed(relation)   not on the allow-list
    │   └─ RelationNotOffered(relation)  the organisation's metadata does not say that its links can be taken off
    ├─ ConnectionRefused(name)        a saved connection that is not there, or may not be kept so
    │   ├─ ConnectionNotFound
    │   └─ NameTaken
    └─ RunRefused                     a run that may not be, or not now
        ├─ IllegalTransition(state, event)
        ├─ RunInUse(run)              another program works on it
        ├─ RunNotOpenable(run, detail)    its lock or journal is out of this user's reach
        ├─ RunNotFound(run)
        ├─ UndoImpossible(run, detail)    it took no safety copy, removed nothing, or puts links back itself
        ├─ RunReplaced(run, name)     a retry has taken over what it left
        ├─ NothingToRetry(run)
        ├─ LinksUnconfirmed(run, count)  reads did not prove what became of some links
        ├─ RunElsewhere(expected, found)  the journal belongs to another organisation or host
        ├─ AccountNotProven(expected, found)  which organisation one of the two belongs to is not known
        ├─ LookElsewhere(expected, found)  what was found before the run was found in another account
        └─ LookOutdated               what was found before the run is too old to be believed
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

from desktop.domain.texts import Text


class DelinkError(Exception):
    """The root. Its leaves carry facts as attributes; the words for people stand in causes.py."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))
        self.facts = facts


class SheetError(DelinkError):
    """Something about a file that the user chose. ``path`` is the file as text; ``detail`` is plain text only where the
    system or a library says it.

    ``reading`` (a :class:`desktop.domain.readings.Reading`, or None) tells how the file was read, as far as it was, and
    ``top`` has its first rows: the user may want to have it read in another way. ``others`` are the worksheets of it that
    hold links (:class:`desktop.domain.readings.OtherWorksheet`), where they were looked for.
    """

    def __init__(self, path: str, detail: Text | str = "") -> None:
        super().__init__(path=path, detail=detail)
        self.path, self.detail = path, detail
        self.reading: Any = None
        self.top: Sequence[tuple[str, ...]] = ()
        self.others: Sequence[Any] = ()


class SheetUnreadable(SheetError):
    """The file is not a sheet, is cut short, has vanished, is a folder or may not be read. ``detail`` says which."""


class SheetUnsafe(SheetError):
    """Opening the file would cost more memory or time than any honest sheet needs. ``detail`` names the limit."""


class SheetLocked(SheetError):
    """Another program (usually Excel) keeps the file to itself."""


class SheetWithoutLinks(SheetError):
    """The file was read, but holds nothing that could be sent. ``detail`` says what was found instead.

    ``header_rows`` are rows (from 1) that look like a header, ``delimiter`` is a sign that stands beside the IDs of a text:
    with one of them chosen the file may have links.
    """

    def __init__(self, path: str, detail: Text | str = "", header_rows: Sequence[int] = (), delimiter: str | None = None) -> None:
        super().__init__(path, detail)
        self.header_rows, self.delimiter = tuple(header_rows), delimiter


class SheetChoiceWrong(SheetError):
    """A column, worksheet, header row, encoding, delimiter or relation that was asked for does not fit the file."""


class RelationUnclear(SheetError):
    """The headers fit no built-in relation, or several: the user has to say which. ``possible`` are their codes."""

    def __init__(self, path: str, detail: Text | str, possible: Sequence[str]) -> None:
        super().__init__(path, detail)
        self.possible = tuple(possible)
        self.facts["possible"] = ", ".join(possible)


class HiddenRowsOpen(SheetError):
    """Hidden rows hold links that nobody decided about: ``hidden`` of ``rows`` rows, None where the workbook cannot tell."""

    def __init__(self, path: str, hidden: int | None, rows: int) -> None:
        super().__init__(path)
        self.hidden, self.rows = hidden, rows


class ResultsUnwritable(SheetError):
    """The results could not be written to ``path``; an older file there is untouched, the journal holds everything."""


class ResultsOverSheet(SheetError):
    """The results would take the place of the sheet that the run was read from."""


class ResultsInTheWay(SheetError):
    """A file stands at ``path`` that is not ours, and nobody gave leave to replace it."""


_CONNECTION_FAILED = Text("connection-failed")


class CrmError(DelinkError):
    """Something about a call to the CRM. ``connection`` is the connection's name."""

    def __init__(self, connection: str, **facts: Any) -> None:
        super().__init__(**facts)  # without the name, because errors are logged and the log is shown to others
        self.facts["connection"] = self.connection = connection


class CrmUnreachable(CrmError):
    """The connection could not be made; no byte of the request left this computer."""

    def __init__(self, connection: str, detail: Text | str = _CONNECTION_FAILED) -> None:
        super().__init__(connection, detail=detail)
        self.detail = detail


class AnswerMissing(CrmError):
    """The request went out, and no whole answer came back: it may or may not have been carried out."""

    def __init__(self, connection: str, detail: Text | str = "") -> None:
        super().__init__(connection, detail=detail)
        self.detail = detail


class AnswerNotUnderstood(CrmError):
    """An answer came that is not one of the API's: the fate is open. ``code`` and ``message`` are the server's own words."""

    def __init__(self, connection: str, status: int, detail: Text | str = "", *, code: str = "", message: str = "") -> None:
        super().__init__(connection, status=status, detail=detail)
        self.status, self.detail, self.code, self.message = status, detail, code, message


class CrmBusy(CrmError):
    """The CRM refused the call because of a limit (429). ``retry_after_s`` is how long it asks for, or None."""

    def __init__(self, connection: str, retry_after_s: float | None = None) -> None:
        super().__init__(connection, retry_after_s=retry_after_s)
        self.retry_after_s = retry_after_s


class TokensUsedUp(CrmBusy):
    """Ten access tokens were made of one key in ten minutes, by all programs; an eleventh was not asked for."""

    def __init__(self, connection: str, retry_after_s: float) -> None:
        super().__init__(connection, retry_after_s)
        self.facts["minutes"] = max(1, ceil(retry_after_s / 60))


class TokenRejected(CrmError):
    """The token is not accepted (401), and the call did nothing. ``renewed``: send it again, because another token is ready."""

    def __init__(self, connection: str, code: str = "", *, renewed: bool = False) -> None:
        super().__init__(connection, code=code)
        self.code, self.renewed = code, renewed


class SignInFailed(CrmError):
    """A sign-in brought no key. ``problem`` is a :class:`desktop.domain.sign_in_problems.SignInProblem`, ``word`` Zoho's own."""

    def __init__(self, connection: str, problem: Any, *, word: str = "") -> None:
        super().__init__(connection, problem=problem)
        self.problem, self.word = problem, word


class RequestRefused(CrmError):
    """The CRM refused the whole call and did nothing. ``refusal`` is a :class:`desktop.domain.outcomes.Refusal`."""

    def __init__(self, connection: str, refusal: Any) -> None:
        super().__init__(connection, refusal=refusal)
        self.refusal = refusal


class HostNotAllowed(CrmError):
    """An address that is neither one of Zoho's known hosts nor a loopback that the user typed."""

    def __init__(self, connection: str, host: Text | str) -> None:
        super().__init__(connection, host=host)
        self.host = host


class StorageError(DelinkError):
    """Something about the program's own files or the system's keyring."""


class SecretStoreUnavailable(StorageError):
    """The system has no keyring that keeps a secret safely, it is locked, or it did not answer in time."""

    def __init__(self, detail: Text | str = "") -> None:
        super().__init__(detail=detail)
        self.detail = detail


class KeyMissing(SecretStoreUnavailable):
    """The store works, but holds no key that may be used for the connection."""


class KeyNotForgotten(SecretStoreUnavailable):
    """A key that was to be removed from the store is still there, or may be."""


class _FileTrouble(StorageError):
    """It is about one file or folder of ours; ``detail`` says what is the matter."""

    def __init__(self, path: str, detail: Text | str = "") -> None:
        super().__init__(path=path, detail=detail)
        self.path, self.detail = path, detail


class StorageUnwritable(_FileTrouble):
    """A file or folder of the program's own could not be written; what was there is untouched."""


class JournalUnwritable(StorageUnwritable):
    """The run's record could not be written; without it nothing may be sent."""


class JournalDamaged(_FileTrouble):
    """The run's record cannot be trusted, or not be read now. ``is_broken``: its content is damaged; it was set aside."""

    def __init__(self, path: str, detail: Text | str = "", is_broken: bool = True) -> None:
        super().__init__(path, detail)
        self.is_broken = is_broken


class SettingsUnreadable(_FileTrouble):
    """A file of settings or connections cannot be read. ``detail`` says why, and what became of a damaged one."""


class RelationNotAllowed(DelinkError):
    """A relation that is not on the allow-list; nothing was sent."""

    def __init__(self, relation: str) -> None:
        super().__init__(relation=relation)
        self.relation = relation


class RelationNotOffered(RelationNotAllowed):
    """The organisation's metadata does not offer the relation, or may not be asked about it; nothing was sent."""


class ConnectionRefused(DelinkError):
    """A saved connection cannot be used or kept under this ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.name = name


class ConnectionNotFound(ConnectionRefused):
    """No saved connection has the name that was given."""


class NameTaken(ConnectionRefused):
    """Another saved connection has this name already, or it is empty or kept for something else."""


class RunRefused(DelinkError):
    """A run that may not be started, resumed or changed now."""


class IllegalTransition(RunRefused):
    """An event that the run's state does not allow."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__(state=state, event=event)


class _OneRunRefused(RunRefused):
    """It is about one run; ``detail`` says why, where that needs saying."""

    def __init__(self, run: str, detail: Text | str = "", **facts: Any) -> None:
        super().__init__(run=run, detail=detail, **facts)
        self.run, self.detail = run, detail


class RunInUse(_OneRunRefused):
    """Another program is working on this run."""


class RunNotOpenable(_OneRunRefused):
    """The lock or the journal of the run is out of this user's reach, such as on a read-only disk."""


class RunNotFound(_OneRunRefused):
    """No run of this name is kept here (``run`` is empty when there is none at all)."""


class UndoImpossible(_OneRunRefused):
    """The run has nothing that could be put back."""


class RunReplaced(_OneRunRefused):
    """A retry, run ``name``, has taken over what this run left; it is not resumed and not retried again."""

    def __init__(self, run: str, name: Text | str) -> None:
        super().__init__(run, name=name)
        self.name = name


class NothingToRetry(_OneRunRefused):
    """The run left no link that could be sent again."""


class LinksUnconfirmed(_OneRunRefused):
    """Reads did not prove what became of ``count`` links of the run, so nothing may follow on it yet."""

    def __init__(self, run: str, count: int) -> None:
        super().__init__(run, count=count)
        self.count = count


class _Elsewhere(RunRefused):
    """One account is ``expected``, another one was ``found``."""

    def __init__(self, expected: Text | str, found: Text | str) -> None:
        super().__init__(expected=expected, found=found)
        self.expected, self.found = expected, found


class RunElsewhere(_Elsewhere):
    """The run belongs to another organisation, environment or host than the connection that would continue it."""


class AccountNotProven(_Elsewhere):
    """Nothing shows that the connection leads to the organisation of the run: one of the two would not say which it is."""


class LookElsewhere(_Elsewhere):
    """The plan leaves out links that were not found in one account; the run would remove links in another."""


class LookOutdated(RunRefused):
    """The plan leaves out links that were not there when Zoho was asked, which is too long ago; they may be there now."""
