"""Draw docs/house.svg: the rooms of desktop/, floor by floor, and who imports whom.

The floors are those of the import contract in pyproject.toml, the arrows are the import statements in the sources, and a room's
caption is the first sentence of its docstring. An import that also follows from others on the way is not drawn, because the
picture would show nothing but lines; the number in a room counts all rooms that it imports.

``--check`` draws nothing and ends with 1 if the picture is out of date.
"""

import ast
import re
import sys
import textwrap
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "house.svg"
_CONTRACT = "Imports run downstairs only"
_WIDTH, _MARGIN = 1180, 24
_ABOVE_CAPTION, _BELOW_CAPTION, _LINE_HEIGHT = 38, 18, 13
_BETWEEN_FLOORS, _LONGEST_BEND = 82, 60
_GAP = 18
# A room that is alone on its floor stands at the right: in the middle, arrows that pass it would seem to begin or end there.
_ASIDE = 411
_IN_THE_MIDDLE = ("__main__", "domain")


@dataclass(frozen=True)
class Room:
    """A package of desktop/, or one of the modules beside them."""

    name: str
    caption: str
    imports: frozenset[str]


@dataclass(frozen=True)
class Place:
    """Where a room stands in the picture, and on which floor, counted from the top."""

    left: float
    width: float
    top: int
    height: int
    floor: int

    @property
    def middle(self) -> float:
        """Where the room's text is centred and its arrows begin."""
        return self.left + self.width / 2


def main() -> int:
    """Draw the picture, or compare it with the sources."""
    drawn = draw(floors(), rooms())
    if "--check" not in sys.argv[1:]:
        PICTURE.write_text(drawn, "utf-8")
        return 0
    if PICTURE.exists() and PICTURE.read_text("utf-8") == drawn:
        print("house: the picture shows the imports as they are")
        return 0
    print("docs/house.svg is out of date; draw it again with: python installer/setup/draw_house.py")
    return 1


