"""The words for what became of links, a row for each cause."""

from collections.abc import Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.words.explanations import Explanation

_ASK_ADMIN = "Ask your Zoho administrator, then try these links again."
_CHECK_AGAIN = "Continue the run: it first reads these links in Zoho and then says what became of them."

LINK_CAUSES: Mapping[CauseCode, Explanation] = {
    CauseCode.REMOVED: Explanation("Removed", "Zoho confirmed that the link is gone; both records are still there."),
    CauseCode.REMOVED_PROVEN: Explanation(
        "Removed, shown by a second look", "Zoho's answer was lost, but the link was there before the call and is gone after it."
    ),
    CauseCode.RELATION_NOT_FOUND: Explanation(
        "Was not linked",
        "Zoho found no such link: it was removed earlier, never existed, or one of the two IDs is unknown.",
        "Nothing, if you expected that. Otherwise compare the IDs with a fresh export from Zoho.",
    ),
    CauseCode.ABSENT_BEFORE: Explanation(
        "Was not linked", "Zoho was asked first and showed no such link, so nothing was sent.", "Nothing to do."
    ),
    CauseCode.GONE_UNPROVEN: Explanation(
        "Not linked now; this run may have removed it",
        "Zoho's answer was lost or proves nothing, and the link is gone, but nothing shows that it was there before.",
        "Nothing more to remove. Check in Zoho if you must know whether it was linked.",
    ),
    CauseCode.GONE_MEANWHILE: Explanation(
        "Gone meanwhile",
        "The link was there when it was first read; then Zoho found no such link, and another read shows none.",
        "Nothing more to remove. Somebody else probably removed it, so it does not count as removed by this run.",
    ),
    CauseCode.PARENT_NOT_FOUND: Explanation(
        "The parent record was not found",
        "Zoho does not know this parent record's ID, or you may not see the record.",
        "Compare the ID with a fresh export from Zoho.",
    ),
    CauseCode.LIST_NOT_FOUND: Explanation(
        "The related list was not found",
        "In your Zoho this list has another name, or it is hidden in the layout.",
        "Ask your Zoho administrator to show the list, then try these links again.",
    ),
    CauseCode.MODULE_NOT_SUPPORTED: Explanation(
        "Zoho does not offer this module",
        "The module has another name in your Zoho, is switched off, or you may not open it.",
        _ASK_ADMIN,
    ),
    CauseCode.ADDRESS_WRONG: Explanation(
        "Zoho did not recognise the call",
        "The address of the call is not one that Zoho offers in this version of its interface.",
        "Check the data centre and the version in the connection, then try again.",
    ),
    CauseCode.METHOD_REFUSED: Explanation(
        "Zoho does not allow this kind of call here",
        "Zoho does not let programs remove links of this kind.",
        "Remove them in Zoho itself.",
    ),
    CauseCode.SCOPE_MISSING: Explanation(
        "The sign-in lacks a right",
        "The access token may not remove links of this module.",
        "Sign in again with the right to remove in the module (scope ZohoCRM.modules.DELETE).",
    ),
    CauseCode.NO_PERMISSION: Explanation(
        "You may not remove these links", "Your Zoho profile does not allow it for this module.", _ASK_ADMIN
    ),
    CauseCode.PRIVILEGE_MISSING: Explanation(
        "You may not remove these links", "Your Zoho user lacks the right to remove related records.", _ASK_ADMIN
    ),
    CauseCode.ID_FORMAT: Explanation(
        "Zoho could not read this ID",
        "The ID does not have the form that Zoho expects.",
        "Compare the ID with a fresh export from Zoho.",
    ),
    CauseCode.TOO_MANY_IDS: Explanation(
        "Too many records in one call",
        "Zoho refused the size of the call, however small it was made.",
        "Try these links again later.",
    ),
    CauseCode.IDS_MISSING: Explanation(
        "Zoho received the call without its IDs",
        "Something between this computer and Zoho changed the call.",
        "Ask your IT department about the proxy, then try these links again.",
    ),
    CauseCode.RECORD_LOCKED: Explanation(
        "The record is locked",
        "Somebody or a process in Zoho has locked the record.",
        "Unlock it in Zoho or wait, then try these links again.",
    ),
    CauseCode.RECORD_CONVERTED: Explanation(
        "The lead was converted",
        "Zoho keeps converted leads apart and does not change their links.",
        "Remove the link from the contact or account that the lead became.",
    ),
    CauseCode.VERSION_NOT_SUPPORTED: Explanation(
        "Zoho does not offer this call in the chosen version",
        "The version of Zoho's interface set for the connection does not know the call.",
        "Choose version v8 in the connection, then try again.",
    ),
    CauseCode.REFUSED_OTHER: Explanation(
        "Zoho refused",
        "Zoho gave a reason that Delink does not know; its own words stand in the results.",
        "Try these links again; if it stays, show Zoho's words to your administrator.",
    ),
    CauseCode.STILL_LINKED: Explanation(
        "Still linked",
        "The call was sent, its answer was lost each time, and the link is still there.",
        "Try these links again later.",
    ),
    CauseCode.SERVER_ERROR_EACH_TIME: Explanation(
        "Zoho had an error of its own each time",
        "Zoho had an error of its own each time it was asked for this link. The link is still there.",
        "Try these links again later; if it stays, show Zoho's words in the results to Zoho's support.",
    ),
    CauseCode.DENIED_STILL_LINKED: Explanation(
        "Zoho did not remove the link",
        "Zoho answered that there is no such link, and yet shows it, before the call and after it.",
        "Remove it in Zoho itself. Or show your administrator Zoho's words, which stand in the results.",
    ),
    CauseCode.ANSWER_LOST: Explanation("The answer was lost", "The call went out and no whole answer came back.", _CHECK_AGAIN),
    CauseCode.ANSWER_UNREADABLE: Explanation(
        "The answer could not be read", "What came back was not an answer of Zoho's interface.", _CHECK_AGAIN
    ),
    CauseCode.ANSWER_INCOMPLETE: Explanation(
        "The answer left this link out", "Zoho answered for other links of the call but not for this one.", _CHECK_AGAIN
    ),
    CauseCode.ANSWER_CONTRADICTORY: Explanation(
        "The answer contradicted itself", "Zoho's answer named other records, or one record twice.", _CHECK_AGAIN
    ),
    CauseCode.SERVER_ERROR: Explanation(
        "Zoho had an error of its own", "Zoho reported an internal error and may or may not have removed the link.", _CHECK_AGAIN
    ),
    CauseCode.REDIRECTED: Explanation(
        "The network answered in place of Zoho",
        "The call was sent on to another address, as networks do that want you to sign in first.",
        "Sign in to the network, then continue the run.",
    ),
    CauseCode.INTERRUPTED: Explanation(
        "The program ended during the call", "The call may or may not have reached Zoho.", _CHECK_AGAIN
    ),
    CauseCode.RECORD_CUT: Explanation(
        "The end of the run's record was lost",
        "The last lines of the record on this computer were damaged, so this link may have been sent without a trace.",
        _CHECK_AGAIN,
    ),
    CauseCode.DENIED_UNPROVEN: Explanation(
        "Zoho denies the link, which is not proven yet",
        "Zoho answered that there is no such link, and no read has shown yet whether that is true.",
        _CHECK_AGAIN,
    ),
    CauseCode.SUCCESS_UNPROVEN: Explanation(
        "Zoho's word is not proven yet",
        "Zoho said that it was done, in a way of calling it that was not proven yet, and no read has shown it.",
        _CHECK_AGAIN,
    ),
    CauseCode.PUT_BACK: Explanation(
        "Put back", "Zoho confirmed that the link is there again; the dates of before and what workflows did do not come back."
    ),
    CauseCode.PUT_BACK_PROVEN: Explanation(
        "Put back, shown by a second look",
        "Zoho's answer was lost, but the link was missing before the call and is there after it.",
    ),
    CauseCode.PUT_BACK_PARTLY: Explanation(
        "Put back, without what the link had of its own",
        "The link is there again. But the safety copy does not hold its member status or list price, so that is not as before.",
        "Enter the value in Zoho, if you know it.",
    ),
    CauseCode.LINKED_AGAIN: Explanation(
        "Was linked again already",
        "Somebody linked the two records again after the run, so they were left as they are.",
        "Nothing to do. What the link says now (a member status, a price) may differ from what it said before the run.",
    ),
    CauseCode.RECORD_GONE: Explanation(
        "The record is no longer there",
        "Zoho does not know the related record: it was deleted since, or you may not see it.",
        "If it is in Zoho's recycle bin, restore it there, then undo the run again.",
    ),
    CauseCode.VALUE_MISSING: Explanation(
        "A value is missing that Zoho asks for",
        "Zoho puts this link back only with a value, such as a price, that the safety copy does not have.",
        "Link the two records in Zoho itself and enter the value there.",
    ),
    CauseCode.VALUE_REFUSED: Explanation(
        "Zoho did not accept the link's own value",
        "The link had a value, such as a member status, that Zoho no longer offers.",
        "Link the two records in Zoho itself and choose another value there.",
    ),
    CauseCode.DATA_REFUSED: Explanation(
        "Zoho did not accept this link",
        "Zoho says no more than that something about it is not right: the record may be deleted or hidden from you, or the "
        "link's own value may no longer be offered.",
        "Look the record up in Zoho; if it is there, link the two records there.",
    ),
    CauseCode.STILL_NOT_LINKED: Explanation(
        "Still not linked",
        "The call was sent, its answer was lost each time, and the link is not there.",
        "Try these links again later.",
    ),
    CauseCode.NOT_SENT_YET: Explanation("Not sent", "The run stopped before this link's turn.", "Continue the run to send it."),
    CauseCode.HELD_BACK: Explanation(
        "Held back",
        "The ID may have been rounded by a program, or it is unlike the others of its column.",
        "Compare it with the record in Zoho. If it is right, include the suspicious ones; if not, export the records from Zoho"
        " again and open that file here, not by double-click in Excel.",
    ),
    CauseCode.LEFT_OUT: Explanation("Left out", "You did not tick this link.", "Nothing to do."),
    CauseCode.COPY_FAILED: Explanation(
        "No safety copy",
        "The link could not be read before the removal, so it was not sent.",
        "Try these links again; without a safety copy they could be sent at once, but not put back.",
    ),
}
