"""The packaged program starts here."""

import os
import sys

# What leads the loader and Qt to our own libraries must not lead other programs there: a results workbook opens in
# LibreOffice, a sign-in in the browser. This process has read it already, and Qt finds its plugins beside its libraries.
if sys.platform in ("linux", "win32"):
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before

try:
    from desktop.__main__ import main
except KeyboardInterrupt:  # Ctrl-C before the program can look after it itself
    sys.exit(130)

sys.exit(main())
