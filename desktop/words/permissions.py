"""What a key may not do, for the user and for the administrator of their Zoho account (engine/permissions.py)."""

from collections.abc import Mapping

from desktop.words.language import Plural

PERMISSIONS: Mapping[str, str | Plural] = {
    "list-hidden": "The list {list} of {module} is hidden or has another name.",
    "message-to-administrator": (
        "Delink removes links between records in Zoho CRM ({relations}); the records themselves stay. It signs in as {who} "
        "({place}) and cannot work yet: {missing} Let it sign in with exactly these scopes: {scopes}. In the user's profile, "
        "the modules need the rights to view and edit, and the related lists must not be hidden in the layout."
    ),
    "module-closed": "The user's profile does not open {module}, or the module is switched off.",
    "one-after-the-other": "{before} {one}",
    "scopes-missing": Plural("The sign-in lacks the scope {scopes}.", "The sign-in lacks the scopes {scopes}."),
    "scopes-missing-to-undo": Plural(
        "Nothing can be undone without the scope {scopes}.", "Nothing can be undone without the scopes {scopes}."
    ),
    "user-of-this-message": "the user of this message",
}
