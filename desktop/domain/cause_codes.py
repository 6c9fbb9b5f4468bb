"""The codes of causes. Their words and traits stand in causes.py.

Codes are stored in journals: add new ones, never rename or reuse one.
"""

from enum import StrEnum


class CauseCode(StrEnum):
    """Why a link ended as it did, or why a run paused."""

    # delinked
    REMOVED = "removed"
    REMOVED_PROVEN = "removed_proven"
    # not_linked
    RELATION_NOT_FOUND = "relation_not_found"
    ABSENT_BEFORE = "absent_before"
    GONE_UNPROVEN = "gone_unproven"
    GONE_MEANWHILE = "gone_meanwhile"
    # refused
    PARENT_NOT_FOUND = "parent_not_found"
    LIST_NOT_FOUND = "list_not_found"
    MODULE_NOT_SUPPORTED = "module_not_supported"
    ADDRESS_WRONG = "address_wrong"
    METHOD_REFUSED = "method_refused"
    SCOPE_MISSING = "scope_missing"
    NO_PERMISSION = "no_permission"
    PRIVILEGE_MISSING = "privilege_missing"
    ID_FORMAT = "id_format"
    TOO_MANY_IDS = "too_many_ids"
    IDS_MISSING = "ids_missing"
    RECORD_LOCKED = "record_locked"
    RECORD_CONVERTED = "record_converted"
    VERSION_NOT_SUPPORTED = "version_not_supported"
    REFUSED_OTHER = "refused_other"
    STILL_LINKED = "still_linked"
    SERVER_ERROR_EACH_TIME = "server_error_each_time"
    DENIED_STILL_LINKED = "denied_still_linked"
    # unknown
    ANSWER_LOST = "answer_lost"
    ANSWER_UNREADABLE = "answer_unreadable"
    ANSWER_INCOMPLETE = "answer_incomplete"
    ANSWER_CONTRADICTORY = "answer_contradictory"
    SERVER_ERROR = "server_error"
    REDIRECTED = "redirected"
    INTERRUPTED = "interrupted"
    RECORD_CUT = "record_cut"
    DENIED_UNPROVEN = "denied_unproven"
    SUCCESS_UNPROVEN = "success_unproven"
    # relinked, already_linked, and refused where links are put back
    PUT_BACK = "put_back"
    PUT_BACK_PROVEN = "put_back_proven"
    PUT_BACK_PARTLY = "put_back_partly"
    LINKED_AGAIN = "linked_again"
    RECORD_GONE = "record_gone"
    VALUE_MISSING = "value_missing"
    VALUE_REFUSED = "value_refused"
    DATA_REFUSED = "data_refused"
    STILL_NOT_LINKED = "still_not_linked"
    # not_attempted
    NOT_SENT_YET = "not_sent_yet"
    HELD_BACK = "held_back"
    LEFT_OUT = "left_out"
    COPY_FAILED = "copy_failed"
    # why a run paused
    ASKED = "asked"
    FIRST_LINKS_DONE = "first_links_done"
    SIGNED_OUT = "signed_out"
    LIMIT_REACHED = "limit_reached"
    OFFLINE = "offline"
    REFUSED_THREE_TIMES = "refused_three_times"
    DISK_FULL = "disk_full"
    COPY_REFUSED = "copy_refused"
    LIST_NAME_REFUSED = "list_name_refused"
    CREDITS_LOW = "credits_low"
    COPY_WITHOUT_FIELDS = "copy_without_fields"
    CLOCK_JUMPED = "clock_jumped"
    # what a look after the run found
    FOUND_LINKED = "found_linked"
    FOUND_GONE_AGAIN = "found_gone_again"
    FOUND_MISSING = "found_missing"
    FOUND_UNCLEAR = "found_unclear"
    # why nothing could be found out
    READ_REFUSED = "read_refused"
    # why a run can no longer go on
    HANDED_OVER = "handed_over"
