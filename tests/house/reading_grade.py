"""How many years of school a sentence takes, by the formula of Flesch and Kincaid (1975)."""

import re

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_TAG = re.compile(r"<[^>]+>")
# Names that stand as they are: options and commands, file names, scopes, addresses. Each counts as one short word.
_NAME = re.compile(r"(?:--[a-z-]+|\b[A-Za-z_]+(?:[._][A-Za-z_]+)+\b|\bhttps?:\S+|\bZohoCRM\S*|\.[a-z]{2,5}\b)")
_ENDS = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")


def grade_of(text: str) -> float:
    """Return the grade of a text; a filled-in fact counts as a word of one syllable."""
    plain = _NAME.sub("x", _PLACEHOLDER.sub("x", _TAG.sub(" ", text)))
    sentences = [words for part in _ENDS.split(plain) if (words := _WORD.findall(part))]
    words = [word for part in sentences for word in part]
    if not words:
        return 0.0
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def words_of(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(_PLACEHOLDER.sub("x", _TAG.sub(" ", text))))


def syllables_of(word: str) -> int:
    """Count groups of vowels, without a silent e at the end."""
    bare = word.lower().rstrip("'’").removesuffix("'s")
    count = len(_VOWELS.findall(bare))
    if bare.endswith("e") and not bare.endswith(("le", "ee", "oe")) and count > 1:
        count -= 1
    if bare.endswith("ed") and not bare.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(count, 1)
