"""What LaTeX and MathML share: fractions stand upright, exponents and roots need no brackets."""

from .layout import ATOM, POWER, PRODUCT, SUM, Piece, Writer
from .names import RAISED, WORDS, operation_name, plain_number

FRACTION = PRODUCT + 0.5  # needs brackets as the base of a power only


class Stacked(Writer):
    """Products, fractions, powers and roots; subclasses say how each is marked up."""

    minus = "-"

    def signed(self, text):
        return self.minus + text

    def number(self, value):
        digits = plain_number(value)
        mantissa, _, exponent = digits.partition("e")
        bare = self.figures(mantissa.lstrip("-"))
        if exponent:
            ten = self.script(self.figures("10"), self.number(int(exponent)).text)
            bare = self.product(bare, ten, dot=True)
        if digits.startswith("-"):
            return Piece(self.signed(bare), PRODUCT, opposite=bare)
        return Piece(bare, PRODUCT if exponent else ATOM)

    def multiply(self, a, b):
        left = self.at_least(a, PRODUCT)
        right = self.right(b, FRACTION)
        dot = b.level == FRACTION or self.begins_with_digit(right)
        opposite = None
        if a.opposite is not None and a.level >= PRODUCT:
            opposite = self.product(a.opposite, right, dot)
        return Piece(self.product(left, right, dot), PRODUCT, opposite)

    def divide(self, a, b):
        if a.opposite is not None:
            text = self.fraction(a.opposite, b.text)
            return Piece(self.signed(text), PRODUCT, opposite=text)
        return Piece(self.fraction(a.text, b.text), FRACTION)

    def power(self, a, b):
        if a.head is not None and b.level == ATOM and is_integer(b.text):
            return Piece(self.script(a.head, b.text) + a.tail, POWER)
        return Piece(self.script(self.at_least(a, ATOM), b.text), POWER)

    def call(self, op, parts):
        name = operation_name(op)
        head = self.function(op, WORDS.get(name, name))
        tail = self.arguments([p.text for p in parts])
        return Piece(head + tail, ATOM, head=head if op.name in RAISED else None, tail=tail)

    def ordered(self, op, letter, order, x):
        """J with its order below."""
        return Piece(self.below(letter, order.text) + self.arguments([x.text]))

    def remainder(self, a, b):
        text = self.joined(self.at_least(a, PRODUCT), "mod", self.right(b, POWER))
        return Piece(text, SUM)


def is_integer(text):
    """Whether the text is a positive integer, marked up or not.

    >>> is_integer("2"), is_integer("<mn>12</mn>"), is_integer("x")
    (True, True, False)
    """
    return text.removeprefix("<mn>").removesuffix("</mn>").isdecimal()
