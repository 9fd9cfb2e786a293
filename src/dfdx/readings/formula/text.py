"""A graph as a line of text: `x² · sin(x)`, or in plain ASCII `x^2 * sin(x)`, which parses back."""

from ...numbers import Known
from .layout import (
    ATOM,
    COMPARE,
    LIMIT,
    POWER,
    PRODUCT,
    SUM,
    Piece,
    Writer,
    parts_of_name,
    written,
)
from .names import (
    ASCII_KNOWN,
    GREEK,
    LETTERS,
    RAISED,
    WORDS,
    array_name,
    operation_name,
    plain_number,
)

UP = str.maketrans("0123456789−abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Text(Writer):
    """The notation with the signs of mathematics: · − ² √."""

    times, over, minus = "·", "/", "−"

    def group(self, text):
        return f"({text})"

    def joined(self, a, sign, b):
        return f"{a} {sign} {b}"

    def signed(self, text):
        return self.minus + text

    def left_out(self):
        return Piece("…")

    def number(self, value):
        return self._digits(plain_number(value))

    def _digits(self, digits):
        level = ATOM
        mantissa, _, exponent = digits.partition("e")
        if exponent:
            digits = f"{mantissa}·10{str(int(exponent)).replace('-', '−').translate(UP)}"
            level = PRODUCT
        digits = digits.replace("inf", "∞")
        if digits.startswith("-"):
            return Piece(self.minus + digits[1:], PRODUCT, opposite=digits[1:])
        return Piece(digits, level)

    def constant(self, value):
        if isinstance(value, Known):
            return Piece(value.text, PRODUCT if "/" in value.text or " " in value.text else ATOM)
        if getattr(value, "shape", ()) or isinstance(value, (list, tuple)):
            return Piece(array_name(value))
        return self.number(value)

    def variable(self, name):
        base, below = parts_of_name(name)
        base = GREEK.get(base, base)
        if below.isdecimal():
            return Piece(base + below.translate(DOWN))
        return Piece(f"{base}_{below}" if below else base)

    def multiply(self, a, b):
        right = self.right(b, POWER)
        left = self.at_least(a, PRODUCT)
        if a.quotient:
            left = self.group(a.text)
        wide = a.wide if a.level == PRODUCT and not a.quotient else a.text
        wide = wide if a.level >= PRODUCT else self.group(wide)
        return self._product(f"{left}{self.times}{right}", f"{wide} {self.times} {right}", a)

    def divide(self, a, b):
        right = self.right(b, POWER)
        left = self.at_least(a, PRODUCT)
        wide = f"{left} {self.over} {right}"
        if a.quotient:
            left = self.group(a.text)
        piece = self._product(f"{left}{self.over}{right}", wide, a)
        piece.quotient = True
        return piece

    def _product(self, text, wide, first):
        if first.opposite is not None and text.startswith(self.minus):
            return Piece(text, PRODUCT, opposite=text[len(self.minus) :], wide=wide)
        return Piece(text, PRODUCT, wide=wide)

    def power(self, a, b):
        up = self.raised(b)
        if up and a.head and b.opposite is None and b.text.isdecimal():
            return Piece(f"{a.head}{up}{a.tail}", POWER)
        base = self.at_least(a, ATOM)
        if up:
            return Piece(base + up, POWER)
        bare = b.text.replace(".", "").replace("_", "").isalnum()
        exponent = b.text if bare and b.level == ATOM else self.group(b.text)
        return Piece(f"{base}^{exponent}", POWER)

    def raised(self, piece):
        """The exponent in raised figures, where they exist: an integer, a letter."""
        bare = piece.opposite if piece.opposite is not None else piece.text
        if bare.isascii() and (
            bare.isdecimal() or (len(bare) == 1 and bare.islower() and bare != "q")
        ):
            return piece.text.translate(UP)
        return ""

    def root(self, a, degree):
        inside = a.text if a.level == ATOM and len(a.text) == 1 else self.group(a.text)
        return Piece(("√" if degree == 2 else "∛") + inside, POWER)

    def between(self, left, a, right):
        return Piece(f"{left}{a.text}{right}")

    def remainder(self, a, b):
        return Piece(f"{self.at_least(a, PRODUCT)} mod {self.right(b, POWER)}", SUM)

    def cases(self, cases):
        parts = [
            f"{value.text} if {condition.text}" if condition else f"{value.text} otherwise"
            for value, condition in cases
        ]
        return Piece("{" + ", ".join(parts) + "}", cases=cases)

    def call(self, op, parts):
        name = operation_name(op)
        name = LETTERS.get(name) or WORDS.get(name) or name
        return self.applied(op.name, name, parts)

    def ordered(self, op, letter, order, x):
        """J₂(x), J_n(x); an order of more than one sign is an argument."""
        if order.text.isdecimal():
            return self.applied(None, letter + order.text.translate(DOWN), [x])
        if len(order.text) == 1 and order.text.isalpha():
            return self.applied(None, f"{letter}_{order.text}", [x])
        return self.call(op, [order, x])

    def applied(self, card, name, parts):
        tail = f"({', '.join(p.text for p in parts)})"
        return Piece(name + tail, head=name if card in RAISED else None, tail=tail)


class Ascii(Text):
    """The notation that can be typed, and parses back to the same value."""

    times, over, minus = "*", "/", "-"

    def joined(self, a, sign, b):
        return f"{a} {SIGNS.get(sign, sign)} {b}"

    def _digits(self, digits):
        if digits.startswith("-"):
            return Piece(digits, PRODUCT, opposite=digits[1:])
        return Piece(digits)

    def left_out(self):
        return Piece("...")

    def constant(self, value):
        if isinstance(value, Known):
            text = ASCII_KNOWN.get(value.text) or plain_number(value)
            return Piece(text, PRODUCT if "/" in text or "*" in text else ATOM)
        piece = super().constant(value)
        return piece if piece.text.isascii() else Piece(typed(piece.text))

    def variable(self, name):
        return Piece(name)

    def raised(self, piece):
        return ""

    def exp(self, a):
        return Piece(f"exp({a.text})")

    def root(self, a, degree):
        return Piece(f"{'sqrt' if degree == 2 else 'cbrt'}({a.text})")

    def between(self, left, a, right):
        return Piece(f"{BETWEEN[left]}({a.text})")

    def remainder(self, a, b):
        return Piece(f"mod({a.text}, {b.text})")

    def cases(self, cases):
        text = cases[-1][0].text
        for value, condition in reversed(cases[:-1]):
            text = f"choose({condition.text}, {value.text}, {text})"
        return Piece(text, cases=cases)

    def call(self, op, parts):
        name = typed(operation_name(op))
        return self.applied(None, ASCII_WORDS.get(name, name), parts)

    def ordered(self, op, letter, order, x):
        return self.call(op, [order, x])

    def indexed(self, a, index):
        return super().indexed(a, typed(index))


SIGNS = {"−": "-", "≤": "<=", "≥": ">=", "=": "==", "≠": "!="}
BETWEEN = {"|": "abs", "⌊": "floor", "⌈": "ceil"}
ASCII_WORDS = {"log": "ln", "maximum": "max", "minimum": "min", "sign": "sgn", "rint": "round"}
TYPED = {"→": "->", "×": "x", "…": "...", "∂": "d"} | {
    c: str(k) for k, c in enumerate("₀₁₂₃₄₅₆₇₈₉")
}
STYLES = {"unicode": Text, "ascii": Ascii}


def typed(name):
    """The name of an operation in plain letters.

    >>> typed("contract[ij,j→i]")
    'contract[ij,j->i]'
    """
    return "".join(TYPED.get(c, c) for c in name)


def text(source, style="unicode", limit=LIMIT):
    """The formula of a graph (or of one node) as a line of text.

    `style` is "unicode" (for reading) or "ascii" (for typing; it parses back to the same
    value). Beyond `limit` operations subexpressions that occur twice get names, listed
    behind "where"; what is still too long is cut off with "…" and a count.

    >>> from dfdx.graph import variable
    >>> from dfdx.rules.elementary import sin
    >>> x = variable("x")
    >>> text(x**2 * sin(x))
    'x² · sin(x)'
    >>> text(2 * x / (x + 1) - x**0.5, style="ascii")
    '2*x/(x + 1) - x^0.5'
    """
    if style not in STYLES:
        raise ValueError(f"style is 'unicode' or 'ascii', not {style!r}")
    outputs, definitions, missing = written(source, STYLES[style](), limit)
    line = outputs[0].wide if len(outputs) == 1 else f"({', '.join(p.text for p in outputs)})"
    if style == "ascii" and outputs[0].level == COMPARE and len(outputs) == 1:
        line = f"({line})"  # a comparison is read inside brackets only
    if definitions:
        line += " where " + ", ".join(f"{name.text} = {piece.wide}" for name, piece in definitions)
    if missing:
        line += f" [{missing:,} more operations]"
    return line
