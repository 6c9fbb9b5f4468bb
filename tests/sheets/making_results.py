"""Make files of results as the program does: the use case puts them into words, the room of sheets writes them."""

from functools import partial

from desktop.application import result_books
from desktop.domain.result_tables import ENGLISH_WORDS, OUTCOME_COLUMNS, PROBLEM_COLUMNS
from desktop.sheets.results_sheet import write_book

OUTCOME_HEADERS = ENGLISH_WORDS.headings(OUTCOME_COLUMNS)
PROBLEM_HEADERS = ENGLISH_WORDS.headings(PROBLEM_COLUMNS)

write_results = partial(result_books.write_results, write_book)
write_problem_rows = partial(result_books.write_problem_rows, write_book)
write_findings = partial(result_books.write_findings, write_book)
