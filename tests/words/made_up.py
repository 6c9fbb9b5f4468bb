"""A made-up language: every sentence is the English one behind a tilde, so that nothing can be read by its English words."""

from gettext import NullTranslations

from desktop.words.language import Language
from desktop.words.sentences import SENTENCES

MARK = "~"


class Tilde(NullTranslations):
    """The catalogue of the made-up language."""

    def gettext(self, message: str) -> str:
        return MARK + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return MARK + (msgid1 if n == 1 else msgid2)


MADE_UP = Language("nl", Tilde(), SENTENCES)
