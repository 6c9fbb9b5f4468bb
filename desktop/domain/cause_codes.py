"""Every cause that a user can meet: a row each, with its code and its traits. People are told about it by desktop/words.

Codes are stored in journals and printed for scripts: add new ones, never rename or reuse one.
"""

from enum import StrEnum
from typing import Self

from desktop.domain.cause_rows import ANY_OUTCOME, NO_TRAITS, Cause, Remedy, Scope
from desktop.domain.outcome_codes import Outcome
from desktop.domain.pacing import BUSY_TRIES, UNREACHABLE_TRIES


class CauseCode(StrEnum):
    """Why a link ended as it did, or why a run paused. It is the text of its code, and knows its traits."""

    traits: Cause

    # Python calls this once for each row below. The code alone is the value, so that CauseCode("removed") finds the row
    # again; the default is for mypy, which takes such a look-up for a call of this method.
    def __new__(cls, code: str, traits: Cause = NO_TRAITS) -> Self:
        cause = str.__new__(cls, code)
        cause._value_ = code
        cause.traits = traits
        return cause

    # delinked
    REMOVED = "removed", Cause(ends=(Outcome.DELINKED,))
    REMOVED_PROVEN = "removed_proven", Cause(ends=(Outcome.DELINKED,))
    # not_linked
    RELATION_NOT_FOUND = "relation_not_found", Cause(ends=(Outcome.NOT_LINKED,))
    ABSENT_BEFORE = "absent_before", Cause(ends=(Outcome.NOT_LINKED,))
    GONE_UNPROVEN = "gone_unproven", Cause(ends=(Outcome.NOT_LINKED,))
    GONE_MEANWHILE = "gone_meanwhile", Cause(ends=(Outcome.NOT_LINKED,))
    # refused
    PARENT_NOT_FOUND = "parent_not_found", Cause(ends=(Outcome.REFUSED,), scope=Scope.CALL, names_address=True)
    LIST_NOT_FOUND = "list_not_found", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True)
    MODULE_NOT_SUPPORTED = "module_not_supported", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True)
    ADDRESS_WRONG = "address_wrong", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True)
    METHOD_REFUSED = "method_refused", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN)
    SCOPE_MISSING = "scope_missing", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, remedy=Remedy.RIGHTS)
    NO_PERMISSION = "no_permission", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, remedy=Remedy.RIGHTS)
    PRIVILEGE_MISSING = "privilege_missing", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, remedy=Remedy.RIGHTS)
    ID_FORMAT = "id_format", Cause(ends=(Outcome.REFUSED,))
    TOO_MANY_IDS = "too_many_ids", Cause(ends=(Outcome.REFUSED,))
    IDS_MISSING = "ids_missing", Cause(ends=(Outcome.REFUSED,))
    RECORD_LOCKED = "record_locked", Cause(ends=(Outcome.REFUSED,))
    RECORD_CONVERTED = "record_converted", Cause(ends=(Outcome.REFUSED,))
    VERSION_NOT_SUPPORTED = "version_not_supported", Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True)
    REFUSED_OTHER = "refused_other", Cause(ends=(Outcome.REFUSED,))
    STILL_LINKED = "still_linked", Cause(ends=(Outcome.REFUSED,))
    SERVER_ERROR_EACH_TIME = "server_error_each_time", Cause(ends=(Outcome.REFUSED,))
    DENIED_STILL_LINKED = "denied_still_linked", Cause(ends=(Outcome.REFUSED,))
    # unknown
    ANSWER_LOST = "answer_lost", Cause(ends=(Outcome.UNKNOWN,))
    ANSWER_UNREADABLE = "answer_unreadable", Cause(ends=(Outcome.UNKNOWN,))
    ANSWER_INCOMPLETE = "answer_incomplete", Cause(ends=(Outcome.UNKNOWN,))
    ANSWER_CONTRADICTORY = "answer_contradictory", Cause(ends=(Outcome.UNKNOWN,))
    SERVER_ERROR = "server_error", Cause(ends=(Outcome.UNKNOWN,))
    REDIRECTED = "redirected", Cause(ends=(Outcome.UNKNOWN,))
    INTERRUPTED = "interrupted", Cause(ends=(Outcome.UNKNOWN,))
    RECORD_CUT = "record_cut", Cause(ends=(Outcome.UNKNOWN,))
    DENIED_UNPROVEN = "denied_unproven", Cause(ends=(Outcome.UNKNOWN,), needs_proof=True)
    SUCCESS_UNPROVEN = "success_unproven", Cause(ends=(Outcome.UNKNOWN,), needs_proof=True)
    # relinked, already_linked, and refused where links are put back
    PUT_BACK = "put_back", Cause(ends=(Outcome.RELINKED,))
    PUT_BACK_PROVEN = "put_back_proven", Cause(ends=(Outcome.RELINKED,))
    PUT_BACK_PARTLY = "put_back_partly", Cause(ends=(Outcome.RELINKED,))
    LINKED_AGAIN = "linked_again", Cause(ends=(Outcome.ALREADY_LINKED,))
    RECORD_GONE = "record_gone", Cause(ends=(Outcome.REFUSED,))
    VALUE_MISSING = "value_missing", Cause(ends=(Outcome.REFUSED,))
    VALUE_REFUSED = "value_refused", Cause(ends=(Outcome.REFUSED,))
    DATA_REFUSED = "data_refused", Cause(ends=(Outcome.REFUSED,))
    STILL_NOT_LINKED = "still_not_linked", Cause(ends=(Outcome.REFUSED,))
    # not_attempted
    NOT_SENT_YET = "not_sent_yet", Cause(ends=(Outcome.NOT_ATTEMPTED,))
    HELD_BACK = "held_back", Cause(ends=(Outcome.NOT_ATTEMPTED,), remedy=Remedy.CHOICE)
    LEFT_OUT = "left_out", Cause(ends=(Outcome.NOT_ATTEMPTED,), remedy=Remedy.CHOICE)
    COPY_FAILED = "copy_failed", Cause(ends=(Outcome.NOT_ATTEMPTED,))
    # why a run paused
    ASKED = "asked", Cause(scope=Scope.RUN)
    FIRST_LINKS_DONE = "first_links_done", Cause(scope=Scope.RUN)
    SIGNED_OUT = "signed_out", Cause(scope=Scope.RUN, remedy=Remedy.SIGN_IN)
    LIMIT_REACHED = "limit_reached", Cause(scope=Scope.RUN, most_tries=BUSY_TRIES)
    OFFLINE = "offline", Cause(scope=Scope.RUN, most_tries=UNREACHABLE_TRIES)
    REFUSED_THREE_TIMES = "refused_three_times", Cause(scope=Scope.RUN, remedy=Remedy.SIGN_IN)
    DISK_FULL = "disk_full", Cause(scope=Scope.RUN)
    COPY_REFUSED = "copy_refused", Cause(ends=(Outcome.NOT_ATTEMPTED,), scope=Scope.RUN, remedy=Remedy.RIGHTS)
    LIST_NAME_REFUSED = "list_name_refused", Cause(scope=Scope.RUN, remedy=Remedy.RIGHTS)
    CREDITS_LOW = "credits_low", Cause(scope=Scope.RUN)
    COPY_WITHOUT_FIELDS = "copy_without_fields", Cause(scope=Scope.RUN)
    CLOCK_JUMPED = "clock_jumped", Cause(scope=Scope.RUN)
    # what a look after the run found
    FOUND_LINKED = "found_linked", Cause(ends=ANY_OUTCOME)
    FOUND_GONE_AGAIN = "found_gone_again", Cause(ends=ANY_OUTCOME)
    FOUND_MISSING = "found_missing", Cause(ends=ANY_OUTCOME)
    FOUND_UNCLEAR = "found_unclear", Cause(ends=ANY_OUTCOME)
    # why nothing could be found out
    READ_REFUSED = "read_refused", Cause(scope=Scope.RUN, remedy=Remedy.RIGHTS)
    # why a run can no longer go on
    HANDED_OVER = "handed_over", Cause(scope=Scope.RUN)
