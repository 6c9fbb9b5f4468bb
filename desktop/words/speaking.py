"""The language that this process speaks.

It is chosen once, before the first sentence, and asked for everywhere; handing it to each of a hundred widgets would say
nothing that a reader does not know. Until somebody chooses, it is English.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.texts import Fact, Text
from desktop.words.language import Language
from desktop.words.sentences import SENTENCES

_spoken = Language(sentences=SENTENCES)


def language() -> Language:
    """Return the language that is spoken now."""
    return _spoken


def speak(chosen: Language) -> None:
    """From here on, say everything in this language."""
    global _spoken
    _spoken = chosen


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Speak another language for a while: English for what programs read."""
    before = language()
    speak(chosen)
    try:
        yield
    finally:
        speak(before)


def say(sentence: str, /, **facts: Fact) -> str:
    """An English sentence, written where it is said, in the language that is spoken: ``say("{name} is open.", name=…)``."""
    return _spoken.say(sentence, **facts)


def say_as(context: str, sentence: str, /, **facts: Fact) -> str:
    """The same for words that mean several things in English: ``say_as("what is about to be done", "Put back")``."""
    return _spoken.say_as(context, sentence, **facts)


def say_count(one: str, many: str, n: int, /, **facts: Fact) -> str:
    """The same for a number, which stands in the sentence as ``{n}``: ``say_count("{n} link", "{n} links", 5)``."""
    return _spoken.say_count(one, many, n, **facts)


def say_text(text: Text | str) -> str:
    """A sentence that a lower room asked for by name. What is text already stays as it is."""
    return _spoken.say_text(text)
