"""What the columns and worksheets of results are called, and what is told of results that are opened as a sheet."""

from collections.abc import Mapping

from desktop.domain.result_tables import ResultColumn, ResultSheet, ResultWords
from desktop.domain.texts import Text
from desktop.words.language import Language, Plural

RESULTS: Mapping[str, str | Plural] = {
    "result-column-row": "Row",
    "result-column-outcome": "Outcome",
    "result-column-problem": "Problem",
    "result-column-found": "In Zoho now",
    "result-column-parent-name": "Parent name",
    "result-column-related-name": "Related name",
    "result-column-cause": "Cause",
    "result-column-what-to-do": "What to do",
    "result-column-code": "Code",
    "result-column-run": "Run",
    "result-column-time": "Time",
    "result-column-address": "Record address",
    "result-sheet-summary": "Summary",
    "result-sheet-all-rows": "All rows",
    "result-sheet-to-fix": "To fix",
    "result-sheet-not-put-back": "Not put back",
    "result-sheet-problem-rows": "Problem rows",
    "result-sheet-found": "In Zoho now",
}


def result_words(language: Language) -> ResultWords:
    """How columns and worksheets of results are called in a language."""
    return ResultWords(
        {column: language.say_text(_named("column", column)).strip() for column in ResultColumn},
        {sheet: language.say_text(_named("sheet", sheet)).strip() for sheet in ResultSheet},
    )


def _named(kind: str, code: str) -> Text:
    return Text(f"result-{kind}-{code.replace('_', '-')}")
