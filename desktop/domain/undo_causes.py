"""What people are told when links are put back: the causes whose words differ, and what cannot come back.

All other causes read the same as in a run that removes links.
"""

from collections.abc import Mapping

from desktop.domain.causes import Cause, CauseCode, cause_of
from desktop.domain.operations import Operation

CANNOT_COME_BACK = (
    "The dates of the links, what workflows did when they were removed, and links of records that were deleted since "
    "do not come back."
)

_ASK_ADMIN = "Ask your Zoho administrator, then try these links again."

_WORDS: Mapping[str, Cause] = {
    CauseCode.PARENT_NOT_FOUND: Cause(
        "The parent record is no longer there",
        "Zoho does not know the parent record: it was deleted since, or you may not see it.",
        "If it is in Zoho's recycle bin, restore it there, then try these links again.",
    ),
    CauseCode.METHOD_REFUSED: Cause(
        "Zoho does not allow this kind of call here",
        "Links of this relation cannot be put back through Zoho's interface.",
        "Link the records in Zoho itself.",
    ),
    CauseCode.SCOPE_MISSING: Cause(
        "The sign-in lacks a permission",
        "The access token may not link records of this module.",
        "Sign in again with the UPDATE permission for the module (scope ZohoCRM.modules.UPDATE).",
    ),
    CauseCode.NO_PERMISSION: Cause(
        "You may not put these links back", "Your Zoho profile does not allow it for this module.", _ASK_ADMIN
    ),
    CauseCode.PRIVILEGE_MISSING: Cause(
        "You may not put these links back", "Your Zoho user lacks the right to change related records.", _ASK_ADMIN
    ),
    CauseCode.RECORD_CONVERTED: Cause(
        "The lead was converted",
        "Zoho keeps converted leads apart and does not change their links.",
        "Link the contact or account that the lead became, in Zoho itself.",
    ),
    CauseCode.SERVER_ERROR: Cause(
        "Zoho had an error of its own",
        "Zoho reported an internal error and may or may not have put the link back.",
        cause_of(CauseCode.SERVER_ERROR).what_to_do,
    ),
    CauseCode.SERVER_ERROR_EACH_TIME: Cause(
        "Zoho had an error of its own each time",
        "Zoho reported an internal error to every call for this link, and the link is not there.",
        "Try these links again later; if it stays, show Zoho's words in the results to Zoho's support.",
    ),
    CauseCode.COPY_FAILED: Cause(
        "Could not be read first",
        "Whether the link is there again could not be read, so nothing was sent.",
        "Try these links again: only what is still missing is put back.",
    ),
    CauseCode.COPY_REFUSED: Cause(
        "Zoho does not let this sign-in read the links",
        "Every link is read before it is put back, and Zoho refuses that: the sign-in or your Zoho profile lacks the right to "
        "read these modules.",
        "Sign in with the READ permission for both modules (scope ZohoCRM.modules.READ), or ask your administrator to let "
        "your profile view them, then continue.",
    ),
    CauseCode.CLOCK_JUMPED: Cause(
        "The computer slept, or its clock was set",
        "More than a quarter of an hour has gone by at once, and much may have changed in Zoho meanwhile.",
        "Continue if the links are still to be put back; what is done stays done.",
    ),
}


_WORDS_OF: Mapping[Operation, Mapping[str, Cause]] = {Operation.RESTORE: _WORDS}


def cause_in(operation: Operation, code: CauseCode | str) -> Cause:
    """The words for a code in a run with this operation."""
    return _WORDS_OF.get(operation, {}).get(code) or cause_of(code)
