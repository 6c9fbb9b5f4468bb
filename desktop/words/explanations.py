"""What people are told about something that went wrong or needs them: a title, why, and what to do."""

from dataclasses import dataclass

from desktop.domain.texts import Fact
from desktop.words.speaking import language


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title of a few words, one sentence why, one sentence what to do (empty: nothing).

    In the tables of this room the three are English and may name facts in braces; :meth:`said` gives them in the language
    of the process.
    """

    title: str
    why: str
    what_to_do: str = ""

    def said(self, **facts: Fact) -> "Explanation":
        """The same in the language that is spoken, with the facts filled in."""
        spoken = language()
        return Explanation(*(spoken.say(part, **facts) for part in (self.title, self.why, self.what_to_do)))

    def in_one_line(self) -> str:
        """Why, then what to do, for a place with one line."""
        return " ".join(part for part in (self.why, self.what_to_do) if part)

    def whole(self) -> str:
        """All three as sentences in a row: for a screen reader, and for lines of text."""
        return f"{self.title}. {self.in_one_line()}"
