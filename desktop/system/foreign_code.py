"""Drop settings of others that would load code into this program, before the library that obeys them is loaded.

OpenSSL reads its configuration when it is first used. That can name modules to load, which then see every key. The system's own
configuration stays: an administrator wrote it. On Windows there is none that only administrators can write, so OpenSSL gets an
empty one there.
"""

import os
import sys

_OPENSSL = ("OPENSSL_CONF", "OPENSSL_CONF_INCLUDE", "OPENSSL_MODULES", "OPENSSL_ENGINES")


def leave_out_foreign_code() -> None:
    """Call before anything is imported that uses OpenSSL, ``hashlib`` included."""
    for name in _OPENSSL:
        os.environ.pop(name, None)
    if sys.platform == "win32":
        os.environ["OPENSSL_CONF"] = os.devnull