def floors() -> list[list[str]]:
    """Return the rooms of each floor, the highest floor first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(contract["layers"] for contract in contracts if contract["name"] == _CONTRACT)
    return [[room.strip().removeprefix("desktop.") for room in layer.split("|")] for layer in layers]


def rooms() -> dict[str, Room]:
    """Return every room that stands on a floor, by its name."""
    names = [name for floor in floors() for name in floor]
    return {name: _room(name, frozenset(names)) for name in names}


def _room(name: str, names: frozenset[str]) -> Room:
    package = ROOT / "desktop" / name
    files = sorted(package.rglob("*.py")) if package.is_dir() else [package.with_suffix(".py")]
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    docstring = ast.get_docstring(trees[0]) or ""
    caption = _first_sentence(docstring)
    imported = {_room_of(module) for tree in trees for module in _imports_in(tree)}
    return Room(name, caption, frozenset(imported & names - {name}))


def _first_sentence(docstring: str) -> str:
    text = " ".join(docstring.partition("\n\n")[0].split()).replace("``", "")
    return re.split(r"(?<=[.?])\s", text, maxsplit=1)[0]


def _imports_in(tree: ast.Module) -> set[str]:
    """Return the modules of ours that a module imports; imports inside functions count, since they only happen later."""
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            # "from desktop import cli" names a room, "from desktop.cli import main" stands in one.
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    return {name for name in modules if name.startswith("desktop.")}


def _room_of(module: str) -> str:
    return module.split(".")[1]


def shown_imports(all_rooms: dict[str, Room]) -> list[tuple[str, str]]:
    """Return the imports to draw, as pairs: those that no way through another room implies."""
    below = {name: _reachable(name, all_rooms) for name in all_rooms}
    return sorted(
        (name, target)
        for name, room in all_rooms.items()
        for target in room.imports
        if not any(target in below[other] for other in room.imports - {target})
    )


def _reachable(name: str, all_rooms: dict[str, Room]) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        new = all_rooms[waiting.pop()].imports - reached
        reached |= new
        waiting += new
    return reached


def draw(on_floors: list[list[str]], all_rooms: dict[str, Room]) -> str:
    """Return the picture as SVG."""
    places: dict[str, Place] = {}
    top = _MARGIN
    for floor in on_floors:
        sides = {name: _sides(name, number, len(floor)) for number, name in enumerate(floor)}
        lines_needed = max(len(_wrapped(all_rooms[name].caption, width)) for name, (_, width) in sides.items())
        tall = _ABOVE_CAPTION + lines_needed * _LINE_HEIGHT + _BELOW_CAPTION
        places |= {name: Place(left, width, top, tall, on_floors.index(floor)) for name, (left, width) in sides.items()}
        top += tall + _BETWEEN_FLOORS
    height = top - _BETWEEN_FLOORS + _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
        ' font-family="sans-serif">',
        "<title>The rooms of desktop/ and who imports whom</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" fill="#5B6570"/></marker></defs>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#FFFFFF"/>',
    ]
    lines += [_arrow(places[start], places[end]) for start, end in shown_imports(all_rooms)]
    lines += [line for name, place in places.items() for line in _box(all_rooms[name], place)]
    return "\n".join([*lines, "</svg>", ""])


def _sides(name: str, number: int, count: int) -> tuple[float, float]:
    """Return the left edge and the width of a room that is one of ``count`` on its floor."""
    width = min(250.0, (_WIDTH - 2 * _MARGIN - _GAP * (count - 1)) / count)
    left = (_WIDTH - count * width - _GAP * (count - 1)) / 2
    if count == 1 and name not in _IN_THE_MIDDLE:
        left += _ASIDE
    return round(left + number * (width + _GAP), 1), round(width, 1)


def _wrapped(caption: str, width: float) -> list[str]:
    return textwrap.wrap(caption, int(width / 6.2))


def _arrow(start: Place, end: Place) -> str:
    """Draw a line from the foot of one room to the head of another, bent so that lines between floors keep apart."""
    x1, y1 = start.middle, start.top + start.height
    x2, y2 = end.middle, end.top - 2
    # The lines that end at one room come in side by side, in the order of the rooms that they come from.
    x2 += max(-end.width / 2 + 16, min(end.width / 2 - 16, (x1 - x2) * 0.18))
    bend = min(_LONGEST_BEND, (y2 - y1) * 0.6)
    # A line that passes a floor goes down first and aside below it, or it would run behind a room that stands there.
    first = y2 - y1 - bend if end.floor - start.floor > 1 else bend
    return (
        f'<path d="M{x1:.0f} {y1} C{x1:.0f} {y1 + first:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2}" fill="none" stroke="#5B6570"'
        ' stroke-width="1.4" stroke-opacity="0.75" marker-end="url(#tip)"/>'
    )


def _box(room: Room, place: Place) -> list[str]:
    middle, top = place.middle, place.top
    lines = [
        f'<rect x="{place.left}" y="{top}" width="{place.width}" height="{place.height}" rx="8" fill="#F3F7FC"'
        ' stroke="#0B5CAD"/>',
        f'<text x="{middle:.1f}" y="{top + 21}" font-size="15" font-weight="bold" text-anchor="middle" fill="#1B1F24">'
        f"{escape(room.name)}</text>",
        f'<text x="{middle:.1f}" y="{top + place.height - 8}" font-size="10.5" text-anchor="middle" fill="#505A66">'
        f"imports {len(room.imports)} of the others</text>",
    ]
    lines += [
        f'<text x="{middle:.1f}" y="{top + _ABOVE_CAPTION + _LINE_HEIGHT * number}" font-size="11" text-anchor="middle"'
        f' fill="#1B1F24">{escape(text)}</text>'
        for number, text in enumerate(_wrapped(room.caption, place.width))
    ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
