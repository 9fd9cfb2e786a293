"""What the output can show: how wide it is, whether it knows signs and colours."""

import os
import sys


class Terminal:
    """Where the answer goes: width in columns, the style of its text, whether colours and pictures."""

    __slots__ = ("colour", "picture", "style", "width")

    def __init__(self, width=80, style="unicode", colour=False, picture=True):
        self.width = width
        self.style = style
        self.colour = colour
        self.picture = picture

    def bold(self, text):
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def dim(self, text):
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def sign(self, unicode, ascii):
        """One of two ways to write a sign."""
        return unicode if self.style == "unicode" else ascii


def terminal(plain=False):
    """The Terminal of standard output; `plain` asks for letters and digits only."""
    stream = sys.stdout
    encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "")
    style = "unicode" if encoding.startswith("utf") and not plain else "ascii"
    shown = bool(getattr(stream, "isatty", lambda: False)())
    calm = plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Terminal(_width(), style, shown and not calm, not plain)


def _width():
    """The columns of the terminal, at most 100: a wider picture is no better."""
    try:
        columns = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(1).columns
    except (OSError, ValueError):
        columns = 80
    return min(max(columns, 40), 100)
