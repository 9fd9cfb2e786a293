"""Objects and traced numbers on their way into text.

Text is for people, and nothing is differentiated through it. A traced number gives the
digits of its value, and the tape notes that a number could have left the trace that way.
"""

from ..graph import Operand


class Digits(str):
    """A traced number as text, of which it is known which number it is."""

    __slots__ = ("number",)

    def __new__(cls, text, number):
        made = super().__new__(cls, text)
        made.number = number
        return made

    def __reduce__(self):
        return str, (str(self),)


class Shown:
    """An object of the user's as text: its own `__format__`, `__str__` and `__repr__`, followed."""

    __slots__ = ("protocols", "x")

    def __init__(self, protocols, x):
        self.protocols = protocols
        self.x = x

    def __repr__(self):
        text = self.protocols.ask(self.x, "__repr__")
        return repr(self.x) if text is NotImplemented else text

    def __str__(self):
        text = self.protocols.ask(self.x, "__str__")
        if text is not NotImplemented:
            return text
        plainly = type(self.x).__str__ is not object.__str__
        return str(self.x) if plainly else repr(self)

    def __format__(self, spec):
        text = self.protocols.ask(self.x, "__format__", spec)
        if text is not NotImplemented:
            return text
        return format(self.x, spec) if spec else str(self)


def seen(x):
    """x with its traced numbers as plain ones, also in lists, tuples and dicts."""
    if isinstance(x, Operand):
        x = getattr(x, "content", x)
        return x._seen("text") if isinstance(x, Operand) else x
    if type(x) in (list, tuple):
        return type(x)(seen(v) for v in x)
    if type(x) is dict:
        return {seen(k): seen(v) for k, v in x.items()}
    return x


def as_text(x, protocols):
    """What stands right of `text % x`: a tuple of values, a mapping, or one value."""
    if isinstance(x, tuple):
        return tuple([protocols.shown(seen(v)) for v in x])
    if hasattr(type(x), "__getitem__") and not isinstance(x, Operand):
        return seen(x)
    return protocols.shown(seen(x))
