"""Decide what goes into the packaged program and what stays out: rules on names, for the spec and the checks after it."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The parts of Qt that we use. Any other one in the package is a mistake; some must not be shipped under the LGPL.
QT_LIBRARIES = frozenset(
    {"Core", "Gui", "Widgets", "Svg", "Network", "DBus", "OpenGL", "XcbQpa", "WaylandClient", "WlShellIntegration"}
)
QT_PLUGINS = frozenset(
    {
        *("platforms/xcb", "platforms/wayland", "platforms/offscreen"),
        *("platforms/windows", "platforms/cocoa", "styles/modernwindowsstyle", "styles/windowsvistastyle", "styles/macstyle"),
        *("platforminputcontexts/composeplatforminputcontext", "platforminputcontexts/ibusplatforminputcontext"),
        *("platformthemes/xdgdesktopportal", "iconengines/svgicon"),
        *("imageformats/svg", "imageformats/ico", "imageformats/jpeg", "imageformats/gif"),
        *("xcbglintegrations/xcb-egl-integration", "xcbglintegrations/xcb-glx-integration"),
        *("wayland-shell-integration/xdg-shell", "wayland-decoration-client/adwaita", "wayland-decoration-client/bradient"),
        *("tls/opensslbackend", "tls/schannelbackend", "tls/securetransportbackend", "tls/certonlybackend"),
        *("networkinformation/networklistmanager", "networkinformation/scnetworkreachability"),
        "networkinformation/networkmanager",
    }
)
# English needs no catalogue; its numbers and dates are written as in Britain.
LANGUAGES = ("en", "en_GB", *sorted(path.stem for path in (ROOT / "resources" / "translations").glob("*.mo")))

_PLUGIN = re.compile(r"plugins/([\w-]+)/(?:lib)?q?([\w-]+?)\.(?:so|dll|dylib)$")
_TRANSLATION = re.compile(r"PySide6/.*translations/(\w+?)_([a-z]{2}(?:_[A-Z]{2})?)\.qm$")
_BABEL_DATA = re.compile(r"(?:^|/)babel/locale-data/(\w+)\.dat$")
# The software renderer of 20 MB, and libraries that only left-out plugins would need.
_USELESS = re.compile(
    r"""(^|/)(opengl32sw|d3dcompiler_\d+)\.dll$
    |(^|/)lib(gtk-3|gdk-3|gdk_pixbuf-2\.0|atk-1\.0|atk-bridge-2\.0|atspi|pango-1\.0|pangocairo-1\.0|pangoft2-1\.0|cairo|cairo-gobject
      |pixman-1|epoxy|graphite2|fribidi|thai|datrie|Xcomposite|Xcursor|Xdamage|Xinerama|Xrandr|Xi|gio-2\.0|gmodule-2\.0
      |gobject-2\.0|mount|blkid|selinux|jpeg|Qt6Egl\w+|tiff|webp\w*|sharpyuv|deflate|Lerc|jbig|cups)(\.so|-)""",
    re.VERBOSE,
)


def belongs(name: str, languages: Collection[str] = LANGUAGES) -> bool:
    """True if a file that the analysis found is needed; ``name`` is its place in the package.

    Qt's dialog texts and Babel's data exist in hundreds of languages; only those of ours are packed.
    """
    name = name.replace("\\", "/")
    if _USELESS.search(name):
        return False
    if plugin := plugin_of(name):
        return plugin in QT_PLUGINS
    if translation := _TRANSLATION.search(name):
        return translation[1] == "qtbase" and translation[2] in languages
    if data := _BABEL_DATA.search(name):
        return data[1] in set(babel_data_of(languages))
    return True


def babel_data_of(languages: Collection[str]) -> Iterator[str]:
    """Yield the names of Babel's data for these languages and all that they inherit from ("en_GB", "en_001", "en", "root")."""
    from babel.core import get_global

    parents = get_global("parent_exceptions")
    for name in languages:
        while name:
            yield name
            name = parents.get(name) or name.rpartition("_")[0]
    yield "root"


def plugin_of(name: str) -> str | None:
    """Return ``platforms/xcb`` for a plugin of Qt, else None."""
    match = _PLUGIN.search(name.replace("\\", "/")) if "plugins/" in name.replace("\\", "/") else None
    return f"{match[1]}/{match[2]}" if match else None


def qt_library_of(name: str) -> str | None:
    """Return ``Core`` for libQt6Core.so.6, Qt6Core.dll or QtCore.framework's library, else None."""
    file = name.replace("\\", "/").rpartition("/")[2]
    match = re.fullmatch(r"(?:lib)?Qt6?([A-Z]\w*?)(?:\.so\.\d+(?:\.\d+)*|\.dll|\.dylib)?", file)
    return match[1] if match and not file.endswith((".so", ".pyd", ".py", ".pyi")) else None


def resources() -> list[tuple[str, str]]:
    """List every file of resources/ that the program reads, as (file, folder in the package)."""
    files = []
    for path in sorted((ROOT / "resources").rglob("*")):
        place = path.relative_to(ROOT)
        made_from = path.suffix in (".py", ".po", ".pot", ".pyc") or "__pycache__" in place.parts
        if path.is_file() and not made_from and place.parts[1:2] != ("screenshots",) and place.parts[1:3] != ("icons", "app"):
            files.append((str(path), place.parent.as_posix()))
    return files


def licences_in(package: Path) -> Path:
    """Return the folder of licence texts inside a packaged program, on any system."""
    notice = next(package.rglob("resources/licences/NOTICE.txt"), None)
    if notice is None:
        raise SystemExit(f"{package} holds no packaged program")
    return notice.resolve().parent
