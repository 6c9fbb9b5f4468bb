"""Shared texts that go past the parser."""

import pytest

from desktop.sheets.raw_texts import texts_in


@pytest.mark.parametrize(
    ("piece", "texts"),
    [
        ("<si><t>a</t></si><si><t></t></si>", ["a", ""]),
        ('<si><t xml:space="preserve"> a &amp; &#x41;&#10;</t></si>', [" a & A\n"]),
        ("<si><t>a</t></si>\n<si><t/></si>\n<si><t>c</t></si>\n", ["a", "", "c"]),
        ("<si><r><rPr><b/><sz val='11'/></rPr><t>3652</t></r><r><t xml:space=\"preserve\">397 </t></r></si>", ["3652397 "]),
        ("<si><t>a</t><phoneticPr fontId='1'/></si>", ["a"]),
        ("<si><t>Ünï 漢</t></si>", ["Ünï 漢"]),
    ],
)
def test_texts_as_programs_write_them_are_read_at_once(piece: str, texts: list[str]) -> None:
    assert texts_in(piece) == texts


@pytest.mark.parametrize(
    "piece",
    [
        "<si><t>漢</t><rPh sb='0' eb='1'><t>かん</t></rPh></si>",
        "<si><t>a</t><t>b</t></si>",
        "<si><t>a<!-- --></t></si>",
        "<si><t><![CDATA[a]]></t></si>",
        "<si><t>a</t></si><!-- <si><t>b</t></si> -->",
        "<si><t>a</t></si><other/><si><t>b</t></si>",
        "<si/><si><t>b</t></si>",
        "<si><t>a\0b</t></si>",
        "<si><t>a\x0bb</t></si>",
        "<si><t>&nbsp;</t></si>",
        "<si><t>&#xD800;</t></si>",
        "<si><t>a ]]> b</t></si>",
        "<si><t>a</t>",
    ],
)
def test_texts_written_otherwise_are_left_to_the_parser(piece: str) -> None:
    assert texts_in("<si><t>first</t></si>" + piece) is None
