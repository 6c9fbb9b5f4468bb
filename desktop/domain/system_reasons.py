"""Why the system did not let a file be read or written, as a text in the user's language.

The system tells the reason in its own language, or in English, whatever language the program speaks. So the usual reasons
are known here by their numbers; the others stay in the system's words.
"""

import errno

from desktop.domain.texts import Text

_BY_NUMBER = {
    errno.EACCES: "permission-denied",
    errno.EADDRINUSE: "address-in-use",
    errno.EBUSY: "device-is-busy",
    errno.ECONNREFUSED: "nobody-listens",
    errno.EDQUOT: "quota-used-up",
    errno.EEXIST: "file-exists",
    errno.EFBIG: "file-too-large",
    errno.EIO: "disk-fails",
    errno.EISDIR: "path-is-a-folder",
    errno.EMFILE: "too-many-open-files",
    errno.ENAMETOOLONG: "file-name-too-long",
    errno.ENFILE: "too-many-open-files",
    errno.ENOENT: "path-leads-nowhere",
    errno.ENOSPC: "no-space-left",
    errno.ENOTDIR: "path-is-no-folder",
    errno.EPERM: "not-permitted",
    errno.EROFS: "disk-is-read-only",
}
# Windows has numbers of its own for what Python's table of error numbers makes one of.
_BY_NUMBER_OF_WINDOWS = {32: "used-by-another-program", 33: "used-by-another-program", 39: "no-space-left", 112: "no-space-left"}


def reason_of(exc: OSError, unknown: str = "disk-error") -> Text | str:
    """The reason as a clause; ``unknown`` names the sentence where the system gives none."""
    name = _BY_NUMBER_OF_WINDOWS.get(getattr(exc, "winerror", None) or 0) or _BY_NUMBER.get(exc.errno or 0)
    return Text(name) if name is not None else exc.strerror or Text(unknown)
