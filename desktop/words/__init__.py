"""Every sentence that a person reads, in each language that the program speaks.

Window, command line and workbook say what they say through this room.

The rooms above (the window and the command line) write a sentence where they say it, in English, through :func:`say` and
:func:`say_count`. The rooms below hand up a :class:`desktop.domain.texts.Text` or a code, and the tables of this room have
the English sentence for it. The English sentence is what the catalogues in ``resources/translations`` are looked up by.

:mod:`language` puts one sentence into one language, :mod:`speaking` keeps the language of this process, :mod:`catalogues`
finds the languages there are. TRANSLATING.md tells how another one is added.
"""

from desktop.words.explanations import Explanation
from desktop.words.language import Plural
from desktop.words.speaking import language, say, say_as, say_count, say_text, speak

__all__ = ["Explanation", "Plural", "language", "say", "say_as", "say_count", "say_text", "speak"]
