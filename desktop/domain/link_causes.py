"""The causes of what became of links: a row each, with its words and its traits.

A new cause is one row here (or in run_causes.py) and its code.
"""

from collections.abc import Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.domain.cause_rows import Cause, Remedy, Scope
from desktop.domain.outcome_codes import Outcome

_ASK_ADMIN = "Ask your Zoho administrator, then try these links again."
_CHECK_AGAIN = "Continue the run: it first reads these links in Zoho and then says what became of them."

LINK_CAUSES: Mapping[CauseCode, Cause] = {
    CauseCode.REMOVED: Cause(
        "Removed", "Zoho confirmed that the link is gone; both records are still there.", ends=(Outcome.DELINKED,)
    ),
    CauseCode.REMOVED_PROVEN: Cause(
        "Removed, shown by a second look",
        "Zoho's answer was lost, but the link was there before the call and is gone after it.",
        ends=(Outcome.DELINKED,),
    ),
    CauseCode.RELATION_NOT_FOUND: Cause(
        "Was not linked",
        "Zoho found no such link: it was removed earlier, never existed, or one of the two IDs is unknown.",
        "Nothing, if you expected that. Otherwise compare the IDs with a fresh export from Zoho.",
        ends=(Outcome.NOT_LINKED,),
    ),
    CauseCode.ABSENT_BEFORE: Cause(
        "Was not linked",
        "Zoho was asked first and showed no such link, so nothing was sent.",
        "Nothing to do.",
        ends=(Outcome.NOT_LINKED,),
    ),
    CauseCode.GONE_UNPROVEN: Cause(
        "Not linked now; this run may have removed it",
        "Zoho's answer was lost or proves nothing, and the link is gone, but nothing shows that it was there before.",
        "Nothing more to remove. Check in Zoho if you must know whether it was linked.",
        ends=(Outcome.NOT_LINKED,),
    ),
    CauseCode.GONE_MEANWHILE: Cause(
        "Gone meanwhile",
        "The link was there when it was first read; then Zoho found no such link, and another read shows none.",
        "Nothing more to remove. Somebody else probably removed it, so it does not count as removed by this run.",
        ends=(Outcome.NOT_LINKED,),
    ),
    CauseCode.PARENT_NOT_FOUND: Cause(
        "The parent record was not found",
        "Zoho does not know this parent record's ID, or you may not see the record.",
        "Compare the ID with a fresh export from Zoho.",
        ends=(Outcome.REFUSED,),
        scope=Scope.CALL,
        names_address=True,
    ),
    CauseCode.LIST_NOT_FOUND: Cause(
        "The related list was not found",
        "In your Zoho this list has another name, or it is hidden in the layout.",
        "Ask your Zoho administrator to show the list, then try these links again.",
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        names_address=True,
    ),
    CauseCode.MODULE_NOT_SUPPORTED: Cause(
        "Zoho does not offer this module",
        "The module has another name in your Zoho, is switched off, or you may not open it.",
        _ASK_ADMIN,
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        names_address=True,
    ),
    CauseCode.ADDRESS_WRONG: Cause(
        "Zoho did not recognise the call",
        "The address of the call is not one that Zoho offers in this version of its interface.",
        "Check the data centre and the version in the connection, then try again.",
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        names_address=True,
    ),
    CauseCode.METHOD_REFUSED: Cause(
        "Zoho does not allow this kind of call here",
        "Links of this relation cannot be removed through Zoho's interface.",
        "Remove them in Zoho itself.",
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
    ),
    CauseCode.SCOPE_MISSING: Cause(
        "The sign-in lacks a permission",
        "The access token may not remove related records of this module.",
        "Sign in again with the DELETE permission for the module (scope ZohoCRM.modules.DELETE).",
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        remedy=Remedy.RIGHTS,
    ),
    CauseCode.NO_PERMISSION: Cause(
        "You may not remove these links",
        "Your Zoho profile does not allow it for this module.",
        _ASK_ADMIN,
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        remedy=Remedy.RIGHTS,
    ),
    CauseCode.PRIVILEGE_MISSING: Cause(
        "You may not remove these links",
        "Your Zoho user lacks the right to remove related records.",
        _ASK_ADMIN,
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        remedy=Remedy.RIGHTS,
    ),
    CauseCode.ID_FORMAT: Cause(
        "Zoho could not read this ID",
        "The ID does not have the form that Zoho expects.",
        "Compare the ID with a fresh export from Zoho.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.TOO_MANY_IDS: Cause(
        "Too many records in one call",
        "Zoho refused the size of the call, however small it was made.",
        "Try these links again later.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.IDS_MISSING: Cause(
        "Zoho received the call without its IDs",
        "Something between this computer and Zoho changed the call.",
        "Ask your IT department about the proxy, then try these links again.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.RECORD_LOCKED: Cause(
        "The record is locked",
        "Somebody or a process in Zoho has locked the record.",
        "Unlock it in Zoho or wait, then try these links again.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.RECORD_CONVERTED: Cause(
        "The lead was converted",
        "Zoho keeps converted leads apart and does not change their links.",
        "Remove the link from the contact or account that the lead became.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.VERSION_NOT_SUPPORTED: Cause(
        "Zoho does not offer this call in the chosen version",
        "The version of Zoho's interface set for the connection does not know the call.",
        "Choose version v8 in the connection, then try again.",
        ends=(Outcome.REFUSED,),
        scope=Scope.RUN,
        names_address=True,
    ),
    CauseCode.REFUSED_OTHER: Cause(
        "Zoho refused",
        "Zoho gave a reason that Delink does not know; its own words stand in the results.",
        "Try these links again; if it stays, show Zoho's words to your administrator.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.STILL_LINKED: Cause(
        "Still linked",
        "The call was sent, its answer was lost each time, and the link is still there.",
        "Try these links again later.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.SERVER_ERROR_EACH_TIME: Cause(
        "Zoho had an error of its own each time",
        "Zoho reported an internal error to every call for this link, and the link is still there.",
        "Try these links again later; if it stays, show Zoho's words in the results to Zoho's support.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.DENIED_STILL_LINKED: Cause(
        "Zoho did not remove the link",
        "Zoho answered that there is no such link, and yet shows it, before the call and after it.",
        "Remove it in Zoho itself, or show Zoho's words in the results to your administrator.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.ANSWER_LOST: Cause(
        "The answer was lost", "The call went out and no whole answer came back.", _CHECK_AGAIN, ends=(Outcome.UNKNOWN,)
    ),
    CauseCode.ANSWER_UNREADABLE: Cause(
        "The answer could not be read",
        "What came back was not an answer of Zoho's interface.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
    ),
    CauseCode.ANSWER_INCOMPLETE: Cause(
        "The answer left this link out",
        "Zoho answered for other links of the call but not for this one.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
    ),
    CauseCode.ANSWER_CONTRADICTORY: Cause(
        "The answer contradicted itself",
        "Zoho's answer named other records, or one record twice.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
    ),
    CauseCode.SERVER_ERROR: Cause(
        "Zoho had an error of its own",
        "Zoho reported an internal error and may or may not have removed the link.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
    ),
    CauseCode.REDIRECTED: Cause(
        "The network answered in place of Zoho",
        "The call was sent on to another address, as networks do that want you to sign in first.",
        "Sign in to the network, then continue the run.",
        ends=(Outcome.UNKNOWN,),
    ),
    CauseCode.INTERRUPTED: Cause(
        "The program ended during the call", "The call may or may not have reached Zoho.", _CHECK_AGAIN, ends=(Outcome.UNKNOWN,)
    ),
    CauseCode.RECORD_CUT: Cause(
        "The end of the run's record was lost",
        "The last lines of the record on this computer were damaged, so this link may have been sent without a trace.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
    ),
    CauseCode.DENIED_UNPROVEN: Cause(
        "Zoho denies the link, which is not proven yet",
        "Zoho answered that there is no such link, and no read has shown yet whether that is true.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
        needs_proof=True,
    ),
    CauseCode.SUCCESS_UNPROVEN: Cause(
        "Zoho's word is not proven yet",
        "Zoho said that it was done, in a way of calling it that was not proven yet, and no read has shown it.",
        _CHECK_AGAIN,
        ends=(Outcome.UNKNOWN,),
        needs_proof=True,
    ),
    CauseCode.PUT_BACK: Cause(
        "Put back",
        "Zoho confirmed that the link is there again; the dates of before and what workflows did do not come back.",
        ends=(Outcome.RELINKED,),
    ),
    CauseCode.PUT_BACK_PROVEN: Cause(
        "Put back, shown by a second look",
        "Zoho's answer was lost, but the link was missing before the call and is there after it.",
        ends=(Outcome.RELINKED,),
    ),
    CauseCode.PUT_BACK_PARTLY: Cause(
        "Put back, without what the link had of its own",
        "The link is there again, but the safety copy does not hold its member status or list price, so that is not as before.",
        "Enter the value in Zoho, if you know it.",
        ends=(Outcome.RELINKED,),
    ),
    CauseCode.LINKED_AGAIN: Cause(
        "Was linked again already",
        "Somebody linked the two records again after the run, so they were left as they are.",
        "Nothing. What the link says now (a member status, a price) may differ from what it said before the run.",
        ends=(Outcome.ALREADY_LINKED,),
    ),
    CauseCode.RECORD_GONE: Cause(
        "The record is no longer there",
        "Zoho does not know the related record: it was deleted since, or you may not see it.",
        "If it is in Zoho's recycle bin, restore it there, then undo the run again.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.VALUE_MISSING: Cause(
        "A value is missing that Zoho asks for",
        "Zoho puts this link back only with a value, such as a price, that the safety copy does not have.",
        "Link the two records in Zoho itself and enter the value there.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.VALUE_REFUSED: Cause(
        "Zoho did not accept the link's own value",
        "The link had a value, such as a member status, that Zoho no longer offers.",
        "Link the two records in Zoho itself and choose another value there.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.DATA_REFUSED: Cause(
        "Zoho did not accept this link",
        "Zoho says no more than that something about it is not right: the record may be deleted or hidden from you, or the "
        "link's own value may no longer be offered.",
        "Look the record up in Zoho; if it is there, link the two records there.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.STILL_NOT_LINKED: Cause(
        "Still not linked",
        "The call was sent, its answer was lost each time, and the link is not there.",
        "Try these links again later.",
        ends=(Outcome.REFUSED,),
    ),
    CauseCode.NOT_SENT_YET: Cause(
        "Not sent", "The run stopped before this link's turn.", "Continue the run to send it.", ends=(Outcome.NOT_ATTEMPTED,)
    ),
    CauseCode.HELD_BACK: Cause(
        "Held back",
        "The ID may have been rounded by a program, or it is unlike the others of its column.",
        "Compare it with the record in Zoho. If it is right, include the suspicious ones; if not, export the records from Zoho"
        " again and open that file here, not by double-click in Excel.",
        ends=(Outcome.NOT_ATTEMPTED,),
        remedy=Remedy.CHOICE,
    ),
    CauseCode.LEFT_OUT: Cause(
        "Left out", "You did not tick this link.", "Nothing to do.", ends=(Outcome.NOT_ATTEMPTED,), remedy=Remedy.CHOICE
    ),
    CauseCode.COPY_FAILED: Cause(
        "No safety copy",
        "The link could not be read before the removal, so it was not sent.",
        "Try these links again; without a safety copy they could be sent at once, but not put back.",
        ends=(Outcome.NOT_ATTEMPTED,),
    ),
}
