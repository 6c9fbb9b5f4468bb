"""The error values of spreadsheets, by name in any language and by number."""

import pytest

from desktop.sheets.error_values import UNNAMED, is_error, named_by


@pytest.mark.parametrize(
    "text",
    [
        *["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA"],
        *["#PYTHON!", "#BUSY!", "#EXTERNAL!", "#UNKNOWN!", "#CONNECT!", "#BLOCKED!", "#FIELD!", "#CALC!", "#SPILL!", "#ERROR!"],
        *["#NV", "#BEZUG!", "#ÜBERLAUF!", "#¡VALOR!", "#¿NOMBRE?", "#ССЫЛКА!", "Err:502"],
        "#NOM ?",
        "#DIV/0 !",
        " #python! ",
    ],
)
def test_an_error_is_recognised_in_every_spelling(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize("text", ["", "#", "#1", "#3652397000000925128", "#urgent", "N/A", "#N/A, see below", "#!", "Err: none"])
def test_other_texts_are_no_errors(text: str) -> None:
    assert not is_error(text)


def test_a_number_of_no_known_error_becomes_the_unknown_error() -> None:
    assert [named_by(number) for number in (0x2A, 0x2B, 0x99)] == ["#N/A", "#GETTING_DATA", UNNAMED]
