"""Why the system did not let a file be read or written: clauses behind a colon or in brackets (domain/system_reasons.py)."""

from collections.abc import Mapping

SYSTEM_REASONS: Mapping[str, str] = {
    "address-in-use": "address already in use",
    "device-is-busy": "device or resource busy",
    "disk-fails": "input/output error",
    "disk-is-read-only": "read-only file system",
    "disk-error": "the disk reported an error",
    "file-cannot-be-written": "it cannot be written",
    "file-exists": "file exists",
    "file-name-too-long": "file name too long",
    "file-too-large": "file too large",
    "folder-cannot-be-made": "the folder cannot be made",
    "path-is-a-folder": "is a directory",
    "path-is-no-folder": "not a directory",
    "no-space-left": "no space left on device",
    "path-leads-nowhere": "no such file or directory",
    "nobody-listens": "connection refused",
    "not-permitted": "operation not permitted",
    "permission-denied": "permission denied",
    "quota-used-up": "disk quota exceeded",
    "too-many-open-files": "too many open files",
    "used-by-another-program": "another program is using it",
}
