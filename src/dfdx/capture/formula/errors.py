"""Errors in a typed formula: what is wrong, a caret under the place, what to write instead.

The caret counts columns as a terminal shows them: a wide letter takes two, an
accent takes none. A long formula is shown as the stretch around the place.
"""

from ...errors import FormulaError

MARGIN = 30  # how many characters are shown on either side of the place


def mistake(text, start, end, message, hint=""):
    """The error that points at text[start:end]; `place` on it is `(start, end)`.

    >>> print(mistake("x^2 +", 5, 5, "a term is missing here", "write x^2 + 1"))
    a term is missing here
        x^2 +
             ^
    write x^2 + 1
    """
    lines = [message, *(pointed(text, start, end) if text.strip() else ())]
    if hint:
        lines.append(hint)
    error = FormulaError("\n".join(lines))
    error.place = (start, end)
    return error


def pointed(text, start, end):
    """Two lines: the formula (or the stretch around the place), and carets under text[start:end]."""
    first = max(0, start - MARGIN)
    last = min(len(text), max(end, start + 1) + MARGIN, start + 2 * MARGIN)
    left, right = "…" if first else "", "…" if last < len(text) else ""
    before = left + shown(text[first:start])
    under = shown(text[start : min(end, last)])
    line = before + under + shown(text[min(max(end, start), last) : last]) + right
    carets = " " * width(before) + "^" * max(1, width(under))
    return [f"    {line}".rstrip(), f"    {carets}"]


def shown(text):
    """The text with every control character, tab or line break as a space.

    >>> shown("x\\n+\\t1")
    'x + 1'
    """
    return "".join(c if c.isprintable() else " " for c in text)


def width(text):
    """The number of columns that a terminal gives the text.

    >>> width("αx"), width("日本"), width("e\\u0301")
    (2, 4, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def nearest(word, names):
    """Up to two names that the word may have been meant to be, best first.

    >>> nearest("sine", ["cos", "sin", "sinh"])
    ['sin', 'sinh']
    """
    from difflib import get_close_matches

    return get_close_matches(word, names, n=2, cutoff=0.65)
