"""Every cause that a user can meet, with its title, why it happened and what to do: one catalogue for all outputs.

The screen, the command line and the results workbook take their words from here, so they always agree. The codes stand
in cause_codes.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.cause_codes import NOT_WANTED, PERMISSION_CAUSES, RUN_WIDE_CAUSES, UNBELIEVED_CAUSES, CauseCode

__all__ = [
    "CATALOGUE",
    "NOT_WANTED",
    "PERMISSION_CAUSES",
    "RUN_WIDE_CAUSES",
    "UNBELIEVED_CAUSES",
    "Cause",
    "CauseCode",
    "cause_of",
    "out_of_reach",
]


@dataclass(frozen=True, slots=True)
class Cause:
    """What to tell people: a title of a few words, one sentence why, one sentence what to do (empty: nothing)."""

    title: str
    why: str
    what_to_do: str = ""


_ASK_ADMIN = "Ask your Zoho administrator, then try these links again."
_CHECK_AGAIN = "Continue the run: it first reads these links in Zoho and then says what became of them."

CATALOGUE: Mapping[CauseCode, Cause] = {
    CauseCode.REMOVED: Cause("Removed", "Zoho confirmed that the link is gone; both records are still there."),
    CauseCode.REMOVED_PROVEN: Cause(
        "Removed, shown by a second look",
        "Zoho's answer was lost, but the link was there before the call and is gone after it.",
    ),
    CauseCode.RELATION_NOT_FOUND: Cause(
        "Was not linked",
        "Zoho found no such link: it was removed earlier, never existed, or one of the two IDs is unknown.",
        "Nothing, if you expected that. Otherwise compare the IDs with a fresh export from Zoho.",
    ),
    CauseCode.ABSENT_BEFORE: Cause(
        "Was not linked", "Zoho was asked first and showed no such link, so nothing was sent.", "Nothing to do."
    ),
    CauseCode.GONE_UNPROVEN: Cause(
        "Not linked now; this run may have removed it",
        "Zoho's answer was lost or proves nothing, and the link is gone, but nothing shows that it was there before.",
        "Nothing more to remove. Check in Zoho if you must know whether it was linked.",
    ),
    CauseCode.GONE_MEANWHILE: Cause(
        "Gone meanwhile",
        "The link was there when it was first read; then Zoho found no such link, and another read shows none.",
        "Nothing more to remove. Somebody else probably removed it, so it does not count as removed by this run.",
    ),
    CauseCode.PARENT_NOT_FOUND: Cause(
        "The parent record was not found",
        "Zoho does not know this parent record's ID, or you may not see the record.",
        "Compare the ID with a fresh export from Zoho.",
    ),
    CauseCode.LIST_NOT_FOUND: Cause(
        "The related list was not found",
        "In your Zoho this list has another name, or it is hidden in the layout.",
        "Ask your Zoho administrator to show the list, then try these links again.",
    ),
    CauseCode.MODULE_NOT_SUPPORTED: Cause(
        "Zoho does not offer this module",
        "The module has another name in your Zoho, is switched off, or you may not open it.",
        _ASK_ADMIN,
    ),
    CauseCode.ADDRESS_WRONG: Cause(
        "Zoho did not recognise the call",
        "The address of the call is not one that Zoho offers in this version of its interface.",
        "Check the data centre and the version in the connection, then try again.",
    ),
    CauseCode.METHOD_REFUSED: Cause(
        "Zoho does not allow this kind of call here",
        "Links of this relation cannot be removed through Zoho's interface.",
        "Remove them in Zoho itself.",
    ),
    CauseCode.SCOPE_MISSING: Cause(
        "The sign-in lacks a permission",
        "The access token may not remove related records of this module.",
        "Sign in again with the DELETE permission for the module (scope ZohoCRM.modules.DELETE).",
    ),
    CauseCode.NO_PERMISSION: Cause(
        "You may not remove these links", "Your Zoho profile does not allow it for this module.", _ASK_ADMIN
    ),
    CauseCode.PRIVILEGE_MISSING: Cause(
        "You may not remove these links", "Your Zoho user lacks the right to remove related records.", _ASK_ADMIN
    ),
    CauseCode.ID_FORMAT: Cause(
        "Zoho could not read this ID",
        "The ID does not have the form that Zoho expects.",
        "Compare the ID with a fresh export from Zoho.",
    ),
    CauseCode.TOO_MANY_IDS: Cause(
        "Too many records in one call",
        "Zoho refused the size of the call, however small it was made.",
        "Try these links again later.",
    ),
    CauseCode.IDS_MISSING: Cause(
        "Zoho received the call without its IDs",
        "Something between this computer and Zoho changed the call.",
        "Ask your IT department about the proxy, then try these links again.",
    ),
    CauseCode.RECORD_LOCKED: Cause(
        "The record is locked",
        "Somebody or a process in Zoho has locked the record.",
        "Unlock it in Zoho or wait, then try these links again.",
    ),
    CauseCode.RECORD_CONVERTED: Cause(
        "The lead was converted",
        "Zoho keeps converted leads apart and does not change their links.",
        "Remove the link from the contact or account that the lead became.",
    ),
    CauseCode.VERSION_NOT_SUPPORTED: Cause(
        "Zoho does not offer this call in the chosen version",
        "The version of Zoho's interface set for the connection does not know the call.",
        "Choose version v8 in the connection, then try again.",
    ),
    CauseCode.REFUSED_OTHER: Cause(
        "Zoho refused",
        "Zoho gave a reason that Delink does not know; its own words stand in the results.",
        "Try these links again; if it stays, show Zoho's words to your administrator.",
    ),
    CauseCode.STILL_LINKED: Cause(
        "Still linked",
        "The call was sent, its answer was lost each time, and the link is still there.",
        "Try these links again later.",
    ),
    CauseCode.SERVER_ERROR_EACH_TIME: Cause(
        "Zoho had an error of its own each time",
        "Zoho reported an internal error to every call for this link, and the link is still there.",
        "Try these links again later; if it stays, show Zoho's words in the results to Zoho's support.",
    ),
    CauseCode.DENIED_STILL_LINKED: Cause(
        "Zoho did not remove the link",
        "Zoho answered that there is no such link, and yet shows it, before the call and after it.",
        "Remove it in Zoho itself, or show Zoho's words in the results to your administrator.",
    ),
    CauseCode.ANSWER_LOST: Cause("The answer was lost", "The call went out and no whole answer came back.", _CHECK_AGAIN),
    CauseCode.ANSWER_UNREADABLE: Cause(
        "The answer could not be read", "What came back was not an answer of Zoho's interface.", _CHECK_AGAIN
    ),
    CauseCode.ANSWER_INCOMPLETE: Cause(
        "The answer left this link out", "Zoho answered for other links of the call but not for this one.", _CHECK_AGAIN
    ),
    CauseCode.ANSWER_CONTRADICTORY: Cause(
        "The answer contradicted itself", "Zoho's answer named other records, or one record twice.", _CHECK_AGAIN
    ),
    CauseCode.SERVER_ERROR: Cause(
        "Zoho had an error of its own",
        "Zoho reported an internal error and may or may not have removed the link.",
        _CHECK_AGAIN,
    ),
    CauseCode.REDIRECTED: Cause(
        "The network answered in place of Zoho",
        "The call was sent on to another address, as networks do that want you to sign in first.",
        "Sign in to the network, then continue the run.",
    ),
    CauseCode.INTERRUPTED: Cause("The program ended during the call", "The call may or may not have reached Zoho.", _CHECK_AGAIN),
    CauseCode.RECORD_CUT: Cause(
        "The end of the run's record was lost",
        "The last lines of the record on this computer were damaged, so this link may have been sent without a trace.",
        _CHECK_AGAIN,
    ),
    CauseCode.DENIED_UNPROVEN: Cause(
        "Zoho denies the link, which is not proven yet",
        "Zoho answered that there is no such link, and no read has shown yet whether that is true.",
        _CHECK_AGAIN,
    ),
    CauseCode.SUCCESS_UNPROVEN: Cause(
        "Zoho's word is not proven yet",
        "Zoho said that it was done, in a way of calling it that was not proven yet, and no read has shown it.",
        _CHECK_AGAIN,
    ),
    CauseCode.PUT_BACK: Cause(
        "Put back", "Zoho confirmed that the link is there again; the dates of before and what workflows did do not come back."
    ),
    CauseCode.PUT_BACK_PROVEN: Cause(
        "Put back, shown by a second look",
        "Zoho's answer was lost, but the link was missing before the call and is there after it.",
    ),
    CauseCode.PUT_BACK_PARTLY: Cause(
        "Put back, without what the link had of its own",
        "The link is there again, but the safety copy does not hold its member status or list price, so that is not as before.",
        "Enter the value in Zoho, if you know it.",
    ),
    CauseCode.LINKED_AGAIN: Cause(
        "Was linked again already",
        "Somebody linked the two records again after the run, so they were left as they are.",
        "Nothing. What the link says now (a member status, a price) may differ from what it said before the run.",
    ),
    CauseCode.RECORD_GONE: Cause(
        "The record is no longer there",
        "Zoho does not know the related record: it was deleted since, or you may not see it.",
        "If it is in Zoho's recycle bin, restore it there, then undo the run again.",
    ),
    CauseCode.VALUE_MISSING: Cause(
        "A value is missing that Zoho asks for",
        "Zoho puts this link back only with a value, such as a price, that the safety copy does not have.",
        "Link the two records in Zoho itself and enter the value there.",
    ),
    CauseCode.VALUE_REFUSED: Cause(
        "Zoho did not accept the link's own value",
        "The link had a value, such as a member status, that Zoho no longer offers.",
        "Link the two records in Zoho itself and choose another value there.",
    ),
    CauseCode.DATA_REFUSED: Cause(
        "Zoho did not accept this link",
        "Zoho says no more than that something about it is not right: the record may be deleted or hidden from you, or the "
        "link's own value may no longer be offered.",
        "Look the record up in Zoho; if it is there, link the two records there.",
    ),
    CauseCode.STILL_NOT_LINKED: Cause(
        "Still not linked",
        "The call was sent, its answer was lost each time, and the link is not there.",
        "Try these links again later.",
    ),
    CauseCode.NOT_SENT_YET: Cause("Not sent", "The run stopped before this link's turn.", "Continue the run to send it."),
    CauseCode.HELD_BACK: Cause(
        "Held back",
        "The ID may have been rounded by a program, or it is unlike the others of its column.",
        "Compare it with the record in Zoho. If it is right, include the suspicious ones; if not, export the records from Zoho"
        " again and open that file here, not by double-click in Excel.",
    ),
    CauseCode.LEFT_OUT: Cause("Left out", "You did not tick this link.", "Nothing to do."),
    CauseCode.COPY_FAILED: Cause(
        "No safety copy",
        "The link could not be read before the removal, so it was not sent.",
        "Try these links again; without a safety copy they could be sent at once, but not put back.",
    ),
    CauseCode.ASKED: Cause("Paused", "You asked for a pause.", "Continue whenever you like."),
    CauseCode.FIRST_LINKS_DONE: Cause(
        "The first links are done",
        "You asked to try a few links first.",
        "Look at them in Zoho, then continue with the rest.",
    ),
    CauseCode.SIGNED_OUT: Cause(
        "Signed out of Zoho",
        "Zoho no longer accepts the access token: it has expired, was revoked, or belongs to another data centre.",
        "Sign in again, then continue; what is done stays done.",
    ),
    CauseCode.LIMIT_REACHED: Cause(
        "Zoho's limit is reached",
        "Zoho takes no more calls for now: too many at once, or the day's credits are used up.",
        "Continue later; what is done stays done.",
    ),
    CauseCode.OFFLINE: Cause(
        "Zoho cannot be reached", "No connection to Zoho could be made.", "Check the network, then continue."
    ),
    CauseCode.REFUSED_THREE_TIMES: Cause(
        "Zoho refused three calls in a row",
        "The next ones would be refused in the same way, so the run waits.",
        "Put the cause right, then continue: the refused links are sent again.",
    ),
    CauseCode.DISK_FULL: Cause(
        "The run's record cannot be written",
        "The disk is full or the folder cannot be written; without its record nothing may be sent.",
        "Make room on the disk, then continue.",
    ),
    CauseCode.COPY_REFUSED: Cause(
        "Zoho does not let this sign-in read the links",
        "The safety copy reads every link before it is removed, and Zoho refuses that: the sign-in or your Zoho profile lacks "
        "the right to read these modules.",
        "Sign in with the READ permission for both modules (scope ZohoCRM.modules.READ), or ask your administrator to let "
        "your profile view them, then continue; or start again without a safety copy.",
    ),
    CauseCode.READ_REFUSED: Cause(
        "Zoho does not let this sign-in read the links",
        "Zoho refused to show which links there are: the sign-in or your Zoho profile lacks the right to read these modules.",
        "Sign in with the READ permission for both modules (scope ZohoCRM.modules.READ), or ask your administrator to let "
        "your profile view them, then try again; nothing was sent.",
    ),
    CauseCode.LIST_NAME_REFUSED: Cause(
        "Zoho does not know the list of deals by this name",
        "Its name is Deals, or Potentials in older organisations; Zoho refused the one, and may know the other.",
        "Let the sign-in read the names of lists (scope ZohoCRM.settings.related_lists.READ), then continue: "
        "Delink then uses the name that your Zoho knows.",
    ),
    CauseCode.CREDITS_LOW: Cause(
        "Few of the day's credits are left",
        "Fewer of Zoho's credits are left for today than the settings keep for others.",
        "Continue when Zoho has given credits back, or lower the number in the settings; what is done stays done.",
    ),
    CauseCode.COPY_WITHOUT_FIELDS: Cause(
        "The safety copy would not be complete",
        "Zoho does not show what these links have of their own (the member status, or the list price), so an undo could link "
        "the records again but not bring that back. Nothing was removed.",
        "Stop, or go on all the same; on the command line with delink resume and --partial-undo.",
    ),
    CauseCode.CLOCK_JUMPED: Cause(
        "The computer slept, or its clock was set",
        "More than a quarter of an hour has gone by at once, and much may have changed in Zoho meanwhile.",
        "Continue if the links are still to be removed; what is done stays done.",
    ),
    CauseCode.FOUND_LINKED: Cause(
        "Still linked",
        "Zoho shows these links now: somebody linked the records again since, or the links never went.",
        "Try them again, unless they were linked on purpose.",
    ),
    CauseCode.FOUND_GONE_AGAIN: Cause(
        "Put back, and gone again",
        "An undo put these links back, and Zoho does not show them now: another run, or somebody in Zoho, removed them since.",
        "Undo the run again if they are to be there.",
    ),
    CauseCode.FOUND_MISSING: Cause(
        "Not back", "Zoho does not show these links now.", "Try these links again: only what is missing is sent."
    ),
    CauseCode.FOUND_UNCLEAR: Cause(
        "Could not be read",
        "No answer proved whether these links are there: a record may be deleted, or hidden from you.",
        "Look them up in Zoho, or check again later.",
    ),
    CauseCode.HANDED_OVER: Cause(
        "Taken over by a retry", "What this run left was tried again in a run of its own.", "Look at that run in History."
    ),
}


def out_of_reach(trouble: str) -> Cause:
    """OFFLINE, with what is in the way (a clause, empty where nobody knows)."""
    words = CATALOGUE[CauseCode.OFFLINE]
    return replace(words, why=f"No connection to Zoho could be made: {trouble}.") if trouble else words


def cause_of(code: CauseCode | str) -> Cause:
    """The catalogue's words for a code; a code of a newer version is shown as it is rather than lost."""
    try:
        return CATALOGUE[CauseCode(code)]
    except ValueError:
        return Cause(str(code), "This cause was recorded by a newer version of Delink.")
