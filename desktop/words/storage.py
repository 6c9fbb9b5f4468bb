"""What the program's own files and the keyring say of themselves: clauses behind a colon or in brackets."""

from collections.abc import Mapping

JOURNALS: Mapping[str, str] = {
    "database-cannot-be-opened": "unable to open database file",
    "database-disk-fails": "disk I/O error",
    "database-disk-full": "database or disk is full",
    "database-fails": "the database had an error",
    "database-is-locked": "database is locked",
    "database-is-malformed": "database disk image is malformed",
    "database-is-none": "file is not a database",
    "database-is-read-only": "attempt to write a readonly database",
    "journal-changes-altered": "its log of changes fails the check",
    "journal-content-altered": "its rows, links or plan fail the check",
    "journal-copy-altered": "its safety copy fails the check",
    "journal-fails-check": "its contents fail the check",
    "journal-is-closed": "it is closed",
    "journal-is-newer": "it was written by a newer Delink",
    "journal-is-none": "it is not a journal",
    "journal-is-older": "it was written by an older Delink",
    "journal-links-misnumbered": "its links are not numbered one after the other",
    "journal-links-of-other-kind": "its links are of another kind than it says",
    "journal-names-forbidden-list": "it names a list of which nothing may be removed",
    "journal-not-understood": "it holds something that Delink did not write",
}

SAVED_FILES: Mapping[str, str] = {
    "connections-damaged": "it is damaged",
    "connections-set-aside": "it was damaged and is kept as {name}",
}

KEYRINGS: Mapping[str, str] = {
    "keyring-did-not-answer": "it did not answer in time",
    "keyring-failed": "it failed",
    "keyring-has-no-key": "it holds none for this connection",
    "keyring-has-no-store": "there is no store",
    "keyring-has-other-addresses": "the connection's addresses were changed since it was stored",
    "keyring-has-something-else": "what it holds for this connection is none",
    "keyring-is-locked": "it is locked or missing",
    "keyring-lost-key": "it did not give back what was stored",
    "keyring-of-windows-too-small": "the key is too long for the Windows store",
    "keyring-settings-unreadable": "its settings file cannot be read",
    "keyring-still-has-key": "it still has it",
    "keyring-unsafe": "its store would not be safe",
    "keyring-unsafe-choice": "its store was chosen by others and would not be safe",
    # Where the keys are, as people call it.
    "store-any": "the system's keyring",
    "store-kwallet": "KWallet",
    "store-macos": "the macOS Keychain",
    "store-memory": "this program's memory",
    "store-secret-service": "the desktop's keyring (Secret Service)",
    "store-windows": "the Windows Credential Manager",
}

STORAGE: Mapping[str, str] = {**JOURNALS, **SAVED_FILES, **KEYRINGS}
