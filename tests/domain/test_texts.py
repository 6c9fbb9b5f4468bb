"""A text that a lower room hands up: the same when it says the same, whole after a way between processes."""

import pickle

from desktop.domain.texts import Fact, Text, chained


def test_texts_are_equal_when_they_say_the_same() -> None:
    assert Text("file-in-use", name="a.xlsx") == Text("file-in-use", name="a.xlsx")
    assert Text("file-in-use", name="a.xlsx") != Text("file-in-use", name="b.xlsx")
    assert Text("file-in-use") != "file-in-use"
    assert len({Text("limit", rows=3), Text("limit", rows=3), Text("limit", rows=4)}) == 2


def test_a_text_comes_whole_out_of_another_process() -> None:
    text = Text("outer", inner=Text("inner", n=3), names=("a", Text("b")))
    assert pickle.loads(pickle.dumps(text))  # noqa: S301 (written by this line) == text


def test_a_text_names_itself_and_what_is_inside_it() -> None:
    text = Text("outer", inner=Text("inner", n=3), names=("a", Text("last")))
    assert list(text.named()) == ["outer", "inner", "last"]
    assert repr(Text("limit", rows=3)) == "Text('limit', rows=3)"


def test_many_parts_are_chained_in_their_order_and_never_deep() -> None:
    assert chained("and", [Text("only")]) == Text("only")
    assert _parts_and_depth(chained("and", ["a", "b", "c"])) == (["a", "b", "c"], 3)
    numbers = [str(number) for number in range(5000)]
    assert _parts_and_depth(chained("and", numbers)) == (numbers, 14)


def _parts_and_depth(text: Fact) -> tuple[list[str], int]:
    if not isinstance(text, Text):
        return [str(text)], 1
    (first, before), (second, behind) = map(_parts_and_depth, text.facts.values())
    return first + second, 1 + max(before, behind)
