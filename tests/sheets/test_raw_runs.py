"""Most of a part goes past the parser, which judges the rest as it would judge the whole."""

import io
from collections.abc import Callable

import pytest

from desktop.sheets.raw_runs import RepeatedElements, pieces_past, resolved
from desktop.sheets.xml_stream import EntitiesFound, Tree, XmlDamaged, parse_pieces, placed_parser_inside

_TREE: Tree = {"list": {"one": {}}}
_ONES = "".join(f"<one n='{number}'/>" for number in range(4000))
_AROUND = "<root xmlns='a'>{}</root>"


def seen(text: str, take: Callable[[str], bool]) -> list[str]:
    """Return the numbers that the parser reports."""
    numbers: list[str] = []
    parser, is_inside = placed_parser_inside(
        _TREE, ("list",), lambda name, attributes: numbers.append(attributes["n"]) if name == "one" else None, lambda _: None
    )
    stream = io.BytesIO(text.encode())
    for _ in parse_pieces(parser, pieces_past(stream, RepeatedElements(b"<one ", b"list", is_inside, take))):
        pass
    return numbers


def taken_of(text: str) -> tuple[str, list[str]]:
    """Return what goes past the parser, and the numbers that the parser still reports."""
    taken: list[str] = []

    def take(piece: str) -> bool:
        taken.append(piece)
        return True

    numbers = seen(text, take)
    return "".join(taken), numbers


def test_elements_go_past_the_parser_which_sees_what_is_around_them() -> None:
    before, below = "<other><other/></other>", "<other/><list><one n='y'/></list>"
    assert taken_of(_AROUND.format(f"{before}<list>{_ONES}</list>{below}")) == (_ONES, ["y"])


def test_elements_that_are_not_accepted_go_to_the_parser() -> None:
    assert seen(_AROUND.format(f"<list>{_ONES}</list>"), lambda _: False) == [str(number) for number in range(4000)]


@pytest.mark.parametrize(
    "text",
    [
        f"<root xmlns='b'><a:list xmlns:a='b' xmlns='c'>{_ONES}</a:list></root>",
        f"<b:root xmlns:b='b'><b:list>{_ONES}</b:list></b:root>",
        f"<root xmlns='b'><list><other>{_ONES}</other></list></root>",
        f"<root xmlns='b'><list/><other>{_ONES}</other></root>",
        f"<root xmlns='b'><!-- <list> -->{_ONES}</root>",
        f"<root xmlns='b'><list xmlns='c'>{_ONES}</list></root>",
    ],
)
def test_elements_in_another_place_or_namespace_are_not_offered(text: str) -> None:
    assert taken_of(text) == ("", [])


@pytest.mark.parametrize("opening", ["<!--", "<![CDATA[", "<?more "])
def test_nothing_is_offered_from_a_comment_on(opening: str) -> None:
    closing = {"<!--": "-->", "<![CDATA[": "]]>", "<?more ": "?>"}[opening]
    taken: list[str] = []

    def take(piece: str) -> bool:
        taken.append(piece)
        return opening not in piece

    numbers = seen(_AROUND.format(f"<list>{_ONES}{opening}{_ONES}{_ONES}{_ONES}{_ONES}{closing}{_ONES}</list>"), take)
    past = "".join(piece for piece in taken if opening not in piece).count("<one ")
    assert numbers == [*map(str, range(past, 4000)), *map(str, range(4000))], "all but those that were taken before it"


def test_declarations_and_damage_are_still_reported() -> None:
    with pytest.raises(EntitiesFound):
        taken_of("<!DOCTYPE root []>" + _AROUND.format(f"<list>{_ONES}</list>"))
    with pytest.raises(XmlDamaged):
        taken_of(_AROUND.format(f"<list>{_ONES}</lost>"))
    with pytest.raises(XmlDamaged):
        taken_of(f"<root xmlns='a'><list>{_ONES}")


def test_other_encodings_are_left_to_the_parser() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?>' + _AROUND.format(f"<list>{_ONES}</list>")
    assert taken_of(text) == ("", [str(number) for number in range(4000)])


def test_references_are_replaced_by_their_characters() -> None:
    assert resolved("a &lt;&gt;&quot;&apos;&amp;amp; &#xe4;&#228;") == "a <>\"'&amp; ää"
