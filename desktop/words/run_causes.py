"""The words for what concerns a run as a whole, why it paused above all, and for what a look after it found."""

from collections.abc import Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.words.explanations import Explanation

RUN_CAUSES: Mapping[CauseCode, Explanation] = {
    CauseCode.ASKED: Explanation("Paused", "You asked for a pause.", "Continue whenever you like."),
    CauseCode.FIRST_LINKS_DONE: Explanation(
        "The first links are done", "You asked to try a few links first.", "Look at them in Zoho, then continue with the rest."
    ),
    CauseCode.SIGNED_OUT: Explanation(
        "Signed out of Zoho",
        "Zoho no longer accepts the access token: it has expired, was revoked, or belongs to another data centre.",
        "Sign in again, then continue; what is done stays done.",
    ),
    CauseCode.LIMIT_REACHED: Explanation(
        "Zoho's limit is reached",
        "Zoho takes no more calls for now: too many at once, or the day's credits are used up.",
        "Continue later; what is done stays done.",
    ),
    CauseCode.OFFLINE: Explanation(
        "Zoho cannot be reached", "No connection to Zoho could be made.", "Check the network, then continue."
    ),
    CauseCode.REFUSED_THREE_TIMES: Explanation(
        "Zoho refused three calls in a row",
        "The next ones would be refused in the same way, so the run waits.",
        "Put the cause right, then continue: the refused links are sent again.",
    ),
    CauseCode.DISK_FULL: Explanation(
        "The run's record cannot be written",
        "The disk is full or the folder cannot be written; without its record nothing may be sent.",
        "Make room on the disk, then continue.",
    ),
    CauseCode.COPY_REFUSED: Explanation(
        "Zoho does not let this sign-in read the links",
        "Each link is read for the safety copy before it is removed. Zoho refuses that: the sign-in or your "
        "Zoho profile lacks the right to read these modules.",
        "Sign in with the right to read both modules (scope ZohoCRM.modules.READ), or ask your administrator "
        "to let you view them. Then continue. Or start again without a safety copy.",
    ),
    CauseCode.READ_REFUSED: Explanation(
        "Zoho does not let this sign-in read the links",
        "Zoho refused to show which links there are: the sign-in or your Zoho profile lacks the right to read these modules.",
        "Sign in with the right to read both modules (scope ZohoCRM.modules.READ), or ask your administrator "
        "to let you view them. Then try again; nothing was sent.",
    ),
    CauseCode.LIST_NAME_REFUSED: Explanation(
        "Zoho does not know the list of deals by this name",
        "Its name is Deals, or Potentials in older organisations; Zoho refused the one, and may know the other.",
        "Let the sign-in read the names of lists (scope ZohoCRM.settings.related_lists.READ), then continue: "
        "Delink then uses the name that your Zoho knows.",
    ),
    CauseCode.CREDITS_LOW: Explanation(
        "Few of the day's credits are left",
        "Fewer of Zoho's credits are left for today than the settings keep for others.",
        "Continue when Zoho has given credits back, or lower the number in the settings; what is done stays done.",
    ),
    CauseCode.COPY_WITHOUT_FIELDS: Explanation(
        "The safety copy would not be complete",
        "Zoho does not show what these links have of their own (the member status, or the list price), so an undo could link "
        "the records again but not bring that back. Nothing was removed.",
        "Stop, or go on all the same; on the command line with delink resume and --partial-undo.",
    ),
    CauseCode.CLOCK_JUMPED: Explanation(
        "The computer slept, or its clock was set",
        "More than a quarter of an hour has gone by at once, and much may have changed in Zoho meanwhile.",
        "Continue if the links are still to be removed; what is done stays done.",
    ),
    CauseCode.FOUND_LINKED: Explanation(
        "Still linked",
        "Zoho shows these links now: somebody linked the records again since, or the links never went.",
        "Try them again, unless they were linked on purpose.",
    ),
    CauseCode.FOUND_GONE_AGAIN: Explanation(
        "Put back, and gone again",
        "An undo put these links back, and Zoho does not show them now: another run, or somebody in Zoho, removed them since.",
        "Undo the run again if they are to be there.",
    ),
    CauseCode.FOUND_MISSING: Explanation(
        "Not back", "Zoho does not show these links now.", "Try these links again: only what is missing is sent."
    ),
    CauseCode.FOUND_UNCLEAR: Explanation(
        "Could not be read",
        "No answer proved whether these links are there: a record may be deleted, or hidden from you.",
        "Look them up in Zoho, or check again later.",
    ),
    CauseCode.HANDED_OVER: Explanation(
        "Taken over by a retry", "What this run left was tried again in a run of its own.", "Look at that run in History."
    ),
}
