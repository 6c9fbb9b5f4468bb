"""What people are told when links are put back: the causes whose words differ.

All other causes read the same as in a run that removes links.
"""

from collections.abc import Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.words.explanations import Explanation
from desktop.words.link_causes import LINK_CAUSES

_ASK_ADMIN = "Ask your Zoho administrator, then try these links again."

UNDO_CAUSES: Mapping[CauseCode, Explanation] = {
    CauseCode.PARENT_NOT_FOUND: Explanation(
        "The parent record is no longer there",
        "Zoho does not know the parent record: it was deleted since, or you may not see it.",
        "If it is in Zoho's recycle bin, restore it there, then try these links again.",
    ),
    CauseCode.METHOD_REFUSED: Explanation(
        "Zoho does not allow this kind of call here",
        "Links of this relation cannot be put back through Zoho's interface.",
        "Link the records in Zoho itself.",
    ),
    CauseCode.SCOPE_MISSING: Explanation(
        "The sign-in lacks a right",
        "The access token may not link records of this module.",
        "Sign in again with the right to change the module (scope ZohoCRM.modules.UPDATE).",
    ),
    CauseCode.NO_PERMISSION: Explanation(
        "You may not put these links back", "Your Zoho profile does not allow it for this module.", _ASK_ADMIN
    ),
    CauseCode.PRIVILEGE_MISSING: Explanation(
        "You may not put these links back", "Your Zoho user lacks the right to change related records.", _ASK_ADMIN
    ),
    CauseCode.RECORD_CONVERTED: Explanation(
        "The lead was converted",
        "Zoho keeps converted leads apart and does not change their links.",
        "Link the contact or account that the lead became, in Zoho itself.",
    ),
    CauseCode.SERVER_ERROR: Explanation(
        "Zoho had an error of its own",
        "Zoho reported an internal error and may or may not have put the link back.",
        LINK_CAUSES[CauseCode.SERVER_ERROR].what_to_do,
    ),
    CauseCode.SERVER_ERROR_EACH_TIME: Explanation(
        "Zoho had an error of its own each time",
        "Zoho had an error of its own each time it was asked for this link. The link is not there.",
        "Try these links again later; if it stays, show Zoho's words in the results to Zoho's support.",
    ),
    CauseCode.COPY_FAILED: Explanation(
        "Could not be read first",
        "Whether the link is there again could not be read, so nothing was sent.",
        "Try these links again: only what is still missing is put back.",
    ),
    CauseCode.COPY_REFUSED: Explanation(
        "Zoho does not let this sign-in read the links",
        "Every link is read before it is put back, and Zoho refuses that: the sign-in or your Zoho profile lacks the right to "
        "read these modules.",
        "Sign in with the right to read both modules (scope ZohoCRM.modules.READ), or ask your administrator "
        "to let you view them. Then continue.",
    ),
    CauseCode.CLOCK_JUMPED: Explanation(
        "The computer slept, or its clock was set",
        "More than a quarter of an hour has gone by at once, and much may have changed in Zoho meanwhile.",
        "Continue if the links are still to be put back; what is done stays done.",
    ),
}
