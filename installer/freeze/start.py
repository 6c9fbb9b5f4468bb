"""Start the packaged program: PyInstaller runs this file."""

import os
import sys

# These variables lead the loader and Qt to our own libraries. Programs that we start (LibreOffice for results, the browser
# for a sign-in) must not inherit them. This process has read them already, and Qt finds its plugins beside its libraries.
if sys.platform in ("linux", "win32"):
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        original = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if original is not None:
            os.environ[name] = original

try:
    from desktop.__main__ import main
except KeyboardInterrupt:  # Ctrl-C before the program can handle it itself
    sys.exit(130)

sys.exit(main())
