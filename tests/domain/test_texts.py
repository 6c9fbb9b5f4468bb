"""A text that a lower room hands up: the same when it says the same, whole after a way between processes."""

import pickle

from desktop.domain.texts import Text


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
